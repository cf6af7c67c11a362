/** A filter in words, with absolute dates and their zone: "Video · > 10 MB · 1 Jan 2024 – now (Europe/Kyiv)". */
import { formatDay } from "./clock.ts";
import { typeLabel, typePlural } from "./filter-types.ts";
import type { MediaFilter } from "./media-filter.ts";
import { oneLine } from "./text.ts";
import { formatBytes, formatCount } from "./units.ts";
import { localTime } from "./zone.ts";

export interface DescribeContext {
  timeZone: string;
  now: Date;
  language?: string;
}

/** The whole filter on one line; "Everything" for an empty one. */
export function describeMediaFilter(filter: MediaFilter, context: DescribeContext): string {
  const parts = [
    ...describeKinds(filter),
    describeSize(filter, context.language),
    ...describeWords(filter),
    ...describePlace(filter, context.language),
    describeDates(filter, context),
    describeLimit(filter, context.language),
  ].filter((part) => part !== null);
  const line = parts.join(" · ");
  return line === "" ? "Everything" : line.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/** Lists in echoes stay short; what is left away is counted. */
const SHOWN = 6;
function list(words: readonly string[], between = ", "): string {
  const more = words.length - SHOWN;
  return more > 1 ? `${words.slice(0, SHOWN).join(between)} and ${more} more` : words.join(between);
}

const quoted = (text: string): string => `“${oneLine(text, 40)}”`;

function describeKinds({ types, notTypes, extensions, notExtensions }: MediaFilter): string[] {
  return [
    ...(types?.length ? [list(types.map(typeLabel))] : []),
    ...(notTypes?.length ? [`no ${list(notTypes.map(typePlural))}`] : []),
    ...(extensions?.length ? [list(extensions.map((name) => name.toUpperCase()))] : []),
    ...(notExtensions?.length ? [`not ${list(notExtensions.map((name) => name.toUpperCase()))}`] : []),
  ];
}

function describeSize({ minSize, maxSize }: MediaFilter, language?: string): string | null {
  if (minSize === undefined && maxSize === undefined) return null;
  // ">10MB" is kept as one byte more, which nobody wants to read.
  const isOver = minSize !== undefined && minSize > 1 && (minSize - 1) % 1024 === 0;
  const isUnder = maxSize !== undefined && (maxSize + 1) % 1024 === 0;
  const low = minSize === undefined ? null : exact(isOver ? minSize - 1 : minSize, language);
  const high = maxSize === undefined ? null : exact(isUnder ? maxSize + 1 : maxSize, language);
  if (low !== null && high !== null && !isOver && !isUnder) return low === high ? low : `${low} – ${high}`;
  const parts = [
    ...(low === null ? [] : [`${isOver ? ">" : "≥"} ${low}`]),
    ...(high === null ? [] : [`${isUnder ? "<" : "≤"} ${high}`]),
  ];
  return parts.join(" and ");
}

/** With all digits where one decimal would not be true. */
function exact(bytes: number, language?: string): string {
  const rounded = formatBytes(bytes, language);
  const unit = 1024 ** Math.max(0, ["B", "KB", "MB", "GB", "TB"].indexOf(rounded.split(" ")[1] ?? "B"));
  const tenths = (bytes / unit) * 10;
  return Math.abs(tenths - Math.round(tenths)) < 1e-6 ? rounded : `${formatCount(bytes, language)} B`;
}

function describeWords({ text, notText, name, notName, from, notFrom }: MediaFilter): string[] {
  return [
    ...(text?.length ? [list(text.map(quoted), " and ")] : []),
    ...(notText?.length ? [`without ${list(notText.map(quoted), " or ")}`] : []),
    ...(name?.length ? [`named ${list(name.map(quoted), " or ")}`] : []),
    ...(notName?.length ? [`not named ${list(notName.map(quoted), " or ")}`] : []),
    ...(from?.length ? [`from ${list(from.map(sender), " or ")}`] : []),
    ...(notFrom?.length ? [`not from ${list(notFrom.map(sender), " or ")}`] : []),
  ];
}

const sender = (name: string): string => (name === "me" || name.startsWith("@") ? name : oneLine(name, 40));

function describePlace({ topicId, commentsOf, messageIds, minId, maxId }: MediaFilter, language?: string): string[] {
  const ids = messageIds ? list(runs(messageIds)) : null;
  const one = messageIds?.length === 1;
  return [
    ...(topicId === undefined ? [] : [topicId === 1 ? "topic General" : `topic ${topicId}`]),
    ...(commentsOf === undefined ? [] : [`comments of post ${commentsOf}`]),
    ...(ids === null ? [] : [`${one ? "message" : "messages"} ${ids}`]),
    ...(minId !== undefined && maxId !== undefined ? [`messages ${minId}–${maxId}`] : []),
    ...(minId !== undefined && maxId === undefined ? [`messages from number ${formatCount(minId, language)} on`] : []),
    ...(minId === undefined && maxId !== undefined ? [`messages up to number ${formatCount(maxId, language)}`] : []),
  ];
}

/** 12, 15, 16, 17 → "12", "15–17". */
function runs(ids: readonly number[]): string[] {
  const found: { first: number; last: number }[] = [];
  for (const id of [...ids].sort((a, b) => a - b)) {
    const run = found.at(-1);
    if (run && id <= run.last + 1) run.last = id;
    else found.push({ first: id, last: id });
  }
  return found.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`));
}

/** Both days are named as the last ones that count; null where any date will do. */
function describeDates({ after, before }: MediaFilter, { timeZone, language }: DescribeContext): string | null {
  if (after === undefined && before === undefined) return null;
  const from = after === undefined ? null : describeMoment(new Date(after), timeZone, language);
  const zone = `(${timeZone})`;
  if (before === undefined) return `${from} – now ${zone}`;
  const end = new Date(before);
  if (from === null) return `before ${describeMoment(end, timeZone, language)} ${zone}`;
  const to = isMidnight(end, timeZone)
    ? formatDay(new Date(end.getTime() - 1), timeZone, language)
    : describeMoment(end, timeZone, language);
  return from === to ? `${from} ${zone}` : `${from} – ${to} ${zone}`;
}

function describeMoment(instant: Date, timeZone: string, language?: string): string {
  const day = formatDay(instant, timeZone, language);
  if (isMidnight(instant, timeZone)) return day;
  const { hour, minute } = localTime(instant, timeZone);
  return `${day} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Or the first moment of a day that begins later, where the clocks skip midnight. */
function isMidnight(instant: Date, timeZone: string): boolean {
  const before = localTime(new Date(instant.getTime() - 1), timeZone);
  return before.day !== localTime(instant, timeZone).day;
}

function describeLimit({ limit, sort }: MediaFilter, language?: string): string | null {
  if (limit === undefined) return sort === "oldest" ? "oldest first" : null;
  return `${sort === "oldest" ? "oldest" : "newest"} ${formatCount(limit, language)}`;
}
