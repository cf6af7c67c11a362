import type { History } from "./history.ts";
import type { Numbering } from "./numbering.ts";
import { mix } from "./random.ts";
import type { SlotList } from "./slot-list.ts";
import type { HistoryQuery } from "./types.ts";

/** A page of slots, newest first. */
export interface SlotPage {
  slots: number[];
  count: number;
  offsetIdOffset: number;
}

const LIMIT_MAX = 100;

/** Telegram's paging: the offset names a message, addOffset moves from there, limit counts. */
export function pageOf(history: History, box: Numbering, list: SlotList, query: HistoryQuery): SlotPage {
  const limit = Math.min(LIMIT_MAX, Math.max(0, query.limit ?? LIMIT_MAX));
  const newest = query.maxId ? list.rank(box.slotFrom(query.maxId)) : list.length;
  const oldest = query.minId ? list.rank(box.slotFrom(query.minId + 1)) : 0;
  let before = newest;
  if (query.offsetId) before = Math.min(newest, list.rank(box.slotFrom(query.offsetId)));
  else if (query.offsetDate) before = Math.min(newest, rankOfDate(history, list, query.offsetDate));
  before = Math.max(before, Math.min(oldest, newest));
  const skipped = newest - before + (query.addOffset ?? 0);
  const first = newest - 1 - Math.max(0, skipped);
  const last = newest - Math.max(0, skipped + limit);
  const slots: number[] = [];
  for (let index = first; index >= Math.max(last, oldest); index--) slots.push(list.at(index));
  if (
    history.shortPages &&
    (query.addOffset ?? 0) >= 0 &&
    slots.length === limit &&
    limit >= 20 &&
    (slots[0] ?? 0) > 0
  ) {
    const cut = mix(history.number, slots[0] ?? 0, 90) % 5 === 0 ? 1 + (mix(history.number, slots[0] ?? 0, 91) % 4) : 0;
    slots.length -= cut;
  }
  return { slots, count: list.length, offsetIdOffset: list.length - before };
}

/** How many of the list are older than the date. Dates of added messages need not ascend: the newest that is older counts. */
function rankOfDate(history: History, list: SlotList, date: number): number {
  let rank = list.length;
  while (rank > 0 && list.at(rank - 1) >= history.seriesLength && history.dateOf(list.at(rank - 1)) >= date) rank--;
  if (rank > 0 && list.at(rank - 1) >= history.seriesLength) return rank;
  return history.series ? Math.min(rank, list.rank(history.series.slotAtDate(date))) : rank;
}
