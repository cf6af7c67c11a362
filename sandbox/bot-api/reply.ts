import type { ReplyInfo } from "../world/types.ts";
import type { Call } from "./bot.ts";
import { chatOf } from "./chat-access.ts";
import { badRequest } from "./refusal.ts";

const missing = () => badRequest("message to be replied not found");

/** What the message to send replies to, checked; nothing where it may go without. */
export function readReply(call: Call, chatId: number): ReplyInfo | undefined {
  const asked = replyFields(call);
  if (!asked) return undefined;
  const { messageId, elsewhere, lenient, quote } = asked;
  const inChat = elsewhere && elsewhere !== String(chatId) ? replyChat(call, elsewhere, lenient) : chatId;
  if (inChat === null) return undefined;
  const original = messageId > 0 ? call.bot.view.message(inChat, messageId) : null;
  if (!original) {
    if (lenient) return undefined;
    throw missing();
  }
  if (quote && !original.text.includes(quote)) throw badRequest("QUOTE_TEXT_INVALID");
  return { messageId, ...(inChat !== chatId && { peerId: inChat }), ...(quote && { quote }) };
}

type Asked = { messageId: number; elsewhere: string; lenient: boolean; quote: string };

function replyFields({ params }: Call): Asked | null {
  const value = params.json("reply_parameters", "reply parameters");
  if (value === undefined) {
    const messageId = params.integer("reply_to_message_id", 0);
    const lenient = params.boolean("allow_sending_without_reply");
    return messageId === 0 ? null : { messageId, elsewhere: "", lenient, quote: "" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw badRequest("object expected as reply parameters");
  }
  const fields = params.inside(value);
  if (fields.names().length === 0) return null;
  if (!fields.has("message_id")) throw badRequest('can\'t find field "message_id"');
  const quote = fields.text("quote");
  if (quote.length > 1024) throw badRequest("QUOTE_TEXT_INVALID");
  return {
    messageId: fields.integer("message_id", 0),
    elsewhere: fields.text("chat_id"),
    lenient: fields.boolean("allow_sending_without_reply"),
    quote,
  };
}

function replyChat(call: Call, named: string, lenient: boolean): number | null {
  try {
    return chatOf({ ...call, params: call.params.inside({ chat_id: named }) }, "read");
  } catch (error) {
    if (lenient) return null;
    throw error;
  }
}
