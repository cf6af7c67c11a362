/** plan — says what a download would fetch, before anything is fetched: exactly for small chats, else by counts. */
import { mkdir, statfs } from "node:fs/promises";
import { FILE_TYPES } from "../../core/filter-types.ts";
import type { Chat, Message } from "../../core/media.ts";
import type { FilterType } from "../../core/media-filter.ts";
import { filterTypesOf, type MediaFilter, matchesMediaFilter } from "../../core/media-filter.ts";
import { serverSideOf } from "../../core/server-side-filter.ts";
import type { DownloadPlan } from "../../core/tasks.ts";
import type { Task, TaskContext } from "../task.ts";
import { type HistoryRange, MEDIA_TYPE_OF } from "../telegram.ts";
import { knownChat } from "./known-chat.ts";

/** Reading so many messages takes a few calls: then nothing needs to be guessed. */
const READ_WHOLE = 400;

type Sums = Pick<DownloadPlan, "files" | "bytes" | "approximate" | "byType" | "owned">;

export const plan: Task<"plan"> = async ({ payload: { chatId, filter } }, context) => {
  const { db, downloadDir } = context;
  const chat = await knownChat(context, chatId);
  const selfId = (await db.chats.self())?.chatId ?? null;
  const matches = (message: Message) =>
    message.media.fileKey !== null &&
    matchesMediaFilter(message, filter, { selfId, usernameOf: (id) => context.telegram.usernameOf(id) });
  const sums = cut(await reckon(chat, filter, matches, context), filter.limit);
  await mkdir(downloadDir, { recursive: true });
  const { bavail, bsize } = await statfs(downloadDir);
  return {
    ...sums,
    freeBytes: Number(bavail) * Number(bsize),
    directory: downloadDir,
    newestOfType: sums.files > 0 ? null : await newestOfType(chat, filter, context),
  };
};

async function reckon(
  chat: Chat,
  filter: MediaFilter,
  matches: (message: Message) => boolean,
  context: TaskContext,
): Promise<Sums> {
  const { telegram, signal } = context;
  if (filter.messageIds) {
    const found = await telegram.messages(chat, filter.messageIds, signal);
    return exactly(found.map(({ message }) => message).filter(matches), context);
  }
  const range: HistoryRange = serverSideOf(filter);
  const { total } = await telegram.countMatching(chat, range, signal);
  if (total <= READ_WHOLE) {
    const found: Message[] = [];
    for await (const page of telegram.history(chat, range, signal)) found.push(...page.filter(matches));
    return exactly(found, context);
  }
  return byCounts(chat, filter, range, matches, context);
}

async function exactly(messages: readonly Message[], { db }: TaskContext): Promise<Sums> {
  const byType = new Map<string, { type: string; files: number; bytes: number }>();
  for (const message of messages) {
    const type = typeOf(message);
    const sum = byType.get(type) ?? { type, files: 0, bytes: 0 };
    byType.set(type, sum);
    sum.files++;
    sum.bytes += message.media.size ?? 0;
  }
  let owned = 0;
  for (const [chatId, ids] of groupIds(messages)) {
    const rows = await db.messages.of(chatId, ids);
    owned += rows.filter(({ status }) => status !== "retrieved" && status !== "failed").length;
  }
  return {
    files: messages.length,
    bytes: messages.reduce((sum, { media }) => sum + (media.size ?? 0), 0),
    approximate: messages.some(({ media }) => media.size === null),
    byType: [...byType.values()],
    owned,
  };
}

/** Telegram counts each kind; the newest hundred of it tell how large they are and how many of them the filter wants. */
async function byCounts(
  chat: Chat,
  filter: MediaFilter,
  range: HistoryRange,
  matches: (message: Message) => boolean,
  { db, telegram, signal }: TaskContext,
): Promise<Sums> {
  const types = (filter.types ?? FILE_TYPES).filter(
    (type) => FILE_TYPES.includes(type) && !filter.notTypes?.includes(type),
  );
  const byType: Sums["byType"] = [];
  let approximate = false;
  for (const type of types) {
    const { total, sample } = await telegram.countMatching(chat, { ...range, type }, signal);
    if (total === 0 || sample.length === 0) continue;
    const wanted = sample.filter((message) => filterTypesOf(message).includes(type) && matches(message));
    if (wanted.length === 0) continue;
    const share = total / sample.length;
    const bytes = wanted.reduce((sum, { media }) => sum + (media.size ?? 0), 0);
    const isWhole = sample.length >= total;
    approximate ||= !isWhole;
    byType.push({ type, files: Math.round(wanted.length * share), bytes: Math.round(bytes * share) });
  }
  const files = byType.reduce((sum, one) => sum + one.files, 0);
  const mediaTypes = types.map((type) => MEDIA_TYPE_OF[type]).filter((type) => type !== undefined);
  const owned = Math.min(files, await db.messages.countDownloaded(chat.chatId, [...new Set(mediaTypes)]));
  return { files, bytes: byType.reduce((sum, one) => sum + one.bytes, 0), approximate, byType, owned };
}

/** The filter's own limit, taken evenly from all kinds. */
function cut(sums: Sums, limit: number | undefined): Sums {
  if (limit === undefined || sums.files <= limit) return sums;
  const share = limit / sums.files;
  return {
    files: limit,
    bytes: Math.round(sums.bytes * share),
    approximate: true,
    byType: sums.byType.map(({ type, files, bytes }) => ({
      type,
      files: Math.round(files * share),
      bytes: Math.round(bytes * share),
    })),
    owned: Math.min(sums.owned, limit),
  };
}

/** For "nothing matched": the newest of the wanted kinds, whatever its date. */
async function newestOfType(
  chat: Chat,
  filter: MediaFilter,
  { telegram, signal }: TaskContext,
): Promise<string | null> {
  const { topicId, commentsOf } = serverSideOf(filter);
  let newest = 0;
  for (const type of filter.types ?? FILE_TYPES) {
    const { sample } = await telegram.countMatching(chat, { type, topicId, commentsOf }, signal);
    for (const message of sample)
      if (filterTypesOf(message).includes(type)) newest = Math.max(newest, message.date.getTime());
  }
  return newest === 0 ? null : new Date(newest).toISOString();
}

const typeOf = (message: Message): FilterType | string => filterTypesOf(message)[0] ?? message.media.type;

function groupIds(messages: readonly Message[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const { chatId, messageId } of messages) groups.set(chatId, [...(groups.get(chatId) ?? []), messageId]);
  return groups;
}
