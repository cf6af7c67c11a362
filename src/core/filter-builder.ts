import type { ChatReference } from "./chat-reference.ts";
import type { DateRange } from "./dates.ts";
import { didYouMean } from "./did-you-mean.ts";
import { UserError } from "./errors.ts";
import { plainExtension } from "./file-type.ts";
import { TYPE_WORDS, typesOfWord } from "./filter-types.ts";
import { placeOfLink } from "./linked-place.ts";
import type { MediaFilter } from "./media-filter.ts";
import { idsOf } from "./message-ids.ts";
import { ARCHIVE_FORMATS, type Query, type QueryContext, type QueryOptions } from "./query-types.ts";
import { parseAmount, parseSizes, type SizeRange } from "./sizes.ts";
import { cutText } from "./text.ts";

const ALL_TYPES = "photo, video, audio, voice, round, gif, sticker, document, link, poll, text or all";
const YES = new Set(["yes", "y", "on", "true", "1", "with", "all"]);
const NO = new Set(["no", "n", "off", "false", "0", "without", "none"]);
const NEWEST = new Set(["newest", "new", "newer", "latest", "recent", "desc", "descending"]);
const OLDEST = new Set(["oldest", "old", "older", "earliest", "first", "asc", "ascending"]);

/** Collects what the words of a command say, one after the other, and checks that it fits together. */
export class FilterBuilder {
  chat: ChatReference | null = null;
  readonly options: QueryOptions = {};
  readonly #filter: MediaFilter = {};
  readonly #context: QueryContext;

  constructor(context: QueryContext) {
    this.#context = context;
  }

  setChat(chat: ChatReference): void {
    if (this.chat !== null)
      throw new UserError("One chat at a time: name only one, and start the command again for the next.");
    this.chat = chat;
  }

  /** After has: and is: stand kinds as well, and "is:me" is the sender. */
  addKinds(key: "type" | "has" | "is", texts: readonly string[], negated: boolean): void {
    const own = key === "is" ? texts.filter((text) => /^(me|mine|own)$/i.test(text)) : [];
    if (own.length > 0) this.addSenders(["me"], negated);
    const kinds = texts.filter((text) => !own.includes(text));
    this.addTypes(kinds, negated, key);
  }

