/** Phrases in quotes, of whatever kind a phone puts around them. */
import { UserError } from "./errors.ts";
import { cutText } from "./text.ts";

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

/** The text with plain quotes, dashes, spaces and width, each character at its place. */
export function plainView(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, plainCharacter);
}

/** The phrase that begins here, and where what follows it begins; null where no phrase begins. */
export function readPhrase(text: string, view: string, start: number): { text: string; end: number } | null {
  const closing = QUOTES[view[start] ?? ""];
  if (!closing) return null;
  const end = closingQuote(view, start, closing);
  if (end !== null)
    return {
      text: text
        .slice(start + 1, end)
        .replace(ESCAPED, "$1")
        .trim(),
      end: end + 1,
    };
  // An apostrophe at the beginning of a word, as in 'tis, is no quote.
  if (closing === "'") return null;
  throw new UserError(
    `The quote at “${cutText(text.slice(start), 24)}” is not closed: write “…” around the whole phrase.`,
  );
}

/** What begins with an apostrophe is more often a word than a phrase, so its end is not looked for far away. */
const LONGEST_BETWEEN_APOSTROPHES = 256;

/** Where the phrase ends: at the quote before a space, a comma or the end; else at the first one there is. */
function closingQuote(view: string, start: number, closing: string): number | null {
  let first: number | null = null;
  let within = 0;
  const end = closing === "'" ? Math.min(view.length, start + LONGEST_BETWEEN_APOSTROPHES) : view.length;
  for (let at = start + 1; at < end; at++) {
    if (view[at] === "\\") at++;
    else if (view[at] === closing || (closing === "»" && view[at] === '"')) {
      const isLast = at + 1 === view.length || /[ ,;]/.test(view[at + 1] ?? "");
      // 'Rock 'n' Roll': one that begins a word is closed by another one first.
      if (closing === "'" && view[at - 1] === " ") within++;
      else if (isLast && within === 0) return at;
      else if (isLast) within--;
      first ??= at;
    }
  }
  return closing === "'" ? null : first;
}
