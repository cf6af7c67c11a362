/** Sums of UTC hours put together by the clock of a zone, which may stand a quarter of an hour beside them. */
import type { ChatId } from "../core/media.ts";
import type { ZoneSegment } from "../core/zone-segments.ts";
import type { Store } from "./sql.ts";

/** Hours of which the same quarters fall into the same hour of the zone. */
interface Piece {
  from: number;
  to: number;
  quarters: number[];
  /** Hours to add. */
  shift: number;
}

export async function byZone(
  store: Store,
  chatId: ChatId | null,
  segments: readonly ZoneSegment[],
  /** What to group by, of the zone's own hour since 1970. */
  part: (hour: string) => string,
  sums: readonly ("messages" | "files" | "bytes")[],
): Promise<{ [column: string]: unknown }[]> {
  const pieces = segments.flatMap(piecesOf);
  if (pieces.length === 0) return [];
  const selects = pieces.map(({ quarters, shift }) => {
    // A whole hour of messages has its sum ready.
    const sumOf = (name: string) =>
      name === "messages" && quarters.length === 4 ? name : quarters.map((quarter) => `${name}${quarter}`).join(" + ");
    const columns = sums.map((name) => `SUM(${sumOf(name)}) AS ${name}`).join(", ");
    return `SELECT ${part(`hour + ${shift}`)} AS part, ${columns} FROM message_hours
      WHERE chat_id = ? AND hour >= ? AND hour < ? GROUP BY 1`;
  });
  const values = pieces.flatMap(({ from, to }) => [chatId ?? 0, from, to]);
  return store.all(selects.join("\nUNION ALL "), values);
}

function piecesOf({ from, to, offset }: ZoneSegment): Piece[] {
  const pieces: Piece[] = [];
  const [firstWhole, lastWhole] = [Math.ceil(from / 4), Math.floor(to / 4)];
  const add = (first: number, last: number, quarters: readonly number[]) => {
    for (const shift of [Math.floor(offset / 4), Math.floor(offset / 4) + 1]) {
      const these = quarters.filter((quarter) => Math.floor((quarter + offset) / 4) === shift);
      if (these.length > 0 && first < last) pieces.push({ from: first, to: last, quarters: these, shift });
    }
  };
  if (firstWhole > lastWhole) {
    // Within one hour.
    const hour = Math.floor(from / 4);
    add(hour, hour + 1, range(from - hour * 4, to - hour * 4));
    return pieces;
  }
  if (from < firstWhole * 4) add(firstWhole - 1, firstWhole, range(from - (firstWhole - 1) * 4, 4));
  add(firstWhole, lastWhole, [0, 1, 2, 3]);
  if (to > lastWhole * 4) add(lastWhole, lastWhole + 1, range(0, to - lastWhole * 4));
  return pieces;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);
