/** What one word of a command says: by its key, or without one by its shape. */
import { chatByShape, chatOf } from "./chat-reference.ts";
import { type DateRange, parseDates } from "./dates.ts";
import { didYouMean } from "./did-you-mean.ts";
import { UsageError } from "./errors.ts";
import { KNOWN_EXTENSIONS } from "./file-type.ts";
import type { FilterBuilder } from "./filter-builder.ts";
import { typesOfWord } from "./filter-types.ts";
import { KEY_WORDS, keyOf } from "./keys.ts";
import { ARCHIVE_FORMATS, type QueryContext } from "./query-types.ts";
import { parseSizes } from "./sizes.ts";
import { cutText } from "./text.ts";
import type { Value, Word } from "./words.ts";

/** Adds what a word says to the filter that is being built. */
export function readWord(word: Word, builder: FilterBuilder, context: QueryContext): void {
  if (word.key === null) readBare(word, builder, context);
  else readKeyed(word, word.key, builder, context);
}

/** A bare word with the shape of nothing else: part of a chat's title, when it stands in front. */
export function isTitleWord({ key, negated, values: [value] }: Word, context: QueryContext): boolean {
  if (key !== null || negated || !value || value.quoted) return false;
  if (chatByShape(value) || isExtension(value.text) || typesOfList(value.text)) return false;
  if (context.archive && isArchiveWord(value.text)) return false;
  return !parseDates(value.text, context, false) && !parseSizes(value.text, false);
}

function readBare(word: Word, builder: FilterBuilder, context: QueryContext): void {
  const value = word.values[0] ?? { text: "", quoted: true };
  const { text } = value;
  if (value.quoted) builder.addTexts([text], word.negated);
  else if (context.archive && isArchiveWord(text) && !word.negated) readArchiveWord(text, builder);
  else if (typesOfList(text)) builder.addTypes(typesOfList(text) ?? [], word.negated);
  else if (isExtension(text)) builder.addExtensions([text], word.negated);
  else if (!readRange(word, text, builder, context)) readOther(word, value, builder, context);
}

function readArchiveWord(text: string, builder: FilterBuilder): void {
  if (text.toLowerCase() === "media") builder.setMedia("yes");
  else builder.setFormat(text);
}

/** A date or a size; false where the word is neither. */
function readRange(word: Word, text: string, builder: FilterBuilder, context: QueryContext): boolean {
  const dates = parseDates(text, context, false);
  const sizes = dates ? null : parseSizes(text, false);
  if (dates) builder.addDates(notNegated(word, dates, "before:2024 or after:2024"));
  if (sizes) builder.addSizes(notNegated(word, sizes, "<10MB or >10MB"));
  return dates !== null || sizes !== null;
}

function readOther(word: Word, value: Value, builder: FilterBuilder, context: QueryContext): void {
  const { text } = value;
  if (/^-\d/.test(text) && context.leading !== "text") throw negativeNumber(text);
  const chat = text.startsWith("@") || /[./:]/.test(text) ? chatByShape(value) : null;
  if (chat && !word.negated) builder.setChat(chat);
  else builder.addTexts([value.typed], word.negated);
}

function negativeNumber(text: string): UsageError {
  return new UsageError(
    `“${text}” is a chat's id only at the beginning: write chat:${text} for a chat, or "${text}" in quotes to look for the text.`,
  );
}

function notNegated<T>(word: Word, value: T, instead: string): T {
  if (!word.negated) return value;
  throw new UsageError(`“${cutText(word.raw, 40)}” cannot be turned round with a minus: write ${instead}.`);
}

function typesOfList(text: string): string[] | null {
  const words = text.split(/[,+&/|]/).filter((part) => part !== "");
  return words.length > 0 && words.every((word) => typesOfWord(word)) ? words : null;
}

const isExtension = (text: string): boolean =>
  /^\*?\.[\p{L}\p{N}_-]{1,16}(?:\.[\p{L}\p{N}]{1,8})?$/u.test(text) ||
  KNOWN_EXTENSIONS.has(text.toLowerCase()) ||
  (text.includes(",") && text.split(",").every((part) => KNOWN_EXTENSIONS.has(part.toLowerCase().replace(/^\./, ""))));

const isArchiveWord = (text: string): boolean =>
  text.toLowerCase() === "media" || ARCHIVE_FORMATS.some((format) => format === text.toLowerCase());

function readKeyed(word: Word, name: string, builder: FilterBuilder, context: QueryContext): void {
  const key = keyOf(name);
  if (key === null) throw unknownKey(word, name);
  const texts = word.values.map(({ text }) => text);
  const typed = word.values.map((value) => value.typed);
  const one = (): Value => {
    const [value, ...more] = word.values;
    if (!value || more.length > 0)
      throw new UsageError(`“${cutText(word.raw, 40)}” takes one value: write only one after ${name}:.`);
    return value;
  };
  const dates = (): DateRange => parseDates(one().text, context, true) ?? { from: null, to: null };
  if (word.negated && !NEGATABLE.has(key)) {
    throw new UsageError(
      `“-${name}:” cannot be turned round with a minus: write ${name}: without it, and only what you want.`,
    );
  }
  switch (key) {
    case "chat":
      builder.setChat(chatOf(one()));
      break;
    case "type":
    case "has":
    case "is":
      builder.addKinds(key, texts, word.negated);
      break;
    case "ext":
      builder.addExtensions(texts, word.negated);
      break;
    case "from":
      builder.addSenders(word.values.map(senderOf), word.negated);
      break;
    case "after":
      builder.addDates({ from: dates().from, to: null });
      break;
    case "before":
      builder.addDates({ from: null, to: dates().from ?? dates().to });
      break;
    case "date":
      builder.addDates(dates());
      break;
    case "size":
      builder.addSizes(parseSizes(one().text, true) ?? {});
      break;
    case "min":
    case "max":
      builder.addBound(key, one().text);
      break;
    case "name":
      builder.addNames(typed, word.negated);
      break;
    case "text":
      builder.addTexts(typed, word.negated);
      break;
    case "ids":
      builder.addIds(texts);
      break;
    case "topic":
      builder.setTopic(one().text);
      break;
    case "comments":
      builder.setComments(one().text);
      break;
    case "limit":
      builder.setLimit(one().text);
      break;
    case "sort":
      builder.setSort(one().text);
      break;
    case "format":
    case "media":
      if (!context.archive) throw new UsageError(`“${name}:” belongs to /archive: leave it out here.`);
      if (key === "format") builder.setFormat(one().text);
      else builder.setMedia(one().text);
  }
}

/** Names as typed, while @names and ids may come in the wide characters of some keyboards. */
const senderOf = ({ text, typed }: Value): string => (/^[@\d-]/.test(text) ? text : typed);

const NEGATABLE: ReadonlySet<string> = new Set(["type", "has", "is", "ext", "from", "name", "text"]);

function unknownKey(word: Word, name: string): UsageError {
  const shown = cutText(name, 24);
  const guess = didYouMean(name, KEY_WORDS);
  const value = cutText(word.values.map(({ text }) => text).join(","), 40);
  if (guess) return new UsageError(`I don't know “${shown}:” – did you mean ${guess}:${value}?`);
  const type = typesOfWord(name) ? ` or write the word ${name} alone` : "";
  return new UsageError(
    `I don't know “${shown}:” – use type:, ext:, from:, after:, before:, size:, name: or text:${type}, or put it in quotes to look for the text.`,
  );
}
