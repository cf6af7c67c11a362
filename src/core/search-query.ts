/** Which messages contain what was asked for: the one judge, whichever database found the candidates. */
import { type Token, tokensOf } from "./search-words.ts";

export interface TermPart {
  text: string;
  isRun: boolean;
  /** Whatever begins so. */
  prefix: boolean;
}

/** Words that must stand next to each other, in this order, within one field; mostly it is one word. */
export interface Term {
  typed: string;
  parts: TermPart[];
}

export interface SearchTerms {
  wanted: Term[];
  unwanted: Term[];
}

/** A word, a word with * for all that begin so, or several, which are then a phrase. Null where no word is in it. */
export function readTerm(typed: string): Term | null {
  const parts = tokensOf(typed).map(({ text, isRun }) => ({ text, isRun, prefix: false }));
  const last = parts.at(-1);
  if (!last) return null;
  if (/[*＊]\s*$/u.test(typed) && !last.isRun) last.prefix = true;
  return { typed: typed.trim(), parts };
}

export function readTerms(texts: readonly string[] = [], notTexts: readonly string[] = []): SearchTerms {
  const read = (list: readonly string[]) => list.map(readTerm).filter((term) => term !== null);
  return { wanted: read(texts), unwanted: read(notTexts) };
}

/** What is searched of a message. */
export interface SearchedFields {
  text: string;
  fileName: string | null;
  senderName: string | null;
}

/**
 * Null where a wanted term is nowhere or an unwanted one is somewhere; else how good a hit it is, 0 best: the words side
 * by side as they were typed, all of them in text or file name, or some only in the sender's name.
 */
export function rankOf(fields: SearchedFields, { wanted, unwanted }: SearchTerms): number | null {
  const content = [tokensOf(fields.text), tokensOf(fields.fileName ?? "")];
  const sender = tokensOf(fields.senderName ?? "");
  const all = [...content, sender];
  if (unwanted.some((term) => all.some((tokens) => contains(tokens, term)))) return null;
  if (!wanted.every((term) => all.some((tokens) => contains(tokens, term)))) return null;
  if (!wanted.every((term) => content.some((tokens) => contains(tokens, term)))) return 2;
  const whole = { typed: "", parts: wanted.flatMap(({ parts }) => parts) };
  return content.some((tokens) => contains(tokens, whole)) ? 0 : 1;
}

const contains = (tokens: readonly Token[], term: Term): boolean => placeOf(tokens, term, 0) >= 0;

/** Index of the token at which the term begins. */
function placeOf(tokens: readonly Token[], { parts }: Term, from: number): number {
  for (let at = from; at + parts.length <= tokens.length; at++)
    if (parts.every((part, index) => fits(tokens[at + index]!, part, index, parts.length))) return at;
  return -1;
}

function fits(token: Token, part: TermPart, index: number, count: number): boolean {
  if (token.isRun !== part.isRun) return false;
  if (!part.isRun) return part.prefix ? token.text.startsWith(part.text) : token.text === part.text;
  if (count === 1) return token.text.includes(part.text);
  if (index === 0) return token.text.endsWith(part.text);
  return index === count - 1 ? token.text.startsWith(part.text) : token.text === part.text;
}

export interface Range {
  start: number;
  end: number;
}

/** Where the wanted words stand in a text, for marking; ascending, none over another. */
export function hitsIn(text: string, { wanted }: SearchTerms): Range[] {
  const tokens = tokensOf(text);
  const found: Range[] = [];
  for (const term of wanted)
    for (let at = placeOf(tokens, term, 0); at >= 0; at = placeOf(tokens, term, at + 1)) {
      const [first, last] = [tokens[at]!, tokens[at + term.parts.length - 1]!];
      if (term.parts.length === 1 && first.isRun) found.push(...withinRun(first, term.parts[0]!.text));
      else found.push({ start: first.start, end: last.end });
    }
  return merged(found);
}

/** A run may hold it several times; where folding changed its length, the whole run is marked. */
function withinRun(token: Token, text: string): Range[] {
  if (token.end - token.start !== token.text.length) return [{ start: token.start, end: token.end }];
  const found: Range[] = [];
  for (let at = token.text.indexOf(text); at >= 0; at = token.text.indexOf(text, at + text.length))
    found.push({ start: token.start + at, end: token.start + at + text.length });
  return found;
}

function merged(ranges: Range[]): Range[] {
  const result: Range[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else result.push({ ...range });
  }
  return result;
}
