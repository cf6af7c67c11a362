/** The marked stretches of a text, by the Bot API's names. */
import { Api } from "telegram/tl/index.js";
import type { TextEntity, TextEntityType } from "../../core/message-extra.ts";

const TYPES: Record<string, TextEntityType> = {
  MessageEntityMention: "mention",
  MessageEntityHashtag: "hashtag",
  MessageEntityCashtag: "cashtag",
  MessageEntityBotCommand: "bot_command",
  MessageEntityUrl: "url",
  MessageEntityEmail: "email",
  MessageEntityPhone: "phone_number",
  MessageEntityBankCard: "bank_card",
  MessageEntityBold: "bold",
  MessageEntityItalic: "italic",
  MessageEntityUnderline: "underline",
  MessageEntityStrike: "strikethrough",
  MessageEntitySpoiler: "spoiler",
  MessageEntityBlockquote: "blockquote",
  MessageEntityCode: "code",
  MessageEntityPre: "pre",
  MessageEntityTextUrl: "text_link",
  MessageEntityMentionName: "text_mention",
  InputMessageEntityMentionName: "text_mention",
  MessageEntityCustomEmoji: "custom_emoji",
};

export function convertEntities(entities: readonly Api.TypeMessageEntity[] | undefined): TextEntity[] | undefined {
  return entities?.length ? entities.map(convertEntity) : undefined;
}

function convertEntity(entity: Api.TypeMessageEntity): TextEntity {
  const plain: TextEntity = {
    type: TYPES[entity.className] ?? "unknown",
    offset: entity.offset,
    length: entity.length,
  };
  if (entity instanceof Api.MessageEntityTextUrl) plain.url = entity.url;
  if (entity instanceof Api.MessageEntityMentionName) plain.userId = entity.userId.toJSNumber();
  if (entity instanceof Api.MessageEntityPre && entity.language) plain.language = entity.language;
  if (entity instanceof Api.MessageEntityCustomEmoji) plain.customEmojiId = entity.documentId.toString();
  if (entity instanceof Api.MessageEntityBlockquote && entity.collapsed) plain.type = "expandable_blockquote";
  return plain;
}
