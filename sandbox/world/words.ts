/** How Telegram's search understands words: each must begin a word of the text; whatever the case. */

const separators = /[^\p{L}\p{N}_]+/u;
/** Scripts written without spaces, where a part of a "word" is a word. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

export const wordsOf = (text: string): string[] => text.toLowerCase().split(separators).filter(Boolean);

export function wordMatches(wanted: string, words: readonly string[]): boolean {
  if (unspaced.test(wanted)) return words.some((word) => word.includes(wanted));
  return words.some((word) => word.startsWith(wanted));
}

/** All wanted words stand in it. */
export function textMatches(wanted: readonly string[], text: string): boolean {
  if (wanted.length === 0) return true;
  const words = wordsOf(text);
  return wanted.every((word) => wordMatches(word, words));
}
