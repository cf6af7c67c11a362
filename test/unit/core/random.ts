/** Random input that is the same on every run, so that a failure can be repeated. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 ≤ n < 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T;
  }

  /** Some of a list, at least one, each at most once, in random order. */
  some<T>(list: readonly T[]): T[] {
    const left = [...list];
    return Array.from({ length: this.int(1, list.length) }, () => left.splice(this.int(0, left.length - 1), 1)[0] as T);
  }

  /** Text of everything that has ever broken a parser. */
  text(length: number): string {
    return Array.from({ length }, () => this.pick(PIECES)).join("");
  }
}

const PIECES = [
  ..."abcXYZ019 .,:;-_+#@!?/\\'\"<>[](){}*&|~`$%^=",
  "\n",
  "\t",
  "\u0000",
  "\u00A0",
  "\u2026",
  "\u2013",
  "\u201C",
  "\u201D",
  "\u2019",
  "«",
  "»",
  "：",
  "＞",
  "é",
  "e\u0301",
  "ї",
  "中",
  "ש",
  "ع",
  "\u202E",
  "\u2068",
  "\u200D",
  "\uFEFF",
  "\uD83D",
  "\uDE00",
  "😀",
  "👨\u200D👩\u200D👧",
  "type:",
  "after:",
  "size:",
  "..",
  "2024",
  "10MB",
  "7d",
];
