const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_CHARACTERS = 10;
const RANDOM_CHARACTERS = 16;

let lastTime = 0;
let lastRandom: number[] = [];

/**
 * A new key: 26 characters of Crockford's alphabet, ordered by time. Keys made by one process always grow, also within
 * one millisecond and when its clock is set back. Made before a row is written, so that writing it twice is harmless.
 */
export function newId(now: number = Date.now()): string {
  if (now > lastTime) {
    lastTime = now;
    lastRandom = randomDigits();
  } else {
    lastRandom = successor(lastRandom);
  }
  return timeDigits(lastTime) + lastRandom.map((digit) => ALPHABET[digit]).join("");
}

/** The smallest key that could have been made at that time: for "since" over a column of keys. */
export const firstIdOf = (at: Date): string => timeDigits(Math.max(0, at.getTime())) + "0".repeat(RANDOM_CHARACTERS);

function timeDigits(time: number): string {
  let digits = "";
  for (let rest = time; digits.length < TIME_CHARACTERS; rest = Math.floor(rest / 32)) {
    digits = ALPHABET[rest % 32] + digits;
  }
  return digits;
}

function randomDigits(): number[] {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_CHARACTERS));
  // The first digit stays below half, so that adding one never runs over within a millisecond.
  return [...bytes].map((byte, position) => byte % (position === 0 ? 16 : 32));
}

function successor(digits: readonly number[]): number[] {
  const next = [...digits];
  for (let position = next.length - 1; position >= 0; position--) {
    const digit = next[position]!;
    if (digit < 31) {
      next[position] = digit + 1;
      break;
    }
    next[position] = 0;
  }
  return next;
}
