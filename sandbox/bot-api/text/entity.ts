/** An entity as the Bot API writes it: offsets count UTF-16 units. */
export type BotEntity = {
  type: string;
  offset: number;
  length: number;
  url?: string;
  user?: { id: number };
  language?: string;
  custom_emoji_id?: string;
  unix_time?: number;
  date_time_format?: string;
};

export type FormattedText = { text: string; entities: BotEntity[] };

/** Formatting that may overlap anything but code; the server joins and splits it freely. */
export const SPLITTABLE = new Set(["bold", "italic", "underline", "strikethrough", "spoiler"]);

/** Formatting that nothing else may overlap. */
export const MONOSPACE = new Set(["code", "pre"]);

export const isBlockquote = (type: string): boolean => type === "blockquote" || type === "expandable_blockquote";

export const endOf = (entity: BotEntity): number => entity.offset + entity.length;

const RANK = ["expandable_blockquote", "blockquote", "pre", "code", "text_link", "text_mention"];

const rank = (type: string): number => (RANK.includes(type) ? RANK.indexOf(type) : RANK.length);

/** The order in which Telegram lists entities: by start, the longer first. */
export function sortEntities(entities: BotEntity[]): BotEntity[] {
  return entities.sort(
    (a, b) => a.offset - b.offset || b.length - a.length || rank(a.type) - rank(b.type) || (a.type < b.type ? -1 : 1),
  );
}
