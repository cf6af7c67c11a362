/** Each side of the statistics as one table: what is listed, drawn and handed over as CSV. */

import { grouped, monthOf, type Statistics, sum, type Tally, yearOf } from "../../core/statistics.ts";
import { oneLine } from "../../core/text.ts";
import type { Voice } from "../voice.ts";
import type { StatsView } from "./draft.ts";
import type { Part } from "./load.ts";

export interface Line extends Tally {
  label: string;
}

/** What must be asked for a view. */
export const PARTS: Record<StatsView, readonly Part[]> = {
  all: ["kinds", "senders", "hours"],
  people: ["kinds", "senders"],
  kinds: ["kinds"],
  ext: ["kinds"],
  months: ["kinds", "days"],
  growth: ["kinds", "days"],
  hours: ["kinds", "hours"],
  sizes: ["kinds", "sizes"],
  chats: ["kinds", "chats"],
};

export function kindLines({ t }: Voice, { kinds = [] }: Partial<Statistics>): Line[] {
  const there = kinds.filter(({ disk }) => disk !== "gone");
  return grouped(there, ({ kind }) => kind).map(({ name, ...tally }) => ({
    label: t.stats.kinds[name as keyof typeof t.stats.kinds],
    ...tally,
  }));
}

export function extensionLines({ t }: Voice, { kinds = [] }: Partial<Statistics>): Line[] {
  const files = kinds.filter(({ disk, files }) => disk !== "gone" && files > 0);
  return grouped(files, ({ extension }) => extension).map(({ name, ...tally }) => ({
    label: name === "" ? t.stats.noExtension : name.toUpperCase(),
    ...tally,
  }));
}

export const senderLines = ({ t }: Voice, { senders }: Partial<Statistics>): Line[] =>
  (senders?.top ?? []).map(({ senderId, name, ...tally }) => ({
    label: oneLine(name ?? "", 64) || (senderId === 0 ? t.stats.nobody : String(senderId)),
    ...tally,
  }));

export const chatLines = ({ t }: Voice, { chats = [] }: Partial<Statistics>): Line[] =>
  chats.map(({ title, chatId: _, ...tally }) => ({ label: oneLine(title, 64) || t.chats.unknownTitle.text, ...tally }));

/** Months from the first to the last, those without a message too; years where there are too many months. */
export function timeLines({ days = [] }: Partial<Statistics>, { most = Number.POSITIVE_INFINITY } = {}): Line[] {
  const months = byName(days, monthOf);
  const line = fillMonths(months);
  if (line.length <= most) return line;
  return byName(days, yearOf);
}

export function growthLines(statistics: Partial<Statistics>, options: { most?: number } = {}): Line[] {
  let before: Tally = { messages: 0, files: 0, bytes: 0 };
  return timeLines(statistics, options).map(({ label, ...tally }) => {
    before = sum([before, tally]);
    return { label, ...before };
  });
}

function byName(days: NonNullable<Statistics["days"]>, nameOf: (day: number) => string): Line[] {
  return grouped(days, ({ day }) => nameOf(day))
    .map(({ name, ...tally }) => ({ label: name, ...tally }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

function fillMonths(months: readonly Line[]): Line[] {
  const known = new Map(months.map((line) => [line.label, line]));
  const [first, last] = [months[0]?.label, months.at(-1)?.label];
  const all: Line[] = [];
  for (let month = first; month !== undefined && last !== undefined && month <= last; month = next(month)) {
    all.push(known.get(month) ?? { label: month, messages: 0, files: 0, bytes: 0 });
  }
  return all;
}

function next(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}

/** Seven rows of 24, Monday first. */
export function weekOf({ hours = [] }: Partial<Statistics>): number[][] {
  const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { weekday, hour, messages } of hours) week[weekday]![hour]! += messages;
  return week;
}
