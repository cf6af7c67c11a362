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
  const fields: Fields = { id: message.messageId, type: message.service === null ? "message" : "service" };
  addDate(fields, "date", message.date, clock);
  if (message.editedAt) addDate(fields, "edited", message.editedAt, clock);
  if (message.service === null) addAuthor(fields, archived, extra);
  else Object.assign(fields, actionFields(message));
  Object.assign(fields, mediaFields(archived, clock));
  fields.text = shortText(parts);
  fields.text_entities = parts;
  fields.inline_bot_buttons = extra.buttons?.map((row) => row.map(buttonFields));
  fields.reactions = extra.reactions?.map((reaction) => reactionFields(reaction, clock));
  return fields;
}

function addDate(fields: Fields, name: string, date: Date, clock: LocalClock): void {
  fields[name] = clock.iso(date);
  fields[`${name}_unixtime`] = String(Math.floor(date.getTime() / 1000));
}

/** Into the one object: objects made and spread for each of a million messages outlive many of them. */
function addAuthor(fields: Fields, { message }: ArchivedMessage, extra: MessageExtra): void {
  const { senderId, senderName, replyToId } = message;
  const { forward, viaBot, replyToChat } = extra;
  if (senderId !== null) {
    fields.from = name(senderName);
    fields.from_id = peerId(senderId);
  }
  fields.author = extra.author && cleanText(extra.author);
  if (forward?.from || forward?.hiddenName) fields.forwarded_from = name(forward.from?.name ?? forward.hiddenName);
  if (forward?.savedFrom) fields.saved_from = name(forward.savedFrom.name);
  if (replyToId !== null) {
    fields.reply_to_message_id = replyToId;
    fields.reply_to_peer_id = replyToChat && peerId(replyToChat.id);
  }
  fields.via_bot = viaBot?.name ? `@${cleanText(viaBot.name)}` : undefined;
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
