/** The number by which Telegram knows a message or an upload of ours again. */
import { createHash } from "node:crypto";
import bigInt from "big-integer";

/** Derived, so that after a crash the same thing still has the same number. Never zero. */
export function randomId(key: string): bigInt.BigInteger {
  const value = createHash("sha256").update(key).digest().readBigInt64LE(0);
  return bigInt((value === 0n ? 1n : value).toString());
}
