/** The words of `/schedule delete <chat> keep 30d [filters] [daily|weekly|monday|monthly] [at 04:00] [cap 500]`. */
import { UsageError } from "./errors.ts";
import type { Keep, Timing } from "./schedule.ts";

export interface ScheduleWords {
  task: string;
  /** Chat and filters, for `parseQuery`. */
  rest: string;
  keep: Keep | null;
  cap: number | null;
  timing: Timing;
}

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/** When nothing is said: at a time at which the owner is awake to see the notice. */
const USUAL = { every: "day", hour: 10, minute: 0 } as const;
const UNITS: Record<string, Keep["unit"]> = { d: "d", w: "w", m: "m", y: "y" };
const LONGEST_KEPT = 9_999;

/** What stands before "keep" names the chat: only after it do words speak of time. */
export function parseSchedule(text: string): ScheduleWords {
  const words = (text.match(/[^\s"“”]*["“”][^"“”]*["“”]\S*|\S+/gu) ?? []).map((word) => word.trim());
  const task = (words.shift() ?? "").toLowerCase();
  const read = new Reader();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const taken = read.take(word.toLowerCase(), words[at + 1]?.toLowerCase());
    if (taken === 0) rest.push(word);
    else at += taken - 1;
  }
  return { task, rest: rest.join(" "), keep: read.keep, cap: read.cap, timing: read.timing() };
}

class Reader {
  keep: Keep | null = null;
  cap: number | null = null;
  #every: Pick<Timing, "every" | "weekday" | "day"> | null = null;
  #at: Pick<Timing, "hour" | "minute"> | null = null;

  /** How many words it has understood: 0, 1 or 2. */
  take(word: string, next: string | undefined): number {
    const [, key = "", inline] = /^(keep|cap|max|at|every|on)(?::(.+))?$/.exec(word) ?? [];
    if (this.keep === null && key !== "keep") return 0;
    if (key === "") return this.#cadence(word) ? 1 : 0;
    const value = inline ?? next ?? "";
    const count = inline === undefined ? 2 : 1;
    switch (key) {
      case "keep":
        this.keep = readKeep(value);
        return count;
      case "cap":
      case "max":
        this.cap = readCap(value);
        return count;
      case "at":
        this.#at = readTime(value);
        return count;
      default:
        if (!this.#cadence(value))
          throw new UsageError(`“${value}” is no day: write daily, weekly, monthly or monday.`);
        return count;
    }
  }

  timing(): Timing {
    return { ...USUAL, ...this.#every, ...this.#at };
  }

  #cadence(word: string): boolean {
    const day = DAYS.findIndex(
      (name) => word === name || word === `${name}s` || (word.length === 3 && name.startsWith(word)),
    );
    if (day >= 0) this.#every = { every: "week", weekday: day + 1 };
    else if (word === "daily" || word === "day") this.#every = { every: "day" };
    else if (word === "weekly" || word === "week") this.#every = { every: "week", weekday: 1 };
    else if (word === "monthly" || word === "month") this.#every = { every: "month", day: 1 };
    else return false;
    return true;
  }
}

function readKeep(value: string): Keep {
  const [, number, unit = ""] = /^(\d{1,5})(d|w|m|y)[a-z]*$/.exec(value) ?? [];
  const count = Number(number);
  if (!number || count < 1 || count > LONGEST_KEPT)
    throw new UsageError(`“${value}” says not how much to keep: write keep 30d, keep 8w, keep 6m or keep 1y.`);
  return { count, unit: UNITS[unit] ?? "d" };
}

function readCap(value: string): number {
  const cap = /^\d{1,6}$/.test(value) ? Number(value) : 0;
  if (cap < 1 || cap > 10_000)
    throw new UsageError(`“${value}” is no cap: write a number from 1 to 10000, as in cap 500.`);
  return cap;
}

function readTime(value: string): { hour: number; minute: number } {
  const [, hours, minutes = "0"] = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(value) ?? [];
  const [hour, minute] = [Number(hours ?? 99), Number(minutes)];
  if (hour > 23 || minute > 59) throw new UsageError(`“${value}” is no time of day: write it like at 04:00.`);
  return { hour, minute };
}
