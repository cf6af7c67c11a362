import { isTlObject, type TlObject, type TlValue } from "../../tl/value.ts";
import type { Call } from "./call.ts";

const SECRETS = new Set([
  "phone_code",
  "phone_number",
  "phone_code_hash",
  "password",
  "api_hash",
  "bytes",
  "access_hash",
  "bot_auth_token",
  "encrypted_message",
  "token",
]);
const MAX_TEXT = 120;
const MAX_ITEMS = 8;

/** A call's parameters, short, without secrets and without bytes, as plain JSON. */
export function digest(request: TlObject): Record<string, unknown> {
  const short: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(request)) {
    if (name !== "_" && value !== undefined) short[name] = SECRETS.has(name) ? "…" : shortValue(value);
  }
  return short;
}

function shortValue(value: TlValue): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "string") return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) {
    const items: unknown[] = value.slice(0, MAX_ITEMS).map(shortValue);
    if (value.length > MAX_ITEMS) items.push(`… ${value.length}`);
    return items;
  }
  if (isTlObject(value)) return { _: value._, ...digest(value) };
  return value;
}

export function journalCall(
  call: Call,
  outcome: { method: string; request: TlObject; error: string | null },
  ms: number,
): void {
  const login = call.key.login;
  call.world.journal.add({
    at: Date.now(),
    door: "mtproto",
    method: outcome.method,
    params: digest(outcome.request),
    session: login?.authKeyId ?? call.key.hex,
    connection: call.connection.number,
    dcId: call.dcId,
    accountId: login?.accountId ?? null,
    ok: outcome.error === null,
    error: outcome.error,
    ms: Math.round(ms * 100) / 100,
    bytes: call.fileBytes,
  });
}
