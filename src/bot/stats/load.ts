/** The numbers behind a view: from the sums where nothing is filtered, else from the messages themselves. */
import type { ChatId } from "../../core/media.ts";
import { type MediaFilter, matchesMediaFilter } from "../../core/media-filter.ts";
import type { Statistics } from "../../core/statistics.ts";
import { StatisticsTally } from "../../core/statistics-tally.ts";
import { slotOf, zoneSegments } from "../../core/zone-segments.ts";
import type { Db } from "../../db/db.ts";

export interface StatsScope {
  /** Null for all chats. */
  chatId: ChatId | null;
  filter: MediaFilter;
}
export type Part = keyof Statistics;

/** More names than any view shows; a CSV has them all up to this. */
export const MOST_NAMES = 1_000;
const LARGEST = 10;
const PAGE = 5_000;
const TYPING_MS = 4_000;
/** Telegram's first year. */
const EARLIEST = new Date("2013-01-01T00:00:00Z");
const REMEMBERED = 4;
const REMEMBERED_MS = 5 * 60_000;

const counted = new Map<string, { at: number; statistics: Statistics }>();

export async function loadStatistics(
  db: Db,
  scope: StatsScope,
  parts: readonly Part[],
  {
    timeZone,
    now,
    typing,
    signal,
  }: { timeZone: string; now: Date; typing: () => Promise<unknown>; signal: AbortSignal },
): Promise<Partial<Statistics>> {
  if (Object.keys(scope.filter).length === 0) return fromSums(db, scope.chatId, parts, timeZone);
  const key = JSON.stringify([scope, timeZone]);
  const known = counted.get(key);
  if (known && now.getTime() - known.at < REMEMBERED_MS) return known.statistics;
  const statistics = await fromMessages(db, scope, { timeZone, now, typing, signal });
  counted.set(key, { at: now.getTime(), statistics });
  for (const old of [...counted.keys()].slice(0, -REMEMBERED)) counted.delete(old);
  return statistics;
}

async function fromSums(
  { statistics }: Db,
  chatId: ChatId | null,
  parts: readonly Part[],
  timeZone: string,
): Promise<Partial<Statistics>> {
  const zone = async () => {
    const span = await statistics.span(chatId);
    return span ? zoneSegments(span.from, span.to, timeZone) : [];
  };
  const loaders: { [P in Part]: () => Promise<Statistics[P]> } = {
    kinds: () => statistics.kinds(chatId),
    senders: () => statistics.senders(chatId, MOST_NAMES),
    chats: () => statistics.chats(MOST_NAMES),
    days: async () => statistics.days(chatId, await zone()),
    hours: async () => statistics.hours(chatId, await zone()),
    sizes: () => statistics.sizes(chatId, LARGEST),
  };
  const loaded = await Promise.all(parts.map(async (part) => [part, await loaders[part]()] as const));
  return Object.fromEntries(loaded) as Partial<Statistics>;
}

async function fromMessages(
  db: Db,
  { chatId, filter }: StatsScope,
  {
    timeZone,
    now,
    typing,
    signal,
  }: { timeZone: string; now: Date; typing: () => Promise<unknown>; signal: AbortSignal },
): Promise<Statistics> {
  const context = { selfId: (await db.chats.self())?.chatId ?? null, usernameOf: await usernames(db) };
  const tomorrow = new Date(now.getTime() + 86_400_000);
  const tally = new StatisticsTally(zoneSegments(slotOf(EARLIEST), slotOf(tomorrow), timeZone));
  const where = {
    chatId,
    ...(filter.after === undefined ? {} : { after: new Date(filter.after) }),
    ...(filter.before === undefined ? {} : { before: new Date(filter.before) }),
    ...(filter.minSize === undefined ? {} : { minSize: filter.minSize }),
    ...(filter.maxSize === undefined ? {} : { maxSize: filter.maxSize }),
  };
  let beyond: Parameters<typeof db.statistics.page>[1] = null;
  for (let typed = 0; ; ) {
    signal.throwIfAborted();
    if (Date.now() - typed > TYPING_MS) {
      typed = Date.now();
      // A sign of life, no more.
      typing().catch(() => undefined);
    }
    const rows = await db.statistics.page(where, beyond, PAGE);
    for (const row of rows) if (matchesMediaFilter(row, filter, context)) tally.add(row);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    beyond = { date: last.date, chatId: last.chatId, messageId: last.messageId };
  }
  const result = tally.result();
  const titles = await Promise.all(result.chats.slice(0, MOST_NAMES).map(({ chatId: id }) => db.chats.get(id)));
  const titleOf = new Map(titles.flatMap((chat) => (chat ? [[chat.chatId, chat.title] as const] : [])));
  return { ...result, chats: result.chats.map((chat) => ({ ...chat, title: titleOf.get(chat.chatId) ?? "" })) };
}

/** Of the people that the account has a chat with. */
async function usernames(db: Db): Promise<(id: ChatId) => string | null> {
  const { chats } = await db.chats.list({ types: ["user"] }, { limit: 5_000, offset: 0 });
  const known = new Map(chats.map(({ chatId, username }) => [chatId, username?.toLowerCase() ?? null]));
  return (id) => known.get(id) ?? null;
}
