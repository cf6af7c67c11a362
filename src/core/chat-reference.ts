/** How a command names a chat, before anyone has looked whether there is one. */
import { UserError } from "./errors.ts";
import type { ChatId } from "./media.ts";
import { quotePhrase } from "./phrases.ts";
import { looksLikeTelegramLink, parseTelegramLink, type TelegramLink } from "./telegram-link.ts";
import type { Value } from "./words.ts";

export type ChatReference =
  /** Without @, as typed. */
  | { kind: "username"; username: string }
  | { kind: "id"; chatId: ChatId }
  /** `words` where it was typed without quotes: the last ones may have been meant as text; see `shortenTitle`. */
  | { kind: "title"; title: string; words: string[] | null }
  /** Saved Messages. */
  | { kind: "self" }
  /** The row of the last /chats, from 1. */
  | { kind: "row"; row: number }
  /** The message replied to or forwarded. */
  | { kind: "here" }
  | { kind: "link"; link: TelegramLink; url: string };

/** Reads a value that can be nothing but a chat by its shape; null for words that may be a title or anything else. */
export function chatByShape({ text, quoted }: Pick<Value, "text" | "quoted">): ChatReference | null {
  if (quoted) return null;
  const lower = text.toLowerCase();
  if (lower === "me" || lower === "saved" || lower === "self") return { kind: "self" };
  if (lower === "here") return { kind: "here" };
  if (/^#\d{1,4}$/.test(text)) return { kind: "row", row: Number(text.slice(1)) };
  if (text.startsWith("@")) return username(text);
  if (looksLikeTelegramLink(text)) return byLink(text);
  return null;
}

/** Reads an id, which is a chat only where a chat is expected: -100…, -123 or the five digits and more of a user. */
export function chatById({ text, quoted }: Pick<Value, "text" | "quoted">): ChatReference | null {
  if (quoted || !/^-\d{1,16}$|^\d{5,15}$/.test(text)) return null;
  return idOf(text);
}

function idOf(text: string): ChatReference | null {
  const chatId = Number(text);
  return Number.isSafeInteger(chatId) && chatId !== 0 ? { kind: "id", chatId } : null;
}

/** Reads what stands after "chat:" or "in:", where everything names a chat. */
export function chatOf(value: Value): ChatReference {
  const id = !value.quoted && /^-?\d{1,16}$/.test(value.text) ? idOf(value.text) : null;
  return chatByShape(value) ?? id ?? title(value.typed, value.quoted ? null : [value.typed]);
}

export function title(text: string, words: string[] | null): ChatReference {
  if (words && text.toLowerCase() === "saved messages") return { kind: "self" };
  if (text.trim() === "")
    throw new UserError('A chat is named by a part of its title, as in "Family": the quotes are empty.');
  return { kind: "title", title: text, words };
}

function username(text: string): ChatReference {
  const name = text.slice(1).replace(/[.,:;!?]+$/, "");
  if (/^[a-z][a-z0-9_]{2,31}$/i.test(name)) return { kind: "username", username: name };
  throw new UserError(
    `“${text.slice(0, 40)}” is no username, which has letters, digits and _ only: write @name, or a part of the title in quotes.`,
  );
}

function byLink(text: string): ChatReference {
  const link = parseTelegramLink(text);
  if (!link) {
    throw new UserError(
      `“${text.slice(0, 60)}” leads to no chat or message: send a link such as t.me/news or t.me/news/123.`,
    );
  }
  if (link.chat.kind === "id" && link.chat.chatId > 0 && !link.messages)
    return { kind: "id", chatId: link.chat.chatId };
  return { kind: "link", link, url: text };
}

/** The reference as a command writes it, so that it is read as the same one. */
export function writeChat(chat: ChatReference): string {
  switch (chat.kind) {
    case "username":
      return `@${chat.username}`;
    case "id":
      return String(chat.chatId);
    case "title":
      return quotePhrase(chat.title);
    case "self":
      return "me";
    case "row":
      return `#${chat.row}`;
    case "here":
      return "here";
    case "link":
      return chat.url;
  }
}

/** The shortest lasting reference to a known chat. */
export function referenceTo(chat: { chatId: ChatId; username: string | null; isSelf: boolean }): ChatReference {
  if (chat.isSelf) return { kind: "self" };
  return chat.username ? { kind: "username", username: chat.username } : { kind: "id", chatId: chat.chatId };
}
