import { createCipheriv, createHash } from "node:crypto";

/** Endless bytes from a seed, readable from any offset at the speed of AES. */

const zeros = Buffer.alloc(1024 * 1024 + 64);
const keys = new Map<number, Buffer>();

function keyOf(seed: number): Buffer {
  let key = keys.get(seed);
  if (!key) {
    if (keys.size > 4096) keys.clear();
    key = createHash("sha256").update(`content:${seed}`).digest().subarray(0, 16);
    keys.set(seed, key);
  }
  return key;
}

/** `length` bytes of the seed's stream from `offset`. */
export function streamBytes(seed: number, offset: number, length: number): Buffer {
  const counter = Buffer.alloc(16);
  counter.writeBigUInt64BE(BigInt(Math.floor(offset / 16)), 8);
  const skip = offset % 16;
  const cipher = createCipheriv("aes-128-ctr", keyOf(seed), counter);
  if (skip + length <= zeros.length) return cipher.update(zeros.subarray(0, skip + length)).subarray(skip);
  return cipher.update(Buffer.alloc(skip + length)).subarray(skip);
}
