/** Where a forwarded message comes from, as far as Telegram tells a bot. */
import type { Message } from "grammy/types";
import type { ChatId } from "../core/media.ts";

export interface Origin {
  /** Null where the sender hides it. */
  chatId: ChatId | null;
  /** Known for channels only. */
  messageId: number | null;
}

export function forwardedFrom(message: Message | undefined): Origin | null {
  const origin = message?.forward_origin;
  switch (origin?.type) {
    case "channel":
      return { chatId: origin.chat.id, messageId: origin.message_id };
    case "chat":
      return { chatId: origin.sender_chat.id, messageId: null };
    case "user":
      return { chatId: origin.sender_user.id, messageId: null };
    case "hidden_user":
      return { chatId: null, messageId: null };
    default:
      return null;
  }
}
