/** A language for the benches: some words much used, most of them rare. */

/** Of so many words the first is said in every third message or so, the last almost never. */
export const VOCABULARY = 50_000;
export const WORDS_EACH = 8;

/** Letters that the index of /search writes as they are, so that SQL can fill it. */
export const wordOf = (rank: number): string => `t${Math.floor(rank).toString(23)}`;

/** The same in SQL, of a random number below 1. */
export const wordInSql = (random: string): string =>
  `CONCAT('t', LOWER(CONV(FLOOR(POW(${VOCABULARY}, ${random})), 10, 23)))`;

/** Numbers below 1 that come again in the same order. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
