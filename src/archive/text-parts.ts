/** A text cut at its marks, in the words of Telegram Desktop's exports. The parts put together are the text. */
import type { TextEntity, TextEntityType } from "../core/message-extra.ts";
import { cleanText } from "./clean.ts";

export interface TextPart {
  type: string;
  text: string;
  user_id?: number;
  document_id?: string;
  language?: string;
  href?: string;
  collapsed?: boolean;
}

const NAMES: Record<TextEntityType, string> = {
  mention: "mention",
  hashtag: "hashtag",
  cashtag: "cashtag",
  bot_command: "bot_command",
  url: "link",
  email: "email",
  phone_number: "phone",
  bank_card: "bank_card",
  bold: "bold",
  italic: "italic",
  underline: "underline",
  strikethrough: "strikethrough",
  spoiler: "spoiler",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
  code: "code",
  pre: "pre",
  text_link: "text_link",
  text_mention: "mention_name",
  custom_emoji: "custom_emoji",
  unknown: "unknown",
};

/** Of marks that lie over each other the first one counts: the format has no place for more. */
export function textParts(text: string, entities: readonly TextEntity[] = []): TextPart[] {
  const clean = cleanText(text);
  const parts: TextPart[] = [];
  let at = 0;
  const plainTo = (end: number) => {
    if (end > at) parts.push({ type: "plain", text: clean.slice(at, end) });
  };
  const sorted = entities.some(({ offset }, index) => offset < (entities[index - 1]?.offset ?? 0))
    ? [...entities].sort((a, b) => a.offset - b.offset)
    : entities;
  for (const entity of sorted) {
    const { offset, length } = entity;
    if (offset < at || length <= 0 || offset + length > clean.length) continue;
    if (splitsPair(clean, offset) || splitsPair(clean, offset + length)) continue;
    plainTo(offset);
    at = offset + length;
    parts.push({ type: NAMES[entity.type] ?? "unknown", text: clean.slice(offset, at), ...more(entity) });
  }
  plainTo(clean.length);
  return parts;
}

/** Whether a cut here would leave half a character. */
const splitsPair = (text: string, at: number): boolean =>
  /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1));

function more(entity: TextEntity): Partial<TextPart> {
  switch (entity.type) {
    case "text_mention":
      return { user_id: entity.userId ?? 0 };
    case "custom_emoji":
      return { document_id: entity.customEmojiId ?? "" };
    case "pre":
      return { language: cleanText(entity.language ?? "") };
    case "text_link":
      return { href: cleanText(entity.url ?? "") };
    case "blockquote":
      return { collapsed: false };
    case "expandable_blockquote":
      return { collapsed: true };
    default:
      return {};
  }
}
