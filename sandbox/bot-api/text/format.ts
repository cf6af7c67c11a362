import type { Entity } from "../../world/types.ts";
import { badRequest } from "../refusal.ts";
import { cleanText } from "./clean.ts";
import { withDetected } from "./detect.ts";
import type { BotEntity, FormattedText } from "./entity.ts";
import { parseHtml } from "./html.ts";
import { parseMarkdownV1 } from "./markdown-v1.ts";
import { parseMarkdownV2 } from "./markdown-v2.ts";
import { readEntities } from "./read-entities.ts";

const PARSERS: Record<string, (source: string) => FormattedText> = {
  html: parseHtml,
  markdown: parseMarkdownV1,
  markdownv2: parseMarkdownV2,
};

/** What a bot sent: its words with a parse mode, or with entities. */
export type FormatInput = { text: string; parseMode?: string | undefined; entities?: unknown };

/** The text and entities a message gets: parsed, cleaned, trimmed, with links and commands found. */
export function formatText(input: FormatInput): { text: string; entities: Entity[] } {
  if (Buffer.byteLength(input.text) > 1 << 15) throw badRequest("text is too long");
  const mode = (input.parseMode ?? "").toLowerCase();
  let parsed: FormattedText;
  if (input.text && mode && mode !== "none") {
    const parser = PARSERS[mode];
    if (!parser) throw badRequest("unsupported parse_mode");
    parsed = parser(input.text);
  } else {
    parsed = { text: input.text, entities: readEntities(input.entities) };
  }
  const clean = cleanText(parsed.text, parsed.entities);
  return { text: clean.text, entities: withDetected(clean.text, clean.entities).slice(0, 100).map(toWorld) };
}

/** The world keeps the Bot API's names of types, but camel-case fields. */
function toWorld(entity: BotEntity): Entity {
  const { type, offset, length, url, language, user, custom_emoji_id, unix_time, date_time_format } = entity;
  return {
    type: type as Entity["type"],
    offset,
    length,
    ...(url !== undefined && { url }),
    ...(language !== undefined && { language }),
    ...(user !== undefined && { userId: user.id }),
    ...(custom_emoji_id !== undefined && { customEmojiId: custom_emoji_id }),
    ...(unix_time !== undefined && { unixTime: unix_time }),
    ...(date_time_format !== undefined && { dateTimeFormat: date_time_format }),
  };
}
