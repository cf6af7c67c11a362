/** What we reach into of GramJS 2.26, looked at before it is used: a package that moved it is named, not guessed at. */
import type bigInt from "big-integer";
import type { MTProtoSender } from "telegram/network/index.js";
import { FatalError } from "../../core/errors.ts";

/** Private by GramJS's types, and needed all the same. */
export interface SenderInside {
  _state: { id: bigInt.BigInteger; timeOffset: number };
  _sendQueue: { clear(): void };
  _pendingAck: Set<bigInt.BigInteger>;
}

const METHODS = ["send", "connect", "reconnect", "_recvLoop", "_processMessage"] as const;

export function probeSender(sender: MTProtoSender): SenderInside {
  const inside = sender as unknown as SenderInside;
  const missing: string[] = METHODS.filter((name) => typeof sender[name] !== "function");
  if (typeof inside._state?.id?.toString !== "function") missing.push("_state.id");
  if (typeof inside._sendQueue?.clear !== "function") missing.push("_sendQueue.clear");
  if (!(inside._pendingAck instanceof Set)) missing.push("_pendingAck");
  if (typeof sender._pendingState?.getAndDelete !== "function") missing.push("_pendingState.getAndDelete");
  if (missing.length === 0) return inside;
  throw new FatalError(
    `The installed package “telegram” is not the one this program was made for (${missing.join(", ")} moved): run npm ci.`,
    "GRAMJS_CHANGED",
  );
}
