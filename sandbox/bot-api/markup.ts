import type { ReplyMarkup } from "../world/types.ts";
import { inlineButton, keyboardButton } from "./markup-buttons.ts";
import { badRequest } from "./refusal.ts";

type Fields = Record<string, unknown>;
const MAX_BUTTONS = 100;
const MAX_BYTES = 10_240;

/** Reads any reply markup of a message to be sent; undefined where none is meant. */
export function readMarkup(value: unknown, inPrivateChat: boolean): ReplyMarkup | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw badRequest("object expected as reply markup");
  }
  const fields = value as Fields;
  const markup = anyMarkup(fields, inPrivateChat);
  if (markup && Buffer.byteLength(JSON.stringify(markup)) > MAX_BYTES) throw badRequest("reply markup is too long");
  return markup;
}

/** Reads the markup of an edit, which can be an inline keyboard only. */
export function readInlineMarkup(value: unknown): ReplyMarkup | undefined {
  const markup = readMarkup(value, false);
  if (markup && !markup.inline_keyboard) throw badRequest("inline keyboard expected");
  return markup;
}

function anyMarkup(fields: Fields, inPrivateChat: boolean): ReplyMarkup | undefined {
  const keyboard = rows(fields.keyboard, 'Field "keyboard" must be an Array of Arrays', (button) =>
    keyboardButton(button, inPrivateChat),
  );
  if (keyboard.length > 0) return { keyboard, ...options(fields) };
  const inline = rows(
    fields.inline_keyboard,
    'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    inlineButton,
  );
  if (inline.length > 0) {
    return { inline_keyboard: inline, ...(isTrue(fields.force_reply) && { force_reply: true }) };
  }
  const selective = isTrue(fields.selective) ? { selective: true } : {};
  if (isTrue(fields.remove_keyboard)) return { remove_keyboard: true, ...selective };
  if (isTrue(fields.force_reply)) return { force_reply: true, ...selective, ...placeholder(fields) };
  return undefined;
}

/** Rows without empty ones and without buttons that have no text, as the server drops both. */
function rows(value: unknown, wrongShape: string, read: (button: unknown) => Fields): Fields[][] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw badRequest(wrongShape);
  const result = value.map((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest(wrongShape);
    return row.map(read).filter((button) => button.text !== "" || button.icon_custom_emoji_id !== undefined);
  });
  const filled = result.filter((row) => row.length > 0);
  if (filled.flat().length > MAX_BUTTONS) throw badRequest("reply markup is too long");
  return filled;
}

function options(fields: Fields): Fields {
  const flags = ["resize_keyboard", "one_time_keyboard", "is_persistent", "selective", "force_reply"];
  const set = flags.filter((flag) => isTrue(fields[flag])).map((flag) => [flag, true]);
  return { ...Object.fromEntries(set), ...placeholder(fields) };
}

function placeholder(fields: Fields): Fields {
  const text = fields.input_field_placeholder;
  if (typeof text !== "string" || text === "") return {};
  if (text.length > 64) throw badRequest("KEYBOARD_PLACEHOLDER_INVALID");
  return { input_field_placeholder: text };
}

const isTrue = (value: unknown): boolean => value === true || value === 1 || value === "true";
