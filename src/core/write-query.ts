/** The canonical words of a query: what the owner can copy, keep and send again to mean the same. */
import { type ChatReference, writeChat } from "./chat-reference.ts";
import { FILE_TYPES } from "./filter-types.ts";
import type { MediaFilter } from "./media-filter.ts";
import { quotePhrase } from "./phrases.ts";
import type { QueryOptions } from "./query-types.ts";
import { writeAmount } from "./sizes.ts";
import { localTime, startOfDay } from "./zone.ts";

export interface WriteQueryOptions {
  /** The owner's; dates are written as its days where they are whole ones. */
  timeZone: string;
  options?: QueryOptions;
}

/** Words that parseQuery reads as this chat and filter, whatever else was typed the first time. */
export function queryOf(
  filter: MediaFilter,
  chat: ChatReference | null,
  { timeZone, options = {} }: WriteQueryOptions,
): string {
  const words = [
    chat === null ? "" : chat.kind === "id" && chat.chatId > 0 ? `chat:${chat.chatId}` : writeChat(chat),
    writeTypes(filter),
    writeList("-type", filter.notTypes),
    writeList("ext", filter.extensions),
    writeList("-ext", filter.notExtensions),
    writeList("from", filter.from),
    writeList("-from", filter.notFrom),
    filter.after === undefined ? "" : `after:${writeMoment(filter.after, timeZone)}`,
    filter.before === undefined ? "" : `before:${writeMoment(filter.before, timeZone)}`,
    ...writeSizes(filter),
    writeList("text", filter.text),
    writeList("-text", filter.notText),
    writeList("name", filter.name),
    writeList("-name", filter.notName),
    filter.topicId === undefined ? "" : `topic:${filter.topicId}`,
    filter.commentsOf === undefined ? "" : `comments:${filter.commentsOf}`,
    writeIds(filter),
    filter.limit === undefined ? "" : `limit:${filter.limit}`,
    filter.sort === undefined ? "" : `sort:${filter.sort}`,
    options.format === undefined ? "" : `format:${options.format}`,
    options.media === undefined ? "" : `media:${options.media ? "yes" : "no"}`,
  ];
  return words.filter((word) => word !== "").join(" ");
}

/** One kind as a bare word, as people type it. */
function writeTypes({ types = [] }: MediaFilter): string {
  const isMedia = types.length === FILE_TYPES.length && FILE_TYPES.every((type) => types.includes(type));
  if (isMedia && types.every((type, index) => type === FILE_TYPES[index])) return "type:media";
  return types.length === 1 ? (types[0] ?? "") : writeList("type", types);
}

function writeList(key: string, values: readonly string[] | undefined): string {
  return values?.length ? `${key}:${values.map(writeValue).join(",")}` : "";
}

/** In quotes unless it is plain. */
function writeValue(value: string): string {
  return /^[\p{L}\p{N}@][\p{L}\p{M}\p{N}_@-]*$/u.test(value) ? value : quotePhrase(value);
}

function writeSizes({ minSize, maxSize }: MediaFilter): string[] {
  const isOver = minSize !== undefined && minSize > 1 && (minSize - 1) % 1024 === 0;
  const isUnder = maxSize !== undefined && (maxSize + 1) % 1024 === 0;
  if (minSize !== undefined && maxSize !== undefined && !isOver && !isUnder) {
    return [`size:${writeAmount(minSize)}..${writeAmount(maxSize)}`];
  }
  return [
    ...(minSize === undefined ? [] : [isOver ? `size:>${writeAmount(minSize - 1)}` : `size:${writeAmount(minSize)}+`]),
    ...(maxSize === undefined
      ? []
      : [isUnder ? `size:<${writeAmount(maxSize + 1)}` : `size:..${writeAmount(maxSize)}`]),
  ];
}

/** The year, month or day that begins at this instant in the zone; else the instant itself. */
function writeMoment(iso: string, timeZone: string): string {
  const instant = new Date(iso);
  const { year, month, day } = localTime(instant, timeZone);
  const starts =
    year >= 1970 && year <= 2100 && startOfDay({ year, month, day }, timeZone).getTime() === instant.getTime();
  if (!starts) return instant.toISOString();
  const two = (value: number): string => String(value).padStart(2, "0");
  if (day > 1) return `${year}-${two(month)}-${two(day)}`;
  return month > 1 ? `${year}-${two(month)}` : `${year}`;
}

function writeIds({ messageIds, minId, maxId }: MediaFilter): string {
  const words: string[] = [];
  if (messageIds?.length) words.push(`ids:${writeRuns(messageIds)}`);
  if (minId !== undefined && maxId === minId) words.push(`ids:${minId}.. ids:..${minId}`);
  else if (minId !== undefined || maxId !== undefined) words.push(`ids:${minId ?? ""}..${maxId ?? ""}`);
  return words.join(" ");
}

/** Neighbours that follow each other as a range, in the order they came: 12,15-20. */
function writeRuns(ids: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const id of ids) {
    const run = runs.at(-1);
    if (run && id === run.last + 1) run.last = id;
    else runs.push({ first: id, last: id });
  }
  const [only] = runs;
  // A range alone would be kept as its two ends, so it is written as two.
  if (only && runs.length === 1 && only.first !== only.last) return `${only.first},${range(only.first + 1, only.last)}`;
  return runs.map(({ first, last }) => range(first, last)).join(",");
}

const range = (first: number, last: number): string => (first === last ? `${first}` : `${first}-${last}`);
