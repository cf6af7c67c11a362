/** One message into the copy: its words as they are, its file from the disk where it is there already, else fetched. */
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { mediaPath } from "../../archive/index.ts";
import { AccessError, FatalError, FileError, RetryLaterError } from "../../core/errors.ts";
import { renderFilename } from "../../core/filename.ts";
import type { Chat } from "../../core/media.ts";
import type { TaskContext } from "../task.ts";
import type { FetchedMessage, RemoteFile } from "../telegram.ts";
import { linkOrCopy } from "../transfer/index.ts";
import { type CopiedFile, type CopiedMessage, type CopyFolder, contentOf } from "./copy-folder.ts";

const TRIES = 3;

/** Throws FileError where there can be no copy of this message. */
export async function copyMessage(
  { message, file }: FetchedMessage,
  chat: Chat,
  folder: CopyFolder,
  context: TaskContext,
): Promise<CopiedMessage> {
  const { media } = message;
  if (media.restricted && !context.settings.allowRestricted) throw new FileError("Its owners do not allow saving it.");
  if (media.fileKey !== null && !file) throw new FileError("Telegram no longer has its file.");
  return { message, file: file ? await copyFile(message, file, chat, folder, context) : null };
}

async function copyFile(
  message: FetchedMessage["message"],
  first: RemoteFile,
  chat: Chat,
  folder: CopyFolder,
  context: TaskContext,
): Promise<CopiedFile> {
  const { db, telegram, transfer, hostname, progress, signal, log } = context;
  const name = renderFilename("{name}", {
    chatTitle: chat.title,
    chatId: chat.chatId,
    date: message.date,
    messageId: message.messageId,
    media: message.media,
  });
  const { messageId, media } = message;
  const path = mediaPath({ chatId: chat.chatId, messageId, type: media.type, localPath: name }, false);
  const target = join(folder.path, path);
  await mkdir(dirname(target), { recursive: true });
  // Of an attempt that was killed before its line was written.
  await rm(target, { force: true });
  const { fileKey } = message.media;
  const owned = fileKey ? (await db.messages.ownedFiles([fileKey], hostname)).get(fileKey) : undefined;
  if (owned?.localFilePath && owned.sha256) {
    const content = await contentOf(owned.localFilePath).catch(() => null);
    if (content?.sha256 === owned.sha256) {
      await linkOrCopy(owned.localFilePath, target);
      return { path, ...content };
    }
  }
  let file = first;
  const refresh = async () => {
    const [fresh] = await telegram.messages(chat, [message.messageId], signal);
    if (fresh?.file) file = fresh.file;
    return fresh?.file ?? null;
  };
  for (let attempt = 1; ; attempt++) {
    try {
      const onBytes = (count: number) => {
        progress.bytes += count;
      };
      return { path, ...(await transfer.save(file, target, { signal, refresh, modifiedAt: message.date, onBytes })) };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof RetryLaterError || error instanceof AccessError || error instanceof FatalError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof FileError || attempt >= TRIES) throw new FileError(reason, { cause: error });
      log.warn({ err: error, chatId: chat.chatId, messageId: message.messageId, attempt }, "A copy is tried again.");
      if (!(await refresh())) throw new FileError("The message is gone from Telegram.", { cause: error });
    }
  }
}
