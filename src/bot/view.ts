/** What the bot shows: a text with entities and rows of buttons. Views make these; nothing here talks to Telegram. */
import { FormattedString } from "@grammyjs/parse-mode";
import type { InlineKeyboardButton } from "grammy/types";

export interface View {
  text: FormattedString;
  buttons?: InlineKeyboardButton[][];
  /** A prompt that waits for typed words opens the keyboard with this placeholder (1-64 characters). */
  placeholder?: string;
}

export type ButtonStyle = "danger" | "success" | "primary";

/** Every callback of this program starts with it, so that a button of another version is told apart. */
const PREFIX = "v1";

export function button(label: string, data: readonly (string | number)[], style?: ButtonStyle): InlineKeyboardButton {
  const made = { text: label, callback_data: [PREFIX, ...data].join(":") };
  return style ? { ...made, style } : made;
}

/** Null where the text is longer than Telegram lets a button copy. */
export function copyButton(label: string, text: string): InlineKeyboardButton | null {
  return text.length >= 1 && text.length <= 256 ? { text: label, copy_text: { text } } : null;
}

/** The verb and arguments of a press, or null where it is none of ours. */
export function parsePress(data: string): { verb: string; args: string[] } | null {
  const [prefix, verb, ...args] = data.split(":");
  return prefix === PREFIX && verb ? { verb, args } : null;
}

/** Rows of buttons without the absent ones. */
export function rows(...all: (InlineKeyboardButton | null | undefined | false | "")[][]): InlineKeyboardButton[][] {
  return all
    .map((row) => row.filter((one): one is InlineKeyboardButton => Boolean(one)))
    .filter((row) => row.length > 0);
}

/** Cuts a list of buttons into rows of `width`. */
export function inRows(buttons: readonly InlineKeyboardButton[], width: number): InlineKeyboardButton[][] {
  const result: InlineKeyboardButton[][] = [];
  for (let start = 0; start < buttons.length; start += width) result.push(buttons.slice(start, start + width));
  return result;
}

/** Joins what is there by line breaks. */
export function lines(...all: (FormattedString | string | null | undefined | false)[]): FormattedString {
  const present = all.filter((line): line is FormattedString | string => Boolean(line));
  return FormattedString.join(present, "\n");
}

/** The same text and buttons as before: an edit would be refused as "not modified". */
export function sameView(a: View, b: View): boolean {
  return fingerprint(a) === fingerprint(b);
}

export function fingerprint(view: View): string {
  return JSON.stringify([view.text.text, view.text.entities, view.buttons ?? []]);
}
