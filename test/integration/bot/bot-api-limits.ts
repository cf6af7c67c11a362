/** What a call shows on the phone, and what Telegram would not take of it. */
import type { InlineKeyboardButton, MessageEntity } from "grammy/types";

export interface Shown {
  id: number;
  text: string;
  entities: MessageEntity[];
  keyboard: InlineKeyboardButton[][];
  replyKeyboard: { text: string }[][] | "removed" | null;
  replyTo: number | null;
  silent: boolean;
  /** Every text it has shown, the present one last. */
  versions: string[];
  deleted: boolean;
}
export interface Call {
  method: string;
  params: Record<string, unknown>;
  at: number;
}

export function contentOf(params: Record<string, unknown>) {
  const markup = params.reply_markup as { inline_keyboard?: InlineKeyboardButton[][] } | undefined;
  return {
    text: String(params.text),
    entities: (params.entities ?? []) as MessageEntity[],
    keyboard: markup?.inline_keyboard ?? [],
  };
}

export function replyKeyboardOf(params: Record<string, unknown>): Shown["replyKeyboard"] {
  const markup = params.reply_markup as { keyboard?: { text: string }[][]; remove_keyboard?: boolean } | undefined;
  return markup?.remove_keyboard ? "removed" : (markup?.keyboard ?? null);
}

/** What Telegram, or our own rules for phones, would not take. */
export function breaches({ method, params }: Call): string[] {
  const found: string[] = [];
  const text = params.text as string | undefined;
  if (method === "sendMessage" || method === "editMessageText") {
    if (!text?.trim() || text.length > 4096) found.push(`${method}: a text of ${text?.length} characters`);
    if (params.parse_mode) found.push(`${method}: parse_mode is used`);
    if (/undefined|\[object|NaN/.test(text ?? "")) found.push(`${method}: a hole in “${text}”`);
    for (const { offset, length } of (params.entities ?? []) as MessageEntity[]) {
      if (offset < 0 || length <= 0 || offset + length > (text?.length ?? 0))
        found.push(`${method}: an entity outside “${text}”`);
    }
    const { keyboard } = contentOf(params);
    if (keyboard.length > 9) found.push(`${method}: ${keyboard.length} rows of buttons under “${text}”`);
    for (const row of keyboard) {
      if (row.length === 0 || row.length > 8) found.push(`${method}: a row of ${row.length} buttons`);
      for (const button of row) {
        const label = button.text.replace(/[\u2068\u2069]/g, "");
        if (!label || [...label].length > 24) found.push(`a button of ${[...label].length} characters: ${label}`);
        const data = "callback_data" in button ? button.callback_data : "";
        if (Buffer.byteLength(data) > 64) found.push(`callback data of ${Buffer.byteLength(data)} bytes: ${data}`);
      }
    }
  }
  if (method === "answerCallbackQuery" && (text?.length ?? 0) > 200)
    found.push(`a toast of ${text?.length} characters`);
  return found;
}
