/** One message's file: taken from the disk where it is there already, else fetched, up to three times. */
import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AccessError, FatalError, FileError, RetryLaterError } from "../../core/errors.ts";
import { renderFilename } from "../../core/filename.ts";
import { newId } from "../../core/id.ts";
import type { Chat, Message } from "../../core/media.ts";
import { FILE_ATTEMPTS, retryDelay } from "../../core/retry.ts";
import { onDisk } from "../disk.ts";
import { contentOf, sizeOf } from "../file-content.ts";
import type { TaskContext } from "../task.ts";
import type { RemoteFile } from "../telegram.ts";
import { topicTitleOf } from "../topics.ts";
import { clearLeftovers, linkOrCopy } from "../transfer/index.ts";
import type { SavedContent } from "../transfer/transfer.ts";
import { LostLease } from "./scan-writer.ts";

export interface WantedFile {
  chat: Chat;
  message: Message;
  file: RemoteFile;
  rootId: string;
}

/** `had`: its content was on this machine already, and nothing was fetched. */
export type Outcome = "fetched" | "had";

/** Files of the same content that are being saved right now, so that twins in one batch are fetched once. */
const busy = new WeakMap<object, Map<string, Promise<unknown>>>();

export async function saveFile(wanted: WantedFile, context: TaskContext): Promise<Outcome> {
  const running = busy.get(context.files) ?? new Map<string, Promise<unknown>>();
  busy.set(context.files, running);
  const fileKey = wanted.message.media.fileKey ?? "";
  // The twin's failure is its own matter: then this one tries by itself.
  while (running.has(fileKey)) await running.get(fileKey)?.catch(() => {});
  const mine = save(wanted, context);
  running.set(fileKey, mine);
  try {
    return await mine;
  } finally {
    running.delete(fileKey);
  }
}

async function save(wanted: WantedFile, context: TaskContext): Promise<Outcome> {
  const { destinations, signal, job } = context;
  const { message, rootId } = wanted;
  signal.throwIfAborted();
  const left = destinations.left(message);
  const whole = left && (await contentOf(left));
  if (left && whole && isExpected(whole, wanted.file)) {
    // Named, and then the process was killed before it could write the row.
    await clearLeftovers(left);
    await record(wanted, left, whole, context);
    return "fetched";
  }
  // Somebody else has put a file there since.
  if (whole) destinations.settle(message);
  const path = await destinations.claim(message, await nameOf(wanted, context), { jobId: job.id, rootId });
  const owned = await ownedCopy(wanted, context);
  if (owned) {
    await onDisk(() => mkdir(dirname(path), { recursive: true }));
    await linkOrCopy(owned.path, path);
    await record(wanted, path, owned, context);
    return "had";
  }
  const content = await fetchWithRetries(wanted, path, context);
  await record(wanted, path, content, context);
  return "fetched";
}

/** The file has its name. Whoever has lost the job by now takes it away again: another machine saves it. */
async function record(wanted: WantedFile, path: string, content: SavedContent, context: TaskContext): Promise<void> {
  const { db, hostname, destinations, job, workerId } = context;
  const { message, rootId } = wanted;
  const saved = await db.messages.saved(message, { path, ...content, hostname, rootId }, { job, workerId });
  if (!saved) await rm(path, { force: true });
  destinations.settle(message);
  if (!saved) throw new LostLease("The job is another one's now, or cancelled.");
}

async function nameOf({ chat, message }: WantedFile, context: TaskContext): Promise<string> {
  return renderFilename(context.settings.filenameTemplate, {
    chatTitle: chat.title,
    chatId: chat.chatId,
    date: message.date,
    messageId: message.messageId,
    media: message.media,
    senderName: message.senderName,
    topicId: message.topicId,
    topicTitle: await topicTitleOf(chat, message, context),
    albumId: message.albumId,
  });
}

/** The same content under another message, still on this machine as it was saved. */
async function ownedCopy(
  { message, file }: WantedFile,
  { db, hostname }: TaskContext,
): Promise<(SavedContent & { path: string }) | null> {
  const { fileKey } = message.media;
  if (!fileKey) return null;
  const row = (await db.messages.ownedFiles([fileKey], hostname)).get(fileKey);
  if (!row?.localFilePath || !row.sha256) return null;
  const bytes = await sizeOf(row.localFilePath);
  if (bytes === null || bytes !== (file.size ?? row.media.size)) return null;
  return { path: row.localFilePath, bytes, sha256: row.sha256 };
}

async function fetchWithRetries(wanted: WantedFile, path: string, context: TaskContext): Promise<SavedContent> {
  const { db, telegram, transfer, hostname, progress, signal, log } = context;
  const { chat, message } = wanted;
  let { file } = wanted;
  const refresh = async () => {
    const [fresh] = await telegram.messages(chat, [message.messageId], signal);
    if (fresh?.file) file = fresh.file;
    return fresh?.file ?? null;
  };
  for (let attempt = 1; ; attempt++) {
    try {
      return await transfer.save(file, path, {
        signal,
        refresh,
        modifiedAt: message.date,
        confirm: context.confirm,
        onBytes: (count) => {
          progress.bytes += count;
        },
      });
    } catch (error) {
      signal.throwIfAborted();
      if (isNoAttempt(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      if (attempt >= FILE_ATTEMPTS || isFinal(error)) throw new FileError(reason, { cause: error });
      log.warn({ reason, chatId: chat.chatId, messageId: message.messageId, attempt }, "A file is tried again.");
      const key = { chatId: chat.chatId, messageId: message.messageId };
      await db.downloadLog.add({ uid: newId(), ...key, status: "retry", hostname, error: reason, at: new Date() });
      await sleep(retryDelay(attempt, Math.random), undefined, { signal });
      // What went wrong may have been that it was replaced meanwhile.
      if (!(await refresh())) throw new FileError("The message is gone from Telegram.", { cause: error });
    }
  }
}

/** Somebody else acts next, and the file is not to blame. */
const isNoAttempt = (error: unknown): boolean =>
  error instanceof RetryLaterError || error instanceof AccessError || error instanceof FatalError;

/** Telegram has said no: asking again changes nothing. */
const isFinal = (error: unknown): boolean => error instanceof FileError;

const isExpected = ({ bytes }: SavedContent, { size }: RemoteFile): boolean => size === null || bytes === size;
