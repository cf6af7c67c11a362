/** The marked stretches of a text, as Telegram takes them. What it finds by itself (links, @names, tags) is left to it. */
import bigInt from "big-integer";
import { Api } from "telegram/tl/index.js";
import type { TextEntity } from "../../core/message-extra.ts";
import type { PeerBook } from "./peers.ts";

export function inputEntities(
  entities: readonly TextEntity[] | undefined,
  peers: PeerBook,
): Api.TypeMessageEntity[] | undefined {
  const made = (entities ?? []).flatMap((entity) => inputEntity(entity, peers) ?? []);
  return made.length > 0 ? made : undefined;
}

function inputEntity(entity: TextEntity, peers: PeerBook): Api.TypeMessageEntity | null {
  const { offset, length, url, userId, customEmojiId } = entity;
  const place = { offset, length };
  switch (entity.type) {
    case "bold":
      return new Api.MessageEntityBold(place);
    case "italic":
      return new Api.MessageEntityItalic(place);
    case "underline":
      return new Api.MessageEntityUnderline(place);
    case "strikethrough":
      return new Api.MessageEntityStrike(place);
    case "spoiler":
      return new Api.MessageEntitySpoiler(place);
    case "blockquote":
      return new Api.MessageEntityBlockquote(place);
    case "expandable_blockquote":
      return new Api.MessageEntityBlockquote({ ...place, collapsed: true });
    case "code":
      return new Api.MessageEntityCode(place);
    case "pre":
      return new Api.MessageEntityPre({ ...place, language: entity.language ?? "" });
    case "text_link":
      return url ? new Api.MessageEntityTextUrl({ ...place, url }) : null;
    case "text_mention": {
      const peer = userId === undefined || !peers.hasHash(userId) ? null : peers.inputUser(userId);
      return peer && new Api.InputMessageEntityMentionName({ ...place, userId: peer });
    }
    case "custom_emoji":
      return customEmojiId ? new Api.MessageEntityCustomEmoji({ ...place, documentId: bigInt(customEmojiId) }) : null;
    default:
      return null;
  }
}
