import type { Draft, WorldMessage } from "../world/types.ts";
import { isUserId } from "../world/types.ts";
import type { Call } from "./bot.ts";
import { chatOf } from "./chat-access.ts";
import { messageJson } from "./json/message.ts";
import type { Json } from "./json/people.ts";
import { readMarkup } from "./markup.ts";
import { badRequest } from "./refusal.ts";
import { readReply } from "./reply.ts";
import { formatText } from "./text/format.ts";

export const TEXT_LIMIT = 4096;
export const CAPTION_LIMIT = 1024;

/** Sends what the method has made of its own parameters, with everything that all sending methods share. */
export function sendDraft(call: Call, make: () => Partial<Draft>): Json {
  const chatId = chatOf(call, "write");
  const draft = { ...make(), ...commonDraft(call, chatId) };
  call.rate.spend(chatId, 1, call.world.clock.nowMs());
  return messageJson(call.world, call.bot, call.bot.view.send(chatId, draft));
}

/** What every sending method reads: reply, markup, silence, protection, topic. */
export function commonDraft(call: Call, chatId: number): Draft {
  const { params } = call;
  const replyMarkup = readMarkup(params.json("reply_markup", "reply keyboard markup"), isUserId(chatId));
  const replyTo = readReply(call, chatId);
  const topicId = params.integer("message_thread_id", 0);
  return {
    ...(replyMarkup && { replyMarkup }),
    ...(replyTo && { replyTo }),
    ...(params.boolean("disable_notification") && { silent: true }),
    ...(params.boolean("protect_content") && { noforwards: true }),
    ...(topicId > 0 && { topicId }),
  };
}

export type Formatted = Pick<WorldMessage, "text" | "entities">;

export function readText({ params }: Call): Formatted {
  const text = params.text("text");
  if (text === "") throw badRequest("message text is empty");
  const formatted = formatText({ text, parseMode: params.text("parse_mode"), entities: params.json("entities") });
  if (formatted.text === "") throw badRequest("text must be non-empty");
  return formatted;
}

export function readCaption(params: Call["params"]): Formatted {
  const text = params.text("caption");
  const entities = params.json("caption_entities");
  const formatted = formatText({ text, parseMode: params.text("parse_mode"), entities });
  if (formatted.text.length > CAPTION_LIMIT) throw badRequest("message caption is too long");
  return formatted;
}

/** Whether the sender wants no link preview, by the new name or the old one. */
export function readNoPreview({ params }: Call): boolean {
  const value = params.json("link_preview_options", "link preview options");
  if (value === undefined) return params.boolean("disable_web_page_preview");
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw badRequest("object expected as link preview options");
  }
  return params.inside(value).boolean("is_disabled");
}
