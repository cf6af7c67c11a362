/** Whether a letter is drawn as itself, or as the box that stands for letters without a font. */
import { createCanvas } from "@napi-rs/canvas";
import { familiesFor, lettersBeyond } from "./fonts.ts";

const SIZE = 24;
/** No letter, and none ever: what it is drawn as is the box. */
const NO_LETTER = "\u{10FFFF}";
/** A name has few letters of one script, and one that is missing is enough to say so. */
const MOST_LOOKED_AT = 60;

/** Letters of these texts that no font at hand has, the first of them. */
export function illegible(texts: Iterable<string>): string[] {
  const letters = lettersBeyond(texts).slice(0, MOST_LOOKED_AT);
  if (letters.length === 0) return [];
  const families = familiesFor(letters);
  const box = drawn(NO_LETTER, families);
  return letters.filter((letter) => {
    const picture = drawn(letter, families);
    // Marks that stand on other letters may leave nothing of their own.
    return picture.equals(box) || (picture.every((byte) => byte === 0) && !/\p{M}/u.test(letter));
  });
}

function drawn(letter: string, families: string): Buffer {
  const context = createCanvas(SIZE * 2, SIZE * 2).getContext("2d");
  context.font = `${SIZE}px ${families}`;
  context.fillText(letter, SIZE / 2, SIZE * 1.5);
  return Buffer.from(context.getImageData(0, 0, SIZE * 2, SIZE * 2).data);
}
