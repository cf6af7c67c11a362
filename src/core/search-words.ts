/**
 * What a word is, for /search: the same in every database, since it is decided here.
 *
 * Texts are folded (case, width, accents, Hebrew and Arabic points) and cut into words: runs of letters, digits and
 * marks. Scripts that put no spaces between words (Han, Kana, Thai, Lao, Khmer, Burmese) give runs instead, and in these
 * any stretch of characters can be found.
 */

export interface Token {
  /** Folded. */
  text: string;
  /** Of a script without spaces: found by any part of it. */
  isRun: boolean;
  /** Where it stands in the text it came from, in UTF-16 units. */
  start: number;
  end: number;
}

const INVISIBLE =
  "\\u00AD\\u061C\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFE00-\\uFE0F\\uFEFF\\u0640";
const INVISIBLE_MARKS = new RegExp(`[${INVISIBLE}]`, "gu");
const CHUNK = new RegExp(`[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}${INVISIBLE}]*`, "gu");
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
const PIECE =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+|[^\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+/gu;

/** Accents fall, except those that make another letter of a Cyrillic one: й is not и, but ё is е. */
const ACCENTS = /(?<!\p{sc=Cyrl})[\u0300-\u036F]+|[\u0300\u0301]/gu;
/** Hebrew and Arabic vowel points, which people leave away. */
const POINTS = /[\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC]/gu;

export function foldWord(text: string): string {
  return text
    .replace(INVISIBLE_MARKS, "")
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .replace(POINTS, "")
    .normalize("NFC")
    .replaceAll("ё", "е")
    .replaceAll("ß", "ss")
    .replaceAll("ς", "σ");
}

/** The words and runs of a text, in order. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const chunk of text.matchAll(CHUNK)) {
    const place = { start: chunk.index, end: chunk.index + chunk[0].length };
    // Folding may take one character apart into several words, which then share its place.
    for (const [word] of foldWord(chunk[0]).matchAll(WORD)) {
      if (!UNSPACED.test(word)) tokens.push({ text: word, isRun: false, ...place });
      else if (foldWord(chunk[0]) === chunk[0].toLowerCase() && word.length === chunk[0].length)
        for (const piece of word.matchAll(PIECE)) {
          const start = place.start + piece.index;
          tokens.push({ text: piece[0], isRun: UNSPACED.test(piece[0]), start, end: start + piece[0].length });
        }
      else
        for (const [piece] of word.matchAll(PIECE)) tokens.push({ text: piece, isRun: UNSPACED.test(piece), ...place });
    }
  }
  return tokens;
}
