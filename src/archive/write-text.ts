import { writeSync } from "node:fs";

/**
 * One piece of memory for every text that is written. A buffer for each would be given back only when the collector finds
 * the time, and a million messages are faster than that.
 */
const BYTES = new Uint8Array(256 * 1024);
const encoder = new TextEncoder();

/** Writes a text as UTF-8 at a place of an open file, and answers with the number of bytes. */
export function writeText(handle: number, text: string, position: number): number {
  let total = 0;
  for (let rest = text; rest !== ""; ) {
    const { read, written } = encoder.encodeInto(rest, BYTES);
    for (let at = 0; at < written; ) at += writeSync(handle, BYTES, at, written - at, position + total + at);
    total += written;
    rest = rest.slice(read);
  }
  return total;
}
