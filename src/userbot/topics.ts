/** What a forum's topics are called, learnt from Telegram once for each job that reads its messages. */
import { AccessError, FileError } from "../core/errors.ts";
import type { Chat, Message } from "../core/media.ts";
import { placeholdersOf } from "../core/template.ts";
import type { TaskContext } from "./task.ts";

/** Telegram calls it so, and its messages carry no number. */
const GENERAL = 1;

export async function learnTopics(
  chat: Chat,
  { db, telegram, signal, log }: Pick<TaskContext, "db" | "telegram" | "signal" | "log">,
): Promise<void> {
  if (!chat.isForum) return;
  try {
    await db.topics.record(chat.chatId, await telegram.topics(chat, signal));
  } catch (error) {
    // Names only: without them a number stands in their place.
    if (!(error instanceof AccessError || error instanceof FileError)) throw error;
    log.warn({ chatId: chat.chatId, reason: error.message }, "The topics of a forum could not be read.");
  }
}

/** For a file's name; asked only where the owner's template wants it. */
export async function topicTitleOf(
  chat: Chat,
  { topicId }: Pick<Message, "topicId">,
  { db, settings }: Pick<TaskContext, "db" | "settings">,
): Promise<string | null> {
  if (!chat.isForum || !placeholdersOf(settings.filenameTemplate).includes("topic")) return null;
  return (await db.topics.of(chat.chatId)).get(topicId ?? GENERAL) ?? null;
}
