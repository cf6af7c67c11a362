/** Text as Telegram counts and shows it: UTF-16 units, never half a character. */

/** What two texts are compared by: whatever the case, width, dashes, quotes and invisible marks. */
export function foldText(text: string): string {
  return text
    .replace(INVISIBLE, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u2018\u2019\u201A\u201B]/g, "'")
    .replace(/[\u201C-\u201F\u00AB\u00BB]/g, '"')
    .replace(/\s+/g, " ");
}

/** Marks that show nothing and change how text is ordered or broken; joiners are kept, since emoji need them. */
const INVISIBLE = /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/g;

/** Without marks that show nothing. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}

/** With half characters (lone surrogates) replaced, as Telegram refuses them. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The length, at most `units`, at which a text may be cut without splitting what looks like one character. */
export function safeLength(text: string, units: number): number {
  if (text.length <= units) return text.length;
  if (units <= 0) return 0;
  // One character can be endlessly long; look no further back than any real one reaches.
  const from = afterSurrogate(text, Math.max(0, units - 64));
  let end = from;
  for (const { index, segment } of graphemes.segment(text.slice(from, units + 64))) {
    if (from + index + segment.length > units) break;
    end = from + index + segment.length;
  }
  return end > from ? end : afterSurrogate(text, units);
}

/** Steps back by one where the index would split a surrogate pair. */
function afterSurrogate(text: string, index: number): number {
  const [before, after] = [text.charCodeAt(index - 1), text.charCodeAt(index)];
  const splits = before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
  return splits ? index - 1 : index;
}

/** At most `units` long; what was cut shows as "…". */
export function cutText(text: string, units: number): string {
  if (text.length <= units) return text;
  if (units <= 0) return "";
  return `${text.slice(0, safeLength(text, units - 1)).trimEnd()}…`;
}

/** Without the marks of `isolate`. */
export const isolatesRemoved = (text: string): string => text.replace(/[\u2066-\u2069]/g, "");

/** Wrapped in U+2068…U+2069, so that a name in another direction of writing does not reorder what surrounds it. */
export function isolate(text: string): string {
  return `\u2068${text.replace(/[\u2066-\u2069\u202A-\u202E]/g, "")}\u2069`;
}

/** On one line and without half characters or control characters: what a title needs before it is shown. */
export function oneLine(text: string, units = 64): string {
  const line = wellFormed(text.slice(0, units * 4 + 64))
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return cutText(line, units);
}
