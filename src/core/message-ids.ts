/** Message numbers as a command writes them: 12, 15-20, 100.., ..50. */
import { UserError } from "./errors.ts";
import type { MediaFilter } from "./media-filter.ts";

/** So many messages can be named one by one; more is a range. */
const MOST = 10_000;
const HIGHEST = 2_147_483_647;
const HINT = "write message numbers like ids:12,15-20";

/** Which messages a list of numbers and ranges means. One range alone stays a range, however long it is. */
export function idsOf(texts: readonly string[]): Pick<MediaFilter, "messageIds" | "minId" | "maxId"> {
  const ranges = texts
    .flatMap((text) => text.split(","))
    .filter((text) => text !== "")
    .map(rangeOf);
  const [only] = ranges;
  if (only && ranges.length === 1 && only.first !== only.last) {
    return {
      ...(only.first === null ? {} : { minId: only.first }),
      ...(only.last === null ? {} : { maxId: only.last }),
    };
  }
  const messageIds: number[] = [];
  for (const { first, last } of ranges) {
    if (first === null || last === null) throw new UserError(`A range without an end stands alone: ${HINT}.`);
    if (messageIds.length + last - first >= MOST) {
      throw new UserError("These are too many single messages: write one range such as ids:1-50000, or dates.");
    }
    for (let id = first; id <= last; id++) messageIds.push(id);
  }
  return { messageIds };
}

function rangeOf(text: string): { first: number | null; last: number | null } {
  const match = /^#?(\d{0,10})(-|\.{2,}|…|\+)?#?(\d{0,10})$/.exec(text.trim());
  const [, from = "", sign, to = ""] = match ?? [];
  const last = sign ? (to === "" ? null : Number(to)) : Number(from);
  const first = from === "" ? null : Number(from);
  const inRange = [first, last].every((id) => id === null || (id >= 1 && id <= HIGHEST));
  if (!match || (first === null && last === null) || !inRange || (sign === "+" && to !== "")) {
    throw new UserError(`I can't read “${text.slice(0, 40)}” as a message number: ${HINT}.`);
  }
  if (first !== null && last !== null && first > last) {
    throw new UserError(`In “${text}” the first number is the larger one: write the smaller one first.`);
  }
  return { first, last };
}
