/** One message's file for a job: saved, had before, or written down as failed. What is not the file's fault is thrown. */
import { AccessError, FileError, RetryLaterError } from "../../core/errors.ts";
import type { Chat } from "../../core/media.ts";
import type { TaskContext } from "../task.ts";
import type { FetchedMessage } from "../telegram.ts";
import { saveFile } from "./save-file.ts";

export async function saveOne(
  rootId: string,
  chat: Chat,
  messageId: number,
  fetched: FetchedMessage | null,
  context: TaskContext,
): Promise<void> {
  const { db, hostname, progress, settings, emit, destinations } = context;
  const key = { chatId: chat.chatId, messageId };
  try {
    if (!fetched) throw new FileError("The message is gone from Telegram.");
    const { message, file } = fetched;
    if (!file) throw new FileError("The message carries no file any more.");
    if (message.media.restricted && !settings.allowRestricted)
      throw new FileError("Its owner does not allow saving it.");
    const outcome = await saveFile({ chat, message, file, rootId }, context);
    if (outcome === "fetched") progress.saved++;
    else progress.had++;
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof RetryLaterError || error instanceof AccessError || !isAboutTheFile(error)) throw error;
    await context.confirm();
    destinations.settle(key);
    await db.messages.failed(key, { hostname, error: error.message, rootId });
    await emit({ type: "file-failed", messageId, reason: error.message }, `${rootId}:${key.chatId}:${messageId}`);
    progress.failed++;
  }
}

const isAboutTheFile = (error: unknown): error is FileError => error instanceof FileError;
