import { intOf, longOf, objectOf, type TlObject, textOf } from "../../tl/value.ts";
import type { Entity } from "../../world/types.ts";

const NAMES: Record<Entity["type"], string> = {
  mention: "messageEntityMention",
  hashtag: "messageEntityHashtag",
  cashtag: "messageEntityCashtag",
  bot_command: "messageEntityBotCommand",
  url: "messageEntityUrl",
  email: "messageEntityEmail",
  phone_number: "messageEntityPhone",
  bold: "messageEntityBold",
  italic: "messageEntityItalic",
  underline: "messageEntityUnderline",
  strikethrough: "messageEntityStrike",
  spoiler: "messageEntitySpoiler",
  blockquote: "messageEntityBlockquote",
  expandable_blockquote: "messageEntityBlockquote",
  code: "messageEntityCode",
  pre: "messageEntityPre",
  text_link: "messageEntityTextUrl",
  text_mention: "messageEntityMentionName",
  custom_emoji: "messageEntityCustomEmoji",
  // A date is newer than the older layers; there it is shown as plain text would be.
  date_time: "messageEntityUnknown",
};

const TYPES = new Map(
  Object.entries(NAMES)
    .filter(([type]) => type !== "expandable_blockquote" && type !== "date_time")
    .map(([type, name]) => [name, type as Entity["type"]]),
);

export function shapeEntity(entity: Entity): TlObject {
  return {
    _: NAMES[entity.type],
    offset: entity.offset,
    length: entity.length,
    url: entity.url,
    user_id: entity.userId,
    language: entity.language,
    collapsed: entity.type === "expandable_blockquote",
    document_id: entity.customEmojiId === undefined ? undefined : BigInt(entity.customEmojiId),
  };
}

/** What a client sent; kinds nobody here draws are left out. */
export function readEntities(objects: readonly TlObject[]): Entity[] {
  return objects.flatMap((object) => {
    if (object._ === "inputMessageEntityMentionName") {
      const user = objectOf(object, "user_id");
      return [{ ...place(object), type: "text_mention" as const, userId: user ? Number(longOf(user, "user_id")) : 0 }];
    }
    const type = TYPES.get(object._);
    return type ? [readEntity(object, type)] : [];
  });
}

function place(object: TlObject): { offset: number; length: number } {
  return { offset: intOf(object, "offset"), length: intOf(object, "length") };
}

function readEntity(object: TlObject, type: Entity["type"]): Entity {
  const entity: Entity = { ...place(object), type };
  if (type === "text_link") entity.url = textOf(object, "url");
  if (type === "pre") entity.language = textOf(object, "language");
  if (type === "text_mention") entity.userId = Number(longOf(object, "user_id"));
  if (type === "custom_emoji") entity.customEmojiId = String(longOf(object, "document_id"));
  if (type === "blockquote" && object.collapsed === true) entity.type = "expandable_blockquote";
  return entity;
}
