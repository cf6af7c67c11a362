/**
 * download — saves one batch of messages' media to disk.
 *
 * Safe to run twice: rows already saved are left alone, and only a whole file gets its final name.
 */
import type { Job } from "../../core/job.ts";
import type { StoredMessage } from "../../core/media.ts";
import { forEachConcurrent } from "../pool.ts";
import type { Task, TaskContext } from "../task.ts";
import { knownChat, refuseRestricted } from "./known-chat.ts";
import { saveOne } from "./save-one.ts";

export const download: Task<"download"> = async (job, context) => {
  const { db, telegram, progress, files, signal } = context;
  const { chatId, messageIds } = job.payload;
  const chat = await knownChat(context, chatId);
  refuseRestricted(chat, context);
  const rows = await db.messages.of(chatId, messageIds);
  const wanted = await reckon(job, rows, context);
  if (wanted.length === 0) return {};

  // Ask for the messages again: the references that a scan saw go stale within hours.
  const fetched = await telegram.messages(chat, wanted, signal);
  const byId = new Map(fetched.map((one) => [one.message.messageId, one]));
  await forEachConcurrent(wanted, { queue: files, signal }, async (messageId, stop) => {
    await saveOne(job.rootId ?? job.id, chat, messageId, byId.get(messageId) ?? null, { ...context, signal: stop });
    progress.done++;
  });
  return {};
};

/** Sets the progress from the rows, and answers with the ids that are still to be saved. */
async function reckon(job: Job<"download">, rows: StoredMessage[], context: TaskContext): Promise<number[]> {
  const { db, progress, destinations } = context;
  const { chatId, messageIds } = job.payload;
  const rootId = job.rootId ?? job.id;
  const stored = new Map(rows.map((row) => [row.messageId, row]));
  const owned = messageIds.filter((id) => isSaved(stored.get(id)));
  // A kill right after the row was written has left their paths taken.
  for (const messageId of owned) destinations.settle({ chatId, messageId });
  // The first time nothing can be ours yet; later each file's own line in the log tells.
  const fresh = job.attempts <= 1 && job.progress.done === 0;
  let saved = 0;
  let bytes = 0;
  for (const messageId of fresh ? [] : owned) {
    const lines = await db.downloadLog.of({ chatId, messageId });
    if (!lines.some(({ uid }) => uid === `${rootId}:${chatId}:${messageId}`)) continue;
    saved++;
    bytes += stored.get(messageId)?.media.size ?? 0;
  }
  // While the database is away its lines are not at hand: what was had was counted when the work began.
  if (!fresh && (await db.status()).awaySince) saved = Math.max(saved, owned.length - job.progress.had);
  const totalBytes = rows.reduce((sum, { media }) => sum + (media.size ?? 0), 0);
  Object.assign(progress, {
    done: owned.length,
    total: messageIds.length,
    saved,
    had: owned.length - saved,
    failed: 0,
    bytes,
    totalBytes,
    seen: 0,
  });
  return messageIds.filter((id) => !isSaved(stored.get(id)));
}

/** By the database's word: a file that the owner has moved or removed is not fetched again. */
const isSaved = (row: StoredMessage | undefined): boolean =>
  row !== undefined && ["downloaded", "archived", "deleted"].includes(row.status);
