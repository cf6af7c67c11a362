/** Which marks are of pictures that look alike, found without comparing each with each. */
import { BITS, MARK_LENGTH } from "./mark.ts";

/** Of 128 bits; a crop of a few percent changes about ten, two pictures of different things half of them. */
export const MOST_BITS = 15;
/** The mean distance of the colours, of 255. */
const MOST_TONE = 14;

const WORDS = BITS / 16;
const TONES = (MARK_LENGTH - BITS / 4) / 2;

/** Marks side by side, for many comparisons. */
interface Marks {
  words: Uint16Array;
  tones: Uint8Array;
}

export function looksAlike(one: string, other: string): boolean {
  return areAlike(unfold([one, other]), 0, 1);
}

/**
 * Groups of two and more, as places in the list. The first of a group is its leader: all others look like it. A picture
 * is in one group at most, in that of the earliest leader.
 *
 * Marks that differ in at most 15 of 128 bits have one of their eight words of 16 bits with at most one bit changed, so
 * 8 × 17 looks into a table find every neighbour.
 */
export async function alikeGroups(list: readonly string[], breathe: () => Promise<void>): Promise<number[][]> {
  const marks = unfold(list);
  const tables = Array.from({ length: WORDS }, (_, word) => tableOf(marks, word, list.length));
  const taken = new Uint8Array(list.length);
  const seenBy = new Int32Array(list.length).fill(-1);
  const groups: number[][] = [];
  for (let leader = 0; leader < list.length; leader++) {
    if (leader % 1_000 === 999) await breathe();
    if (taken[leader]) continue;
    const group = [leader];
    for (let word = 0; word < WORDS; word++) {
      const { starts, members } = tables[word]!;
      const own = marks.words[leader * WORDS + word]!;
      for (let bit = -1; bit < 16; bit++) {
        const value = bit < 0 ? own : own ^ (1 << bit);
        for (let at = starts[value]!; at < starts[value + 1]!; at++) {
          const other = members[at]!;
          if (other <= leader || taken[other] || seenBy[other] === leader) continue;
          seenBy[other] = leader;
          if (areAlike(marks, leader, other)) group.push(other);
        }
      }
    }
    if (group.length < 2) continue;
    for (const member of group) taken[member] = 1;
    groups.push(group.sort((a, b) => a - b));
  }
  return groups;
}

function areAlike({ words, tones }: Marks, one: number, other: number): boolean {
  let bits = 0;
  for (let word = 0; word < WORDS; word++) {
    bits += ones(words[one * WORDS + word]! ^ words[other * WORDS + word]!);
    if (bits > MOST_BITS) return false;
  }
  let tone = 0;
  for (let at = 0; at < TONES; at++) tone += Math.abs(tones[one * TONES + at]! - tones[other * TONES + at]!);
  return tone <= MOST_TONE * TONES;
}

function ones(value: number): number {
  value -= (value >>> 1) & 0x5555;
  value = (value & 0x3333) + ((value >>> 2) & 0x3333);
  value = (value + (value >>> 4)) & 0x0f0f;
  return (value + (value >>> 8)) & 0x1f;
}

function unfold(list: readonly string[]): Marks {
  const words = new Uint16Array(list.length * WORDS);
  const tones = new Uint8Array(list.length * TONES);
  list.forEach((mark, place) => {
    for (let word = 0; word < WORDS; word++)
      words[place * WORDS + word] = Number.parseInt(mark.slice(word * 4, word * 4 + 4), 16);
    for (let tone = 0; tone < TONES; tone++)
      tones[place * TONES + tone] = Number.parseInt(mark.slice(BITS / 4 + tone * 2, BITS / 4 + tone * 2 + 2), 16);
  });
  return { words, tones };
}

/** All places, ordered by one of their words; `starts` says where those of each value begin. */
function tableOf({ words }: Marks, word: number, count: number): { starts: Int32Array; members: Int32Array } {
  const starts = new Int32Array(65_538);
  for (let place = 0; place < count; place++) starts[words[place * WORDS + word]! + 2]!++;
  for (let value = 2; value < starts.length; value++) starts[value]! += starts[value - 1]!;
  const members = new Int32Array(count);
  for (let place = 0; place < count; place++) {
    const value = words[place * WORDS + word]!;
    members[starts[value + 1]!++] = place;
  }
  return { starts, members };
}
