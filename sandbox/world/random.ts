import { createHash } from "node:crypto";

/** Numbers from a seed: the same inputs give the same output on every machine, in no particular order of asking. */

/** A 32-bit number from up to three others, well mixed. */
export function mix(seed: number, a: number, b = 0): number {
  let h = (seed ^ 0x9e3779b9) | 0;
  h = Math.imul(h ^ (a | 0), 0x85ebca6b);
  h = (h << 13) | (h >>> 19);
  h = Math.imul(h ^ (b | 0), 0xc2b2ae35);
  h ^= h >>> 16;
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** At least 0, below 1. */
export const share = (seed: number, a: number, b = 0): number => mix(seed, a, b) / 0x1_0000_0000;

/** One of a list that is not empty. */
export function pick<T>(list: readonly T[], number: number): T {
  const item = list[number % list.length];
  if (item === undefined) throw new Error("Cannot pick from an empty list.");
  return item;
}

/** A signed 64-bit number from words, for access hashes and ids. */
export function hash64(...parts: (string | number | bigint)[]): bigint {
  return createHash("sha1").update(parts.join(":")).digest().readBigInt64LE(0);
}

/** A 32-bit seed from words. */
export function seedOf(...parts: (string | number)[]): number {
  return createHash("sha1").update(parts.join(":")).digest().readUInt32LE(0);
}

/** A small generator for shuffling. */
export function generator(seed: number): () => number {
  let n = 0;
  return () => share(seed, ++n);
}
