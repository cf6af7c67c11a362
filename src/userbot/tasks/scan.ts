/**
 * scan — records what a chat holds and, when `next` names a task, hands it what the filter wants.
 *
 * Goes on where it was interrupted: pages, batches and how far it is are written in one transaction. Batches are taken
 * up by workers while the scan goes on.
 */
import { AccessError } from "../../core/errors.ts";
import type { Job } from "../../core/job.ts";
import type { Chat, Message } from "../../core/media.ts";
import { matchesMediaFilter } from "../../core/media-filter.ts";
import type { Task, TaskContext } from "../task.ts";
import { learnTopics } from "../topics.ts";
import { isWholeHistory, pagesOf } from "./history-pages.ts";
import { indexHistory } from "./index-history.ts";
import { knownChat, refuseRestricted } from "./known-chat.ts";
import { ScanWriter } from "./scan-writer.ts";

const IDS_AT_ONCE = 100;

interface Cursor {
  beforeId: number;
}

export const scan: Task<"scan"> = async (job, context) => {
  const amongOthers = job.payload.next === null && job.payload.alone === false;
  try {
    return await scanChat(job, context);
  } catch (error) {
    // One chat that cannot be read any more does not end the scan of all.
    if (!amongOthers || !(error instanceof AccessError)) throw error;
    context.log.warn({ chatId: job.payload.chatId, reason: error.message }, "A chat could not be scanned.");
    Object.assign(context.progress, { done: 1, failed: 1 });
    return { seen: context.progress.seen, matched: 0 };
  }
};

const scanChat: Task<"scan"> = async (job, context) => {
  const { db, progress } = context;
  const { filter } = job.payload;
  const chat = await knownChat(context, job.payload.chatId);
  if (job.payload.next !== null) refuseRestricted(chat, context);
  await learnTopics(chat, context);
  const selfId = (await db.chats.self())?.chatId ?? null;
  const wants = (message: Message) =>
    (job.payload.next === null || message.media.fileKey !== null) &&
    matchesMediaFilter(message, filter, { selfId, usernameOf: (id) => context.telegram.usernameOf(id) });

  if (job.payload.next === null && filter.limit === undefined) {
    const matched = await indexHistory(job, chat, context, wants);
    return { seen: progress.seen, matched };
  }
  const writer = new ScanWriter(job, context);
  if (filter.sort === "oldest" && filter.limit !== undefined) await oldestFirst(job, chat, context, writer, wants);
  else await newestFirst(job, chat, context, writer, wants);
  if (isWholeHistory(filter)) await db.chats.scanned(chat.chatId, new Date());
  return { seen: progress.seen, matched: progress.total };
};

async function newestFirst(
  job: Job<"scan">,
  chat: Chat,
  context: TaskContext,
  writer: ScanWriter,
  wants: (message: Message) => boolean,
): Promise<void> {
  const cursor = (await context.db.jobs.scanCursor(job.id)) as Cursor | null;
  const limit = job.payload.filter.limit ?? Number.POSITIVE_INFINITY;
  for await (const page of pagesOf(chat, job.payload.filter, cursor, context)) {
    const room = Math.max(0, limit - context.progress.total - writer.pending);
    const wanted = page.filter(wants).slice(0, room);
    await writer.add(page, wanted);
    if (context.progress.total + writer.pending >= limit) break;
  }
  await writer.flush();
}

/** The oldest so many are only known at the end: nothing is handed out before, and a restart begins anew. */
async function oldestFirst(
  job: Job<"scan">,
  chat: Chat,
  context: TaskContext,
  writer: ScanWriter,
  wants: (message: Message) => boolean,
): Promise<void> {
  const limit = job.payload.filter.limit ?? 0;
  context.progress.seen = 0;
  let oldest: Message[] = [];
  for await (const page of pagesOf(chat, job.payload.filter, null, context)) {
    oldest = [...oldest, ...page.filter(wants)].slice(-limit);
    await writer.add(page, [], { keepCursor: false });
  }
  await writer.flush();
  // From the oldest on; each batch newest first like every other.
  for (let end = oldest.length; end > 0; end -= IDS_AT_ONCE) {
    const batch = oldest.slice(Math.max(0, end - IDS_AT_ONCE), end);
    await writer.add(batch, batch, { again: true, keepCursor: false });
    await writer.flush();
  }
}
