/** Dates and times in words, and the hours in which the owner wants no sound. */
import { UserError } from "./errors.ts";
import { addDays, type Day, localTime } from "./zone.ts";

const two = (value: number): string => String(value).padStart(2, "0");
const sameDay = (a: Day, b: Day): boolean => a.year === b.year && a.month === b.month && a.day === b.day;

/** "14:05" in the zone; the day is named when it is not today's: "tomorrow 00:10", "3 May 14:05". */
export function formatClock(instant: Date, timeZone: string, now: Date, language = "en"): string {
  const [there, today] = [localTime(instant, timeZone), localTime(now, timeZone)];
  const time = `${two(there.hour)}:${two(there.minute)}`;
  if (sameDay(there, today)) return time;
  if (language.startsWith("en") && sameDay(there, addDays(today, 1))) return `tomorrow ${time}`;
  if (language.startsWith("en") && sameDay(there, addDays(today, -1))) return `yesterday ${time}`;
  return `${formatDay(instant, timeZone, language, there.year === today.year)} ${time}`;
}

/** "1 Jan 2024", or "1 Jan" without the year. */
export function formatDay(instant: Date, timeZone: string, language = "en", withoutYear = false): string {
  const { year, month, day } = localTime(instant, timeZone);
  if (language.startsWith("en")) return `${day} ${MONTHS[month - 1]}${withoutYear ? "" : ` ${year}`}`;
  return new Intl.DateTimeFormat(language, {
    timeZone,
    day: "numeric",
    month: "short",
    ...(withoutYear ? {} : { year: "numeric" }),
  }).format(instant);
}
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Reads "23:00-07:00", "23-7" or "23:00 – 7:00" and gives "23:00-07:00"; "off" gives null. */
export function parseQuietHours(text: string): string | null {
  const words = text.trim().toLowerCase();
  if (/^(off|none|no|never|-)$/.test(words)) return null;
  const match =
    /^(\d{1,2})(?:[:.](\d{2}))?\s*(?:[-\u2012-\u2015]|\.\.|to|till|until)\s*(\d{1,2})(?:[:.](\d{2}))?$/.exec(words);
  const [fromHour, fromMinute, toHour, toMinute] = [1, 2, 3, 4].map((index) => Number(match?.[index] ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const valid = match && fromHour < 24 && toHour < 24 && fromMinute < 60 && toMinute < 60;
  if (!valid) throw new UserError("I can't read these quiet hours: write them like 23:00-07:00, or off.");
  if (fromHour === toHour && fromMinute === toMinute) {
    throw new UserError("Quiet hours need a beginning and a different end: write them like 23:00-07:00, or off.");
  }
  return `${two(fromHour)}:${two(fromMinute)}-${two(toHour)}:${two(toMinute)}`;
}

/** Whether it is quiet now; the end itself is no longer quiet. Hours that cannot be read are no quiet hours. */
export function isQuiet(quietHours: string | null, now: Date, timeZone: string): boolean {
  const match = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(quietHours ?? "");
  if (!match) return false;
  const from = Number(match[1]) * 60 + Number(match[2]);
  const to = Number(match[3]) * 60 + Number(match[4]);
  const { hour, minute } = localTime(now, timeZone);
  const at = hour * 60 + minute;
  return from < to ? at >= from && at < to : at >= from || at < to;
}
