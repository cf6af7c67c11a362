/** Dates as a command writes them, read in the owner's time zone: 7d, today, last month, 2024-01, jan 2024, a..b. */
import { didYouMean } from "./did-you-mean.ts";
import { UserError } from "./errors.ts";
import { addDays, addMonths, type Day, daysInMonth, instantOf, localTime, startOfDay, weekday } from "./zone.ts";

export interface DateContext {
  now: Date;
  timeZone: string;
}
/** From the start of `from` to just before `to`; null for an open end. */
export interface DateRange {
  from: Date | null;
  to: Date | null;
}

/** A stretch of whole days, `end` exclusive; null where it lasts until now. */
interface Days {
  start: Day;
  end: Day | null;
}

const HINT = "write a date like 2024-01-31, 2024-01, 2024, 7d or 2024-01..2024-06";
const MONTHS = "january february march april may june july august september october november december".split(" ");
const MONTH =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const MONTH_ALONE = new RegExp(`^(?:${MONTH})$`);
const PATTERNS = {
  ago: /^(?:the )?(?:last |past )?(\d{1,4}) ?(d|days?|w|weeks?|m|mo|months?|y|years?)$/,
  named: /^(this|last|past)[ _-]?(week|month|year)$/,
  numbers: /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/,
  compact: /^(\d{4})(\d{2})(\d{2})$/,
  dayFirst: /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/,
  ambiguous: /^\d{1,2}([/-])\d{1,2}\1\d{4}$/,
  monthName: new RegExp(`^(${MONTH})[ .,_-]{0,2}(\\d{4})$`),
  yearFirst: new RegExp(`^(\\d{4})[ .,_-]{0,2}(${MONTH})$`),
  dayAndMonth: new RegExp(`^(\\d{1,2})[ .,_-]{0,2}(${MONTH})[ .,_-]{0,2}(\\d{4})$`),
  moment: /^(\d{4})-(\d{2})-(\d{2})[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(z|[+-]\d{2}:?\d{2})?$/,
};

/** True for a word that names a month, as in "jan 2024". */
export function isMonthName(word: string): boolean {
  return MONTH_ALONE.test(word.toLowerCase());
}

/** True for what has the shape of a date or a range, whether or not it is on the calendar. */
export function looksLikeDate(text: string): boolean {
  const ends = text
    .toLowerCase()
    .split(/\.{2,}|…/)
    .map((end) => end.trim());
  const isDate = (end: string): boolean =>
    end === "today" || end === "yesterday" || Object.values(PATTERNS).some((pattern) => pattern.test(end));
  return ends.some((end) => end !== "") && ends.every((end) => end === "" || isDate(end));
}

/**
 * Reads a date or a range of dates, both ends whole; null where the text has not the shape of one. After a key, where
 * nothing else can be meant, what cannot be read is an error.
 */
export function parseDates(text: string, context: DateContext, keyed: boolean): DateRange | null {
  const words = text.toLowerCase().replaceAll("…", "..").trim().replaceAll(/\s+/g, " ");
  const ends = /^(.*?) ?\.{2,} ?(.*)$/.exec(words);
  if (!ends) {
    const range = parseOne(words, text, context) ?? unread(words, text, keyed);
    return range && { from: range.from, to: range.to };
  }
  const [first = "", last = ""] = ends.slice(1);
  if (!first && !last) return unread(words, text, keyed);
  const from = first ? parseOne(first, text, context) : null;
  const to = last ? parseOne(last, text, context) : null;
  const unreadable = (first && !from) || (last && !to);
  if (unreadable) return unread(from ? last : first, text, keyed || Boolean(from ?? to));
  if (from?.from && to?.from && from.from > to.from) {
    throw new UserError(`In “${text}” the first date is the later one: write the earlier one first.`);
  }
  return { from: from?.from ?? null, to: to ? to.point : null };
}

/** `point` is where it ends when it closes a range: for "3d" the end of that day, three days ago. */
type Stretch = DateRange & { point: Date };

function parseOne(words: string, text: string, { now, timeZone }: DateContext): Stretch | null {
  const moment = parseMoment(words, text, timeZone);
  if (moment) return { from: moment, to: moment, point: moment };
  const days = parseDays(words, text, today(now, timeZone));
  if (!days) return null;
  const from = startOfDay(days.start, timeZone);
  const to = days.end && startOfDay(days.end, timeZone);
  return { from, to, point: to ?? startOfDay(addDays(days.start, 1), timeZone) };
}

function today(now: Date, timeZone: string): Day {
  const { year, month, day } = localTime(now, timeZone);
  return { year, month, day };
}

function parseDays(words: string, text: string, day: Day): Days | null {
  if (words === "today" || words === "now") return { start: day, end: addDays(day, 1) };
  if (words === "yesterday") return { start: addDays(day, -1), end: day };
  const ago = PATTERNS.ago.exec(words);
  if (ago) return { start: daysAgo(day, Number(ago[1]), ago[2] ?? "d", text), end: null };
  const named = PATTERNS.named.exec(words);
  if (named) return namedStretch(day, named[1] === "this" ? 0 : -1, named[2] ?? "");
  const numbers = PATTERNS.numbers.exec(words) ?? PATTERNS.compact.exec(words);
  if (numbers) return calendar(text, numbers[1], numbers[2], numbers[3]);
  const dayFirst = PATTERNS.dayFirst.exec(words);
  if (dayFirst) return calendar(text, dayFirst[3], dayFirst[2], dayFirst[1]);
  if (PATTERNS.ambiguous.test(words)) {
    throw new UserError(`“${text}” can be two different days: write it like 2024-01-31.`);
  }
  const monthName = PATTERNS.monthName.exec(words);
  if (monthName) return calendar(text, monthName[2], monthNumber(monthName[1] ?? ""));
  const yearFirst = PATTERNS.yearFirst.exec(words);
  if (yearFirst) return calendar(text, yearFirst[1], monthNumber(yearFirst[2] ?? ""));
  const dayAndMonth = PATTERNS.dayAndMonth.exec(words);
  return dayAndMonth && calendar(text, dayAndMonth[3], monthNumber(dayAndMonth[2] ?? ""), dayAndMonth[1]);
}

const monthNumber = (name: string): string =>
  String(MONTHS.findIndex((month) => month.startsWith(name.slice(0, 3))) + 1);

function daysAgo(day: Day, count: number, unit: string, text: string): Day {
  const start =
    unit[0] === "d"
      ? addDays(day, -count)
      : unit[0] === "w"
        ? addDays(day, -7 * count)
        : addMonths(day, unit[0] === "m" ? -count : -12 * count);
  if (start.year < 1970)
    throw new UserError(`“${text}” reaches back before Telegram: write a shorter time such as 10y.`);
  return start;
}

/** Weeks begin on Monday. */
function namedStretch(day: Day, shift: number, unit: string): Days {
  if (unit === "week") {
    const start = addDays(day, 1 - weekday(day) + 7 * shift);
    return { start, end: addDays(start, 7) };
  }
  const months = unit === "month" ? 1 : 12;
  const start = addMonths({ year: day.year, month: unit === "month" ? day.month : 1, day: 1 }, shift * months);
  return { start, end: addMonths(start, months) };
}

/** A year, a month or a day that is on the calendar. */
function calendar(text: string, yearText = "", monthText?: string, dayText?: string): Days | null {
  const [year, month, day] = [Number(yearText), Number(monthText ?? 1), Number(dayText ?? 1)];
  if (year < 1970 || year > 2100) {
    // A bare number such as 1234 is no year, while 1234-05 was meant as a date.
    if (monthText === undefined) return null;
    throw new UserError(`“${text}” is no year that Telegram knows: ${HINT}.`);
  }
  if (month < 1 || month > 12) throw new UserError(`“${text}” has no such month: ${HINT}.`);
  const length = daysInMonth(year, month);
  if (day < 1 || day > length) {
    const name = `${MONTHS[month - 1]?.replace(/^./, (letter) => letter.toUpperCase())} ${year}`;
    throw new UserError(`“${text}” is no day, since ${name} has ${length} days: ${HINT}.`);
  }
  const start = { year, month, day };
  if (dayText !== undefined) return { start, end: addDays(start, 1) };
  return { start, end: addMonths(start, monthText === undefined ? 12 : 1) };
}

/** An exact time, "2024-01-31T10:00Z"; without an offset it is the owner's clock. */
function parseMoment(words: string, text: string, timeZone: string): Date | null {
  const match = PATTERNS.moment.exec(words);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  calendar(text, match[1], match[2], match[3]);
  if (hour > 23 || minute > 59 || second > 59) {
    throw new UserError(`“${text}” shows no time of day: write it like 2024-01-31T18:30.`);
  }
  return match[7] ? new Date(words.toUpperCase()) : instantOf({ year, month, day, hour, minute, second }, timeZone);
}

const WORDS = ["today", "yesterday", ...MONTHS];

function unread(words: string, text: string, keyed: boolean): null {
  if (!keyed) return null;
  const guess = didYouMean(words.replace(/ ?\d{4}$/, ""), WORDS);
  const year = /\d{4}$/.exec(words)?.[0];
  const meant = guess && (MONTHS.includes(guess) ? `${guess} ${year ?? ""}`.trim() : guess);
  throw new UserError(
    meant && (year || !MONTHS.includes(guess ?? ""))
      ? `I can't read the date “${text}”: did you mean “${meant}”?`
      : `I can't read the date “${text}”: ${HINT}.`,
  );
}
