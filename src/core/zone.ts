/** Dates in the owner's time zone, by the zone rules of Intl. */

/** A day as a calendar shows it; `month` 1 to 12. */
export interface Day {
  year: number;
  month: number;
  day: number;
}
export interface ClockTime {
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-u-ca-iso8601-nu-latn", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** True for any zone name this machine knows, whatever the case: "Europe/Kyiv", "UTC". */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,60}$/.test(name)) return false;
  try {
    zoneFormat(name);
    return true;
  } catch {
    return false;
  }
}

/** What calendar and clock show in the zone at an instant. */
export function localTime(instant: Date, timeZone: string): Day & ClockTime {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of zoneFormat(timeZone).formatToParts(instant)) {
    if (type in parts) parts[type as keyof typeof parts] = Number(value);
  }
  return parts;
}

/**
 * The instant at which calendar and clock show this in the zone. A time that the clocks skip is the first instant
 * after the gap; one that they show twice is the first of the two.
 */
export function instantOf(local: Day & Partial<ClockTime>, timeZone: string): Date {
  const wanted = asUtc(local);
  const offsets = [-DAY_MS, DAY_MS].map((shift) => offsetAt(wanted + shift, timeZone));
  const candidates = offsets.map((offset) => wanted - offset).sort((a, b) => a - b);
  const exact = candidates.find((instant) => instant + offsetAt(instant, timeZone) === wanted);
  return new Date(exact ?? firstAfterGap(candidates[0] ?? wanted, candidates[1] ?? wanted, timeZone));
}

/** Midnight at which a day begins in the zone, or the first instant of the day where midnight is skipped. */
export function startOfDay(day: Day, timeZone: string): Date {
  return instantOf({ year: day.year, month: day.month, day: day.day }, timeZone);
}

const DAY_MS = 86_400_000;

/** Day and time read as if they were UTC; years below 100 are years below 100. */
function asUtc({ year, month, day, hour = 0, minute = 0, second = 0 }: Day & Partial<ClockTime>): number {
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  return date.setUTCFullYear(date.getUTCFullYear() - 2000 + year);
}

/** How far the zone's clock is ahead of UTC, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const whole = Math.floor(instant / 1000) * 1000;
  return asUtc(localTime(new Date(whole), timeZone)) - whole;
}

/** The instant between two at which the offset changes. */
function firstAfterGap(from: number, to: number, timeZone: string): number {
  const before = offsetAt(from, timeZone);
  while (to - from > 1000) {
    const middle = from + Math.floor((to - from) / 2000) * 1000;
    if (offsetAt(middle, timeZone) === before) from = middle;
    else to = middle;
  }
  return to;
}

/** The day, `days` later or earlier. */
export function addDays(day: Day, days: number): Day {
  return dayOf(asUtc(day) + days * DAY_MS);
}

/** The same day of the month, `months` later or earlier; the 31st becomes the last day of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const count = day.year * 12 + day.month - 1 + months;
  const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  return { year, month, day: Math.min(day.day, daysInMonth(year, month)) };
}

export function daysInMonth(year: number, month: number): number {
  return dayOf(asUtc({ year, month: month + 1, day: 1 }) - DAY_MS).day;
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(day: Day): number {
  return ((new Date(asUtc(day)).getUTCDay() + 6) % 7) + 1;
}

function dayOf(utc: number): Day {
  const date = new Date(utc);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
