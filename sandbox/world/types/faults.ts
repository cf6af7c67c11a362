import type { Door } from "./door.ts";

/** A fault on order, as data. */
export interface Fault {
  id: string;
  door: Door;
  /** Method name ("upload.getFile", "sendMessage"), "*" for any; case-insensitive. */
  method: string;
  kind: FaultKind;
  args: FaultArgs;
  /** Let so many matching calls pass first. */
  after: number;
  /** Then hit so many calls; null = until removed. */
  count: number | null;
  /** Hit this share of the calls, by a seeded generator (0..1); default 1. */
  rate: number;
  /** Only this auth key (hex) or bot id. */
  session: string | null;
  dcId: number | null;
  /** Only calls whose parameters, as JSON, contain this text (a file id, a chat id). */
  match: string | null;
  /** Unix ms when it ends by itself. */
  until: number | null;
  /** How often it has struck. */
  struck: number;
}

export type FaultKind =
  /** RPC error {code, message} verbatim; the others below are named for convenience. */
  | "error"
  | "flood-wait"
  | "flood-premium-wait"
  | "slowmode-wait"
  | "file-reference-expired"
  | "file-migrate"
  | "timeout"
  | "rpc-call-fail"
  | "auth-key-unregistered"
  | "session-revoked"
  | "auth-key-duplicated"
  /** Cut the TCP connection: before the answer, or after `bytes` of it. */
  | "cut"
  /** Say nothing for `ms` (then answer), or for ever when 0. */
  | "stall"
  /** Carry out the call, then lose the answer. */
  | "lose-answer"
  | "wrong-byte"
  | "short-part"
  | "empty-part"
  | "cdn-redirect"
  | "unknown-constructor"
  | "bad-server-salt"
  | "bad-msg-notification"
  | "duplicate-answer"
  | "late-answer"
  | "transport-404"
  /** Bot API: 429 with retry_after, 5xx with a body that is not JSON, no answer, connection reset. */
  | "too-many-requests"
  | "bad-gateway"
  | "reset";

export interface FaultArgs {
  seconds?: number;
  code?: number;
  message?: string;
  ms?: number;
  bytes?: number;
  offset?: number;
  dcId?: number;
}

export type FaultOrder = Partial<Omit<Fault, "id" | "struck">> & Pick<Fault, "door" | "kind">;

export interface FaultCall {
  door: Door;
  method: string;
  session?: string;
  dcId?: number;
  /** JSON of the parameters, asked for only where a fault wants to match it. */
  params?: () => string;
}

export interface Faults {
  /** What to do to this call, or null; counts it. At most one fault strikes a call: the oldest that matches. */
  next(call: FaultCall): Fault | null;
  add(order: FaultOrder): Fault;
  remove(id: string): boolean;
  clear(): void;
  list(): Fault[];
}
