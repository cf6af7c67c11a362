/** Chats and people as Telegram Desktop's exports name them. */
import type { ChatId } from "../../core/media.ts";

const CHANNEL_BASE = 1_000_000_000_000;

/** The number without the marks of the Bot API. */
export const bareId = (chatId: ChatId): number => (chatId < -CHANNEL_BASE ? -chatId - CHANNEL_BASE : Math.abs(chatId));

/** "user1", "chat1", "channel1". */
export function peerId(chatId: ChatId): string {
  if (chatId >= 0) return `user${chatId}`;
  return `${chatId < -CHANNEL_BASE ? "channel" : "chat"}${bareId(chatId)}`;
}
