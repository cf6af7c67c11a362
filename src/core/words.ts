/** Cuts a command line into words, as phones type it: any quotes and dashes, a space after the colon, "10 MB". */
import { looksLikeDate } from "./dates.ts";
import { didYouMean } from "./did-you-mean.ts";
import { UserError } from "./errors.ts";
import { KEY_WORDS, type Key, keyOf } from "./keys.ts";
import { plainView, readPhrase } from "./phrases.ts";
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

/** As long as a message of Telegram's. */
const LONGEST = 4096;

/** The words of a command line. A quote that is not closed is an error. */
export function splitWords(line: string): Word[] {
  const text = withoutInvisible(line).trim();
  if (text.length > LONGEST) throw new UserError("This command is too long: write at most a few hundred characters.");
  const view = plainView(text);
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
  return withoutColon(joinSplitValues(words));
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

  const [name, after] = readKey(view, at);
  if (name === null) {
    const [value, end] = readValue(text, view, at, "");
    const empty = /^-*$/.test(value.text) && !value.quoted;
    return [empty ? null : { raw: text.slice(start, end), negated, key: null, values: [value] }, end];
  }

  at = after;
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

/** What stands before a colon, or before an equals sign or a comparison that slipped in its place: "size>10MB". */
function readKey(view: string, at: number): [string | null, number] {
  const head = /(\p{L}[\p{L}_-]{1,30})(?::(?!\/\/)|=|(?=[<>]))/uy;
  head.lastIndex = at;
  const name = head.exec(view)?.[1]?.toLowerCase() ?? null;
  if (name === null || (view[head.lastIndex - 1] !== ":" && keyOf(name) === null)) return [null, at];
  return [name, head.lastIndex];
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
  const phrase = readPhrase(text, view, start);
  if (phrase) return [{ text: phrase.text, typed: phrase.text, quoted: true }, phrase.end];
  let end = start;
  while (end < view.length && view[end] !== " " && (separator === "" || view[end] !== separator)) end++;
  const value = view.slice(start, end);
  const length = separator === "" ? value.replace(/[,;]+$/, "").length : value.length;
  return [bare(value.slice(0, length), text.slice(start, start + length)), end];
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

/** "after 2024" and "since jan 2024", where a phone's keyboard made the colon too far away. */
function withoutColon(words: Word[]): Word[] {
  return words.flatMap((word, index) => {
    const [before, after] = [words[index - 1], words[index + 1]];
    if (before && dateKey(before, word)) return [];
    const key = after ? dateKey(word, after) : null;
    return after && key ? [{ ...after, raw: `${word.raw} ${after.raw}`, key }] : [word];
  });
}

function dateKey(word: Word, next: Word): string | null {
  const [said, date] = [word.values[0], next.values[0]];
  const isBare = word.key === null && next.key === null && !word.negated && !next.negated;
  if (!isBare || !said || !date || said.quoted || date.quoted || !looksLikeDate(date.text)) return null;
  return DATE_KEYS[said.text.toLowerCase()] ?? null;
}
const DATE_KEYS: Record<string, string> = {
  after: "after",
  since: "after",
  from: "after",
  before: "before",
  until: "before",
  till: "before",
};
