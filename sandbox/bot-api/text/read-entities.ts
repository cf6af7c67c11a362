import { badRequest } from "../refusal.ts";
import type { BotEntity } from "./entity.ts";

const PLAIN = new Set([
  "bold",
  "italic",
  "underline",
  "strikethrough",
  "spoiler",
  "code",
  "blockquote",
  "expandable_blockquote",
]);

/** Found by the server in the text itself; given by a bot they are ignored. */
const DETECTED = new Set([
  "mention",
  "hashtag",
  "cashtag",
  "bot_command",
  "url",
  "email",
  "phone_number",
  "bank_card_number",
]);

const refuse = (reason: string) => badRequest(`can't parse MessageEntity: ${reason}`);

/** Reads the entities a bot sent beside its text. Anything but an array counts as none, as on the real server. */
export function readEntities(value: unknown): BotEntity[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    const entity = readEntity(item);
    return entity ? [entity] : [];
  });
}

function readEntity(value: unknown): BotEntity | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse("expected an Object");
  const fields = value as Record<string, unknown>;
  const offset = integer(fields, "offset");
  const length = integer(fields, "length");
  const type = text(fields, "type");
  if (!type) throw refuse("Type is not specified");
  if (DETECTED.has(type)) return null;
  if (PLAIN.has(type)) return { type, offset, length };
  switch (type) {
    case "pre": {
      const language = text(fields, "language");
      return language ? { type, offset, length, language } : { type, offset, length };
    }
    case "text_link":
      return { type, offset, length, url: required(fields, "url") };
    case "text_mention": {
      const user = fields.user;
      if (typeof user !== "object" || user === null) throw refuse('Can\'t find field "user"');
      return { type, offset, length, user: { id: integer(user as Record<string, unknown>, "id") } };
    }
    case "custom_emoji":
      return { type, offset, length, custom_emoji_id: required(fields, "custom_emoji_id") };
    case "date_time": {
      const format = text(fields, "date_time_format") ?? "";
      return { type, offset, length, unix_time: integer(fields, "unix_time"), date_time_format: dateFormat(format) };
    }
    default:
      throw refuse("Unsupported type specified");
  }
}

/** Checks a date-time format: `r` alone, or any of `w d D t T`. */
export function dateFormat(format: string): string {
  if (!/^(?:r|R|[wWdDtT]*)$/.test(format)) throw refuse("Invalid date-time format specified");
  return format;
}

function integer(fields: Record<string, unknown>, name: string): number {
  const value = fields[name];
  if (value === undefined || value === null) throw refuse(`Can't find field "${name}"`);
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) throw refuse(`Field "${name}" must be a valid Number`);
  return number;
}

function text(fields: Record<string, unknown>, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") throw refuse(`Field "${name}" must be of type String`);
  return value;
}

function required(fields: Record<string, unknown>, name: string): string {
  const value = text(fields, name);
  if (value === undefined) throw refuse(`Can't find field "${name}"`);
  return value;
}
