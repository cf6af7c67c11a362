/** The chat a job is about, and whether its files may be had. */
import { AccessError } from "../../core/errors.ts";
import type { Chat, ChatId } from "../../core/media.ts";
import type { TaskContext } from "../task.ts";

export async function knownChat(
  { db, telegram, signal }: Pick<TaskContext, "db" | "telegram" | "signal">,
  chatId: ChatId,
): Promise<Chat> {
  const known = await db.chats.get(chatId);
  if (known) return known;
  const found = await telegram.findChat(String(chatId), signal);
  if (!found) throw new AccessError("This account does not have that chat: join it in Telegram, then send /chats.");
  await db.chats.record([found]);
  return found;
}

export function refuseRestricted(chat: Chat, { settings }: Pick<TaskContext, "settings">): void {
  if (!chat.restricted || settings.allowRestricted) return;
  throw new AccessError(
    `The owners of “${chat.title}” do not allow saving its content: /settings has a switch for chats where you may.`,
  );
}
