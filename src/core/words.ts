/** Cuts a command line into words, as phones type it: any quotes and dashes, a space after the colon, "10 MB". */
import { didYouMean } from "./did-you-mean.ts";
import { UserError } from "./errors.ts";
import { KEY_WORDS, type Key, keyOf } from "./keys.ts";
import { spaceBetween } from "./split-values.ts";
import { cutText, withoutInvisible } from "./text.ts";

export interface Value {
  /** With plain quotes, dashes and width. */
  text: string;
  /** As it was typed: what a text or a title is looked for by. */
  typed: string;
  /** It stood in quotes, so it is text whatever it looks like. */
  quoted: boolean;
}

export interface Word {
  /** As typed, for messages about it. */
  raw: string;
  negated: boolean;
  /** What stood before the colon, lower case; null for a bare word. */
  key: string | null;
  /** At least one; several only after a key. */
  values: Value[];
}

/** Longer than any message of Telegram's. */
const LONGEST = 8192;

/** Which quotes close which; typed by hand, the closing one is often of another kind. */
const QUOTES: Record<string, string> = {
  '"': '"',
  "'": "'",
  "«": "»",
  "»": "«",
  "‹": "›",
  "「": "」",
  "『": "』",
};

const DOUBLE_QUOTE = /["\u201C-\u201F\u301D\u301E\uFF02]/;
/** Within a phrase a backslash keeps a quote from closing it. */
const ESCAPED = /\\([\\"\u201C-\u201F\u301D\u301E\uFF02])/g;

/** A text as a phrase, which is read as just this text. */
export function quotePhrase(text: string): string {
  return `"${text.replace(/[\\"\u201C-\u201F\u301D\u301E\uFF02]/g, "\\$&")}"`;
}

/** What phones put in place of plain characters, one for one, so that positions stay. */
function plainCharacter(character: string): string {
  if (/[\u2010-\u2015\u2212\uFE58\uFE63]/.test(character)) return "-";
  if (DOUBLE_QUOTE.test(character)) return '"';
  if (/[\u2018-\u201B]/.test(character)) return "'";
  if (/[\uFF01-\uFF5E]/.test(character)) return String.fromCharCode(character.charCodeAt(0) - 0xfee0);
  if (character === "、") return ",";
  return /\s/.test(character) ? " " : character;
}

/** The words of a command line. A quote that is not closed is an error. */
export function splitWords(line: string): Word[] {
  const text = withoutInvisible(line).trim();
  if (text.length > LONGEST) throw new UserError("This command is too long: write at most a few hundred characters.");
  const view = text.replace(/[^\x20-\x7e]/g, plainCharacter);
  const words: Word[] = [];
  let at = 0;
  while (at < view.length) {
    if (/[ ,;]/.test(view[at] ?? "")) {
      at++;
      continue;
    }
    const [word, end] = readWord(text, view, at);
    if (word) words.push(word);
    at = end;
  }
  return joinSplitValues(words);
}

function readWord(text: string, view: string, start: number): [Word | null, number] {
  let at = start;
  const sign = /-+(?![-\d\s])/y;
  sign.lastIndex = at;
  const negated = sign.test(view);
  if (negated) at = sign.lastIndex;
  if (at >= view.length) return [null, at];

  const link = /(?:https?:\/\/|tg:)[^\s]*/iy;
  link.lastIndex = at;
  if (link.test(view)) {
    const end = link.lastIndex;
    return [
      { raw: text.slice(start, end), negated, key: null, values: [bare(view.slice(at, end), text.slice(at, end))] },
      end,
    ];
  }

  const head = /(\p{L}[\p{L}_-]{1,30}):(?!\/\/)/uy;
  head.lastIndex = at;
  const name = head.exec(view)?.[1]?.toLowerCase() ?? null;
  if (name === null) {
    const [value, end] = readValue(text, view, at, "");
    const empty = /^-*$/.test(value.text) && !value.quoted;
    return [empty ? null : { raw: text.slice(start, end), negated, key: null, values: [value] }, end];
  }

  at = head.lastIndex;
  const key = keyOf(name);
  // A comma in 1,5MB is a decimal one, and names of chats hold commas.
  const separator = key === null || UNLISTED.has(key) ? "" : ",";
  const values: Value[] = [];
  do {
    if (view[at] === ",") at++;
    while (key !== null && view[at] === " ") at++;
    const [value, end] = readValue(text, view, at, separator);
    if (value.text !== "" || value.quoted) values.push(value);
    at = end;
  } while (separator !== "" && view[at] === ",");
  const raw = text.slice(start, at).trimEnd();
  if (values.length > 0) return [{ raw, negated, key: name, values }, at];
  if (key === null && didYouMean(name, KEY_WORDS) === null) {
    return [{ raw, negated, key: null, values: [bare(raw.replace(/^-+/, ""))] }, at];
  }
  if (key === null) return [{ raw, negated, key: name, values: [bare("…")] }, at];
  throw new UserError(
    `“${cutText(raw, 40)}” stands alone: write what you want right after the colon, as in ${name}:${EXAMPLES[key]}.`,
  );
}

const UNLISTED: ReadonlySet<Key> = new Set<Key>(["size", "min", "max", "chat"]);
const EXAMPLES: Record<Key, string> = {
  chat: "@news",
  type: "video",
  has: "photo",
  is: "round",
  ext: "pdf",
  from: "@anna",
  after: "2024-01",
  before: "2025",
  date: "7d",
  size: ">10MB",
  min: "10MB",
  max: "2GB",
  name: "report",
  text: "invoice",
  ids: "12,15-20",
  topic: "5",
  comments: "123",
  limit: "100",
  sort: "oldest",
  format: "json",
  media: "yes",
};

const bare = (text: string, typed = text): Value => ({ text, typed, quoted: false });

function readValue(text: string, view: string, start: number, separator: string): [Value, number] {
  const closing = QUOTES[view[start] ?? ""];
  if (closing) {
    const end = closingQuote(view, start, closing, separator);
    if (end !== null) {
      const inner = text
        .slice(start + 1, end)
        .replace(ESCAPED, "$1")
        .trim();
      return [{ text: inner, typed: inner, quoted: true }, end + 1];
    }
    // An apostrophe at the beginning of a word, as in 'tis, is no quote.
    if (closing !== "'") {
      throw new UserError(
        `The quote at “${cutText(text.slice(start), 24)}” is not closed: write “…” around the whole phrase.`,
      );
    }
  }
  let end = start;
  while (end < view.length && view[end] !== " " && (separator === "" || view[end] !== separator)) end++;
  const value = view.slice(start, end);
  const length = separator === "" ? value.replace(/[,;]+$/, "").length : value.length;
  return [bare(value.slice(0, length), text.slice(start, start + length)), end];
}

/** Where the phrase ends: at the quote before a space, a comma or the end; else at the first one there is. */
function closingQuote(view: string, start: number, closing: string, separator: string): number | null {
  let first: number | null = null;
  for (let at = start + 1; at < view.length; at++) {
    if (view[at] === "\\") at++;
    else if (view[at] === closing || (closing === "»" && view[at] === '"')) {
      if (at + 1 === view.length || view[at + 1] === " " || view[at + 1] === ";" || view[at + 1] === ",") return at;
      if (separator === view[at + 1] && separator !== "") return at;
      first ??= at;
    }
  }
  return closing === "'" ? null : first;
}

/** Puts together what a space has parted: "> 10 MB", "2024-01 .. 2024-06", "jan 2024", "last 7 days". */
function joinSplitValues(words: Word[]): Word[] {
  const joined: Word[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    const [left, right] = [before?.values.at(-1), word.values[0]];
    const mayJoin = before && left && right && !left.quoted && !right.quoted && word.key === null && !word.negated;
    const space = mayJoin ? spaceBetween(left.text, right.text) : null;
    if (before && left && right && space !== null) {
      before.values[before.values.length - 1] = bare(
        `${left.text}${space}${right.text}`,
        `${left.typed}${space}${right.typed}`,
      );
      before.raw = `${before.raw} ${word.raw}`;
    } else {
      joined.push(word);
    }
  }
  return joined;
}
