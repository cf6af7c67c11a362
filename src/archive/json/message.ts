/** One message as Telegram Desktop exports it: the same fields in the same order. */
import type { MessageExtra, ReactionTally } from "../../core/message-extra.ts";
import { cleanText } from "../clean.ts";
import type { LocalClock } from "../local-time.ts";
import { type TextPart, textParts } from "../text-parts.ts";
import type { ArchivedMessage } from "../types.ts";
import { actionFields } from "./action.ts";
import { peerId } from "./ids.ts";
import { mediaFields } from "./media.ts";

type Fields = { [key: string]: unknown };

export function messageFields(archived: ArchivedMessage, clock: LocalClock): Fields {
  const { message } = archived;
  const extra = message.extra ?? {};
  if (message.media.otherKind === "unsupported") return { id: message.messageId, type: "unsupported" };
  const parts = textParts(message.text, extra.entities);
  return {
    id: message.messageId,
    type: message.service === null ? "message" : "service",
    ...dateFields("date", message.date, clock),
    ...(message.editedAt && dateFields("edited", message.editedAt, clock)),
    ...(message.service === null ? authorFields(archived, extra) : actionFields(message)),
    ...mediaFields(archived, clock),
    text: shortText(parts),
    text_entities: parts,
    inline_bot_buttons: extra.buttons?.map((row) => row.map(buttonFields)),
    reactions: extra.reactions?.map((reaction) => reactionFields(reaction, clock)),
  };
}

function dateFields(name: string, date: Date, clock: LocalClock): Fields {
  return { [name]: clock.iso(date), [`${name}_unixtime`]: String(Math.floor(date.getTime() / 1000)) };
}

function authorFields({ message }: ArchivedMessage, extra: MessageExtra): Fields {
  const { senderId, senderName, replyToId } = message;
  const { forward, viaBot, replyToChat } = extra;
  return {
    ...(senderId !== null && { from: name(senderName), from_id: peerId(senderId) }),
    author: extra.author && cleanText(extra.author),
    ...(forward &&
      (forward.from || forward.hiddenName) && { forwarded_from: name(forward.from?.name ?? forward.hiddenName) }),
    ...(forward?.savedFrom && { saved_from: name(forward.savedFrom.name) }),
    ...(replyToId !== null && {
      reply_to_message_id: replyToId,
      reply_to_peer_id: replyToChat && peerId(replyToChat.id),
    }),
    via_bot: viaBot?.name ? `@${cleanText(viaBot.name)}` : undefined,
  };
}

/** A text without marks is a text; otherwise the marked stretches are objects among texts. */
function shortText(parts: readonly TextPart[]): string | (string | TextPart)[] {
  if (parts.every(({ type }) => type === "plain")) return parts.map(({ text }) => text).join("");
  return parts.map((part) => (part.type === "plain" ? part.text : part));
}

function buttonFields({ kind, text, data }: { kind: string; text: string; data?: string }): Fields {
  if (kind.startsWith("callback")) return { type: kind, text: cleanText(text), dataBase64: data, data: "" };
  return { type: kind, text: cleanText(text), data: data && cleanText(data) };
}

function reactionFields({ emoji, customEmojiId, count, recent }: ReactionTally, clock: LocalClock): Fields {
  return {
    type: emoji ? "emoji" : customEmojiId ? "custom_emoji" : "paid",
    count,
    emoji: emoji && cleanText(emoji),
    document_id: customEmojiId,
    recent: recent?.map(({ from, date }) => ({
      from: name(from.name),
      from_id: peerId(from.id),
      date: clock.iso(new Date(date * 1000)),
    })),
  };
}

const name = (text: string | null | undefined): string | null => (text ? cleanText(text) : null);
