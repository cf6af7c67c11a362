/** The words after a command: which chat, which messages, and how. The grammar is described in /help filters. */
import { type ChatReference, chatById, chatByShape, title } from "./chat-reference.ts";
import { parseDates } from "./dates.ts";
import { UsageError } from "./errors.ts";
import { FilterBuilder } from "./filter-builder.ts";
import type { Query, QueryContext } from "./query-types.ts";
import { isTitleWord, readWord } from "./read-word.ts";
import { splitWords, type Word } from "./words.ts";

export * from "./query-types.ts";

/**
 * Reads the words after a command. Throws UsageError with one sentence that says what was wrong and what to write, and
 * never guesses: an unknown key runs nothing.
 */
export function parseQuery(text: string, context: QueryContext): Query {
  return asUsage(() => {
    const words = splitWords(text);
    const { chat, rest } = context.leading === "text" ? { chat: null, rest: words } : leadingChat(words, context);
    const builder = new FilterBuilder(context);
    builder.chat = chat;
    for (const word of rest) readWord(word, builder, context);
    return builder.build();
  });
}

/** First and last name have 64 characters each; titles of groups and channels 128. */
const LONGEST_TITLE = 129;

/** The chat that the first words name, and the words after it. */
function leadingChat(words: Word[], context: QueryContext): { chat: ChatReference | null; rest: Word[] } {
  const first = words[0];
  const value = first?.values[0];
  if (!first || !value || first.key !== null || first.negated) return { chat: null, rest: words };
  if (value.quoted) return { chat: title(value.text, null), rest: words.slice(1) };
  const shaped = chatByShape(value) ?? (parseDates(value.text, context, false) ? null : chatById(value));
  if (shaped) return { chat: shaped, rest: words.slice(1) };
  const titleWords: string[] = [];
  for (const word of words) {
    const text = word.values[0]?.typed ?? "";
    const isTooLong = titleWords.length > 0 && [...titleWords, text].join(" ").length > LONGEST_TITLE;
    if (isTooLong || !isTitleWord(word, context)) break;
    titleWords.push(text);
  }
  if (titleWords.length === 0) return { chat: null, rest: words };
  return { chat: title(titleWords.join(" "), titleWords), rest: words.slice(titleWords.length) };
}

/** The query without the last `count` words of its unquoted title, which become texts to look for. */
export function shortenTitle(query: Query, count: number): Query | null {
  const words = query.chat?.kind === "title" ? query.chat.words : null;
  if (!words || count <= 0 || count >= words.length) return null;
  const kept = words.slice(0, -count);
  const text = [...words.slice(-count), ...(query.filter.text ?? [])];
  return { ...query, chat: { kind: "title", title: kept.join(" "), words: kept }, filter: { ...query.filter, text } };
}

/** What a value has wrong is the command's fault as a whole, so that the usage line is shown with it. */
function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "UserError") throw error;
    throw new UsageError(error.message, { cause: error });
  }
}
