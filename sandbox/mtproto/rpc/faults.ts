import { isTlObject, type TlObject, type TlValue } from "../../tl/value.ts";
import type { Fault } from "../../world/types.ts";
import type { Connection } from "../connection.ts";
import { signOut } from "../login/sign-out.ts";
import { type Call, refuse } from "./call.ts";
import { digest } from "./digest.ts";

/** What becomes of an answer on its way out. */
export interface Delivery {
  alter(result: TlValue): TlValue;
  /** Calls `answer` once, twice, later or never; it gives the id of the message sent. */
  send(answer: () => bigint): void;
}

export const PLAIN_DELIVERY: Delivery = {
  alter: (result) => result,
  send: (answer) => {
    answer();
  },
};

const NEVER: Delivery = { ...PLAIN_DELIVERY, send() {} };
const DEFAULT_WAIT_SECONDS = 5;

/** Asks the world whether a fault is ordered for this call, and carries it out. */
export function strike(call: Call, request: TlObject): Delivery {
  const fault = call.world.faults.next({
    door: "mtproto",
    method: request._,
    session: call.key.login?.authKeyId ?? call.key.hex,
    dcId: call.dcId,
    params: () => JSON.stringify(digest(request)),
  });
  return fault ? carryOut(fault, call) : PLAIN_DELIVERY;
}

function carryOut(fault: Fault, call: Call): Delivery {
  const { args } = fault;
  const seconds = args.seconds ?? DEFAULT_WAIT_SECONDS;
  switch (fault.kind) {
    case "error":
      return refuse(args.code ?? 400, args.message ?? "SANDBOX_ERROR");
    case "flood-wait":
    case "too-many-requests":
      return refuse(420, `FLOOD_WAIT_${seconds}`);
    case "flood-premium-wait":
      return refuse(420, `FLOOD_PREMIUM_WAIT_${seconds}`);
    case "slowmode-wait":
      return refuse(420, `SLOWMODE_WAIT_${seconds}`);
    case "file-reference-expired":
      return refuse(400, "FILE_REFERENCE_EXPIRED");
    case "file-migrate":
      return refuse(303, `FILE_MIGRATE_${args.dcId ?? (call.dcId === 1 ? 2 : 1)}`);
    case "timeout":
      return refuse(-503, "Timeout");
    case "bad-gateway":
    case "rpc-call-fail":
      return refuse(500, "RPC_CALL_FAIL");
    case "auth-key-unregistered":
      signOut(call.backend, call.key, "key");
      return refuse(401, "AUTH_KEY_UNREGISTERED");
    case "session-revoked":
      signOut(call.backend, call.key, "login");
      return refuse(401, "SESSION_REVOKED");
    case "auth-key-duplicated":
      signOut(call.backend, call.key, "key");
      return refuse(406, "AUTH_KEY_DUPLICATED");
    default:
      return delivery(fault, call);
  }
}

function delivery(fault: Fault, call: Call): Delivery {
  const { args } = fault;
  const { connection, session, messageId } = call;
  switch (fault.kind) {
    case "cut":
    case "reset":
      if (args.bytes) return { ...PLAIN_DELIVERY, send: (answer) => cutIn(connection, args.bytes ?? 0, answer) };
      connection.cut();
      return NEVER;
    case "stall":
      connection.stall(args.ms ?? 0);
      return PLAIN_DELIVERY;
    case "lose-answer":
      return NEVER;
    case "late-answer":
      return { ...PLAIN_DELIVERY, send: (answer) => void setTimeout(answer, args.ms ?? 1000).unref() };
    case "duplicate-answer":
      return { ...PLAIN_DELIVERY, send: (answer) => void session.resend(answer()) };
    case "wrong-byte":
      return { ...PLAIN_DELIVERY, alter: (result) => changeBytes(result, (bytes) => flip(bytes, args.offset ?? 0)) };
    case "short-part":
      return {
        ...PLAIN_DELIVERY,
        alter: (result) => changeBytes(result, (bytes) => bytes.subarray(0, args.bytes ?? bytes.length >> 1)),
      };
    case "empty-part":
      return { ...PLAIN_DELIVERY, alter: (result) => changeBytes(result, () => Buffer.alloc(0)) };
    case "bad-server-salt":
      session.key.dropSalts();
      return {
        ...PLAIN_DELIVERY,
        send: () =>
          session.sendService({
            _: "bad_server_salt",
            bad_msg_id: messageId,
            bad_msg_seqno: 1,
            error_code: 48,
            new_server_salt: session.key.currentSalt(call.world.clock.now()),
          }),
      };
    case "bad-msg-notification":
      return {
        ...PLAIN_DELIVERY,
        send: () =>
          session.sendService({
            _: "bad_msg_notification",
            bad_msg_id: messageId,
            bad_msg_seqno: 1,
            error_code: args.code ?? 16,
          }),
      };
    case "transport-404":
      connection.sendError(404);
      return NEVER;
    case "unknown-constructor":
      return { ...PLAIN_DELIVERY, send: () => void session.send(unknownAnswer(messageId), true, "reply") };
    case "cdn-redirect":
      call.wantsCdn = true;
      return PLAIN_DELIVERY;
    default:
      return PLAIN_DELIVERY;
  }
}

/** The answer leaves, but the line breaks in the middle of it. */
function cutIn(connection: Connection, bytes: number, answer: () => bigint): void {
  connection.cut(bytes);
  answer();
}

function changeBytes(result: TlValue, change: (bytes: Buffer) => Buffer): TlValue {
  if (!isTlObject(result) || !(result.bytes instanceof Uint8Array)) return result;
  return { ...result, bytes: change(Buffer.from(result.bytes)) };
}

function flip(bytes: Buffer, offset: number): Buffer {
  if (bytes.length > 0) bytes[offset % bytes.length]! ^= 0xff;
  return bytes;
}

/** An answer by a constructor that no layer has yet. */
function unknownAnswer(messageId: bigint): Buffer {
  const body = Buffer.alloc(20);
  body.writeUInt32LE(0xf35c6d01, 0);
  body.writeBigInt64LE(messageId, 4);
  body.writeUInt32LE(0x7e57ab1e, 12);
  return body;
}
