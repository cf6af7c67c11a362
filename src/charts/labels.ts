/** Names as a picture can show them: on one line, short, and without marks that turn the rest around. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;
/** Of the invisible characters, the one that emoji are joined with. */
const JOINER = "\u200D";

export function cutLabel(text: string, longest: number): string {
  const plain = text
    .replace(INVISIBLE, (character) => (character === JOINER ? character : " "))
    .replace(/\s+/gu, " ")
    .trim();
  const letters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(plain)].map(
    ({ segment }) => segment,
  );
  return letters.length <= longest
    ? plain
    : `${letters
        .slice(0, longest - 1)
        .join("")
        .trimEnd()}…`;
}
