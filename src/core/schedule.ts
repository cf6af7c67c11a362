/** What recurs: when, in the owner's time zone, and what then is done. Downloads, scans and archives may join deletions. */
import type { ChatId } from "./media.ts";
import type { MediaFilter } from "./media-filter.ts";
import { addDays, addMonths, type Day, daysInMonth, instantOf, localTime, startOfDay, weekday } from "./zone.ts";

export interface Timing {
  every: "day" | "week" | "month";
  /** 1 for Monday to 7 for Sunday; of a week. */
  weekday?: number;
  /** 1 to 31, in shorter months their last; of a month. */
  day?: number;
  hour: number;
  minute: number;
}

export interface Keep {
  count: number;
  unit: "d" | "w" | "m" | "y";
}

/** A recurring deletion: what is older than the last so many days goes, never more than the cap at once. */
export interface DeleteWish {
  filter: MediaFilter;
  keep: Keep;
  everyone: boolean;
  cap: number;
}

export const SCHEDULE_TASKS = ["delete"] as const;
export const SCHEDULE_STATES = ["on", "paused", "removed"] as const;
export type ScheduleState = (typeof SCHEDULE_STATES)[number];

export interface Schedule {
  id: string;
  /** The short number the owner sees. */
  number: number;
  task: (typeof SCHEDULE_TASKS)[number];
  chatId: ChatId;
  chatTitle: string;
  wish: DeleteWish;
  timing: Timing;
  timeZone: string;
  state: ScheduleState;
  nextRunAt: Date;
  lastRunAt: Date | null;
  /** What the last run made: a deletion's id. */
  lastRunId: string | null;
  /** A run that was missed and is offered; null where there is none. */
  missedAt: Date | null;
  ownerChatId: ChatId;
  createdAt: Date;
}

/** Later than this, a run was missed: it is offered, and done only when the owner says so. */
export const LATE_MS = 10 * 60_000;

/**
 * The first time after `after`. A time that the clocks skip is the first instant after the gap, one that they show twice
 * is the first of the two.
 */
export function nextRun(timing: Timing, timeZone: string, after: Date): Date {
  const { year, month, day } = localTime(after, timeZone);
  for (let date: Day = { year, month, day }, steps = 0; steps < 64; steps++, date = addDays(date, 1)) {
    if (!isDue(timing, date)) continue;
    const at = instantOf({ ...date, hour: timing.hour, minute: timing.minute }, timeZone);
    if (at > after) return at;
  }
  throw new Error("A schedule found no next time.");
}

function isDue(timing: Timing, date: Day): boolean {
  if (timing.every === "week") return weekday(date) === timing.weekday;
  if (timing.every === "month") return date.day === Math.min(timing.day ?? 1, daysInMonth(date.year, date.month));
  return true;
}

/** The next few, for the owner to see. */
export function nextRuns(timing: Timing, timeZone: string, after: Date, count: number): Date[] {
  const runs: Date[] = [];
  for (let last = after; runs.length < count; ) {
    last = nextRun(timing, timeZone, last);
    runs.push(last);
  }
  return runs;
}

/** Midnight of the day so long ago, in the zone: what is older goes. */
export function keptSince({ count, unit }: Keep, timeZone: string, now: Date): Date {
  const { year, month, day } = localTime(now, timeZone);
  const today = { year, month, day };
  const first =
    unit === "d" || unit === "w"
      ? addDays(today, -count * (unit === "w" ? 7 : 1))
      : addMonths(today, -count * (unit === "y" ? 12 : 1));
  return startOfDay(first, timeZone);
}