  addTypes(texts: readonly string[], negated: boolean, key = "type"): void {
    for (const value of texts) {
      // "type:photo,-gif" turns round that one alone.
      const isNot = negated !== value.startsWith("-");
      const text = value.replace(/^-/, "");
      const types = typesOfWord(text);
      if (types === null) throw unknownWord("type", key, text, TYPE_WORDS, ALL_TYPES);
      if (types !== "all") {
        addTo(this.#filter, isNot ? "notTypes" : "types", types);
      } else if (isNot) {
        throw new UserError(`“-${key}:${text}” leaves nothing: leave it out, or name the types you do not want.`);
      }
    }
  }

  addExtensions(texts: readonly string[], negated: boolean): void {
    for (const part of texts.flatMap((text) => text.split(",")).filter((text) => text !== "")) {
      const isNot = negated !== part.startsWith("-");
      const extension = part.toLowerCase().replace(/^[-*.]+/, "");
      if (!/^[\p{L}\p{N}_-]{1,16}(?:\.[\p{L}\p{N}_-]{1,16})?$/u.test(extension)) {
        throw new UserError(`“${cutText(part, 24)}” is no file extension: write letters only, as in ext:pdf.`);
      }
      addTo(this.#filter, isNot ? "notExtensions" : "extensions", [plainExtension(extension)]);
    }
  }

  addSenders(texts: readonly string[], negated: boolean): void {
    for (const name of texts.map((text) => text.trim())) {
      if (name === "") throw new UserError("From whom? Write from:@anna, from:me or a part of the name.");
      if (name.startsWith("@") && !/^@[a-z][a-z0-9_]{2,31}$/i.test(name)) {
        throw new UserError(`“${cutText(name, 40)}” is no username: write from:@anna, from:me or a part of the name.`);
      }
      const sender = /^(?:me|mine|myself|self)$/i.test(name) ? "me" : name.startsWith("@") ? name.toLowerCase() : name;
      addTo(this.#filter, negated ? "notFrom" : "from", [sender]);
    }
  }

  /** Two ranges of dates leave what is in both. */
  addDates({ from, to }: DateRange): void {
    const { after, before } = this.#filter;
    if (from && (after === undefined || from.toISOString() > after)) this.#filter.after = from.toISOString();
    if (to && (before === undefined || to.toISOString() < before)) this.#filter.before = to.toISOString();
  }

  addSizes({ min, max }: SizeRange): void {
    if (min !== undefined) this.#filter.minSize = Math.max(min, this.#filter.minSize ?? 0);
    if (max !== undefined) this.#filter.maxSize = Math.min(max, this.#filter.maxSize ?? Number.POSITIVE_INFINITY);
  }

  /** min:10MB and max:20MB, which need no sign. */
  addBound(key: "min" | "max", text: string): void {
    const bytes = parseAmount(text);
    if (bytes !== null) this.addSizes({ [key]: bytes });
    else this.addSizes(parseSizes(text, true) ?? {});
  }

  addTexts(texts: readonly string[], negated: boolean): void {
    addTo(this.#filter, negated ? "notText" : "text", withoutEmpty(texts));
  }

  addNames(texts: readonly string[], negated: boolean): void {
    addTo(this.#filter, negated ? "notName" : "name", withoutEmpty(texts));
  }

  addIds(texts: readonly string[]): void {
    const { messageIds, minId, maxId } = idsOf(texts);
    if (messageIds) addTo(this.#filter, "messageIds", messageIds);
    if (minId !== undefined) this.#filter.minId = Math.max(minId, this.#filter.minId ?? 0);
    if (maxId !== undefined) this.#filter.maxId = Math.min(maxId, this.#filter.maxId ?? Number.POSITIVE_INFINITY);
  }

  setTopic(text: string): void {
    if (/^general$/i.test(text)) this.#filter.topicId = 1;
    else this.#filter.topicId = positive(text, "a topic's number", "topic:5");
  }

  setComments(text: string): void {
    this.#filter.commentsOf = positive(text, "the number of a post", "comments:123");
  }

  setLimit(text: string): void {
    this.#filter.limit = positive(text, "a number of messages", "limit:100");
  }

  setSort(text: string): void {
    const word = text.toLowerCase();
    if (NEWEST.has(word)) this.#filter.sort = "newest";
    else if (OLDEST.has(word)) this.#filter.sort = "oldest";
    else throw unknownWord("order", "sort", text, [...NEWEST, ...OLDEST], "newest or oldest");
  }

  setFormat(text: string): void {
    const format = ARCHIVE_FORMATS.find((name) => name === text.toLowerCase());
    if (!format) throw unknownWord("format", "format", text, ARCHIVE_FORMATS, "json, csv or html");
    this.options.format = format;
  }

  setMedia(text: string): void {
    const word = text.toLowerCase();
    if (!YES.has(word) && !NO.has(word))
      throw new UserError(`“media:${cutText(text, 24)}” is neither yes nor no: write media:yes or media:no.`);
    this.options.media = YES.has(word);
  }

  build(): Query {
    const filter = this.#filter;
    this.#readLink();
    const { after, before, minSize, maxSize, minId, maxId } = filter;
    if (after !== undefined && before !== undefined && after >= before) {
      throw new UserError(
        "These dates leave no time in between: write the earlier one after after: and the later one after before:.",
      );
    }
    if (after !== undefined && Date.parse(after) > this.#context.now.getTime()) {
      throw new UserError(`${after.slice(0, 10)} is still to come: write a date in the past.`);
    }
    if (minSize !== undefined && maxSize !== undefined && minSize > maxSize) {
      throw new UserError("No file is both that large and that small: write size:1MB..5MB, the smaller size first.");
    }
    if (minId !== undefined && maxId !== undefined && minId > maxId) {
      throw new UserError("No message has a number in both ranges: write ids:15-20, the smaller number first.");
    }
    const excluded = filter.types?.filter((type) => filter.notTypes?.includes(type)) ?? [];
    if (excluded.length > 0) {
      throw new UserError(`You want and do not want ${excluded[0]}: write it once, with the minus or without.`);
    }
    return { chat: this.chat, filter, options: this.options };
  }

  /** What a pasted link says beyond the chat; words that were typed come first. */
  #readLink(): void {
    if (this.chat?.kind !== "link") return;
    const filter = this.#filter;
    const { topicId, ...messages } = placeOfLink(this.chat.link);
    if (topicId !== undefined) filter.topicId ??= topicId;
    const isTyped = filter.messageIds ?? filter.minId ?? filter.maxId ?? filter.commentsOf;
    if (isTyped === undefined) Object.assign(filter, messages);
  }
}

const withoutEmpty = (texts: readonly string[]): string[] =>
  texts.map((text) => text.trim()).filter((text) => text !== "");

type ListField = {
  [Name in keyof MediaFilter]-?: NonNullable<MediaFilter[Name]> extends unknown[] ? Name : never;
}[keyof MediaFilter];

/** Adds to one of the filter's lists what is not in it yet; nothing to add leaves the list away. */
function addTo<Field extends ListField>(filter: MediaFilter, field: Field, values: readonly (string | number)[]): void {
  if (values.length === 0) return;
  const merged = new Set([...(filter[field] ?? []), ...values]);
  Object.assign(filter, { [field]: [...merged] });
}

function positive(text: string, what: string, example: string): number {
  const value = /^#?\d{1,10}$/.test(text) ? Number(text.replace("#", "")) : 0;
  if (value < 1 || value > 2_147_483_647) {
    throw new UserError(`“${cutText(text, 24)}” is not ${what}: write it like ${example}.`);
  }
  return value;
}

function unknownWord(what: string, key: string, text: string, known: Iterable<string>, all: string): UserError {
  const guess = didYouMean(text, known);
  const shown = cutText(text, 24);
  return new UserError(
    guess
      ? `I don't know the ${what} “${shown}”: did you mean ${key}:${guess}?`
      : `I don't know the ${what} “${shown}”: write ${all}.`,
  );
}
