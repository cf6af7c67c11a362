import { refuse } from "../rpc/call.ts";

const KIB = 1024;
const CHUNK = 1024 * KIB;

/** Telegram's rules for the range of a part: aligned, and inside one mebibyte of the file. */
export function checkRange(offset: number, limit: number, precise: boolean): void {
  const step = precise ? KIB : 4 * KIB;
  if (offset < 0 || offset % step !== 0) refuse(400, "OFFSET_INVALID");
  if (limit <= 0 || limit > CHUNK || limit % step !== 0) refuse(400, "LIMIT_INVALID");
  if (!precise && CHUNK % limit !== 0) refuse(400, "LIMIT_INVALID");
  if (Math.floor(offset / CHUNK) !== Math.floor((offset + limit - 1) / CHUNK)) refuse(400, "LIMIT_INVALID");
}
