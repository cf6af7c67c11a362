/**
 * The mark of a picture: what is left of it at a glance. Two of the same view have marks that differ little, however
 * they were saved, made smaller, or cut a little at the edges.
 *
 * 128 bits say where it gets brighter, to the right and downwards, between the cells of a 9 × 8 and an 8 × 9 grid; 48
 * bytes say the colours of 4 × 4 cells, so that two pages of a book, or two evening skies, are not one.
 */

/** A square of so many points each way, as RGBA, is what a mark is made from. */
export const SQUARE = 144;
const CELLS = 8;
const COLOUR_CELLS = 4;
export const BITS = 2 * CELLS * CELLS;
export const MARK_LENGTH = BITS / 4 + COLOUR_CELLS * COLOUR_CELLS * 3 * 2;
/** A step of brightness, of 255, below which noise decides. */
const STEP = 1.5;
/** Below so many steps there is nothing in it to know it by: a wall, a blank page, the night. */
const LEAST_STEPS = 8;

/** Null where there is too little to see. */
export function markOf(rgba: Uint8ClampedArray): string | null {
  const across = averages(CELLS + 1, CELLS, brightness);
  const down = averages(CELLS, CELLS + 1, brightness);
  let bits = "";
  let steps = 0;
  const note = (from: number, to: number) => {
    if (Math.abs(to - from) > STEP) steps++;
    bits += to > from + STEP ? "1" : "0";
  };
  for (let row = 0; row < CELLS; row++)
    for (let column = 0; column < CELLS; column++)
      note(across[row * (CELLS + 1) + column]!, across[row * (CELLS + 1) + column + 1]!);
  for (let row = 0; row < CELLS; row++)
    for (let column = 0; column < CELLS; column++) note(down[row * CELLS + column]!, down[(row + 1) * CELLS + column]!);
  if (steps < LEAST_STEPS) return null;
  const colours = [0, 1, 2].map((channel) => averages(COLOUR_CELLS, COLOUR_CELLS, (point) => rgba[point + channel]!));
  const tones = Array.from({ length: COLOUR_CELLS * COLOUR_CELLS }, (_, cell) =>
    colours.map((channel) => hex(Math.round(channel[cell]!), 2)).join(""),
  );
  return `${bits.replace(/.{4}/g, (four) => Number.parseInt(four, 2).toString(16))}${tones.join("")}`;

  function brightness(point: number): number {
    return 0.299 * rgba[point]! + 0.587 * rgba[point + 1]! + 0.114 * rgba[point + 2]!;
  }
}

const hex = (value: number, length: number): string => value.toString(16).padStart(length, "0");

/** The mean of each cell, row by row. */
function averages(columns: number, rows: number, valueAt: (point: number) => number): Float64Array {
  const sums = new Float64Array(columns * rows);
  const counts = new Float64Array(columns * rows);
  for (let y = 0; y < SQUARE; y++) {
    const row = Math.floor((y * rows) / SQUARE);
    for (let x = 0; x < SQUARE; x++) {
      const cell = row * columns + Math.floor((x * columns) / SQUARE);
      sums[cell]! += valueAt((y * SQUARE + x) * 4);
      counts[cell]!++;
    }
  }
  return sums.map((sum, cell) => sum / counts[cell]!);
}
