import { describe, expect, it } from "vitest";
import { didYouMean, editDistance } from "../../../src/core/did-you-mean.ts";
import { MESSAGE_UNITS, splitText, type TextEntity } from "../../../src/core/split-text.ts";
import { cutText, foldText, isolate, oneLine, safeLength, wellFormed } from "../../../src/core/text.ts";
import { Random } from "./random.ts";

const FAMILY = "👨‍👩‍👧‍👦";
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

describe("cutText", () => {
  it.each([
    ["short", 10, "short"],
    ["exactly ten", 11, "exactly ten"],
    ["a longer text", 8, "a longe…"],
    ["word   end", 6, "word…"],
    ["😀😀😀", 4, "😀…"],
    [`a${FAMILY}b`, 8, "a…"],
    ["abc", 0, ""],
  ])("cuts %j to %d units", (text, units, expected) => {
    expect(cutText(text, units)).toBe(expected);
  });

  it("never leaves half a character or more than asked for", () => {
    const random = new Random(9);
    for (let round = 0; round < 1000; round++) {
      const text = wellFormed(random.text(random.int(0, 60)));
      const units = random.int(0, 50);
      expect(isWellFormed(cutText(text, units))).toBe(true);
      expect(cutText(text, units).length).toBeLessThanOrEqual(units);
      expect(safeLength(text, units)).toBeLessThanOrEqual(units);
    }
    expect(cutText(`a${"\u0301".repeat(9_000)}`, 100)).toHaveLength(100);
  });
});

it("isolates a name so that it cannot reorder what follows", () => {
  expect(isolate("שלום")).toBe("\u2068שלום\u2069");
  expect(isolate("a\u202Eb\u2069\u2066c")).toBe("\u2068abc\u2069");
});

it("puts a title on one line", () => {
  expect(oneLine(" a\n\nb\tc\u0000d ")).toBe("a b c d");
  expect(oneLine("\uD800x")).toBe("\uFFFDx");
  expect(oneLine("y".repeat(100_000))).toHaveLength(64);
});

it("folds what looks alike", () => {
  expect(foldText("“Don’t”  —  ÉTÉ\u202E ２４")).toBe(`"don't" - été 24`);
});

describe("splitText", () => {
  const plain = (text: string, units?: number): string[] =>
    splitText({ text, entities: [] }, units).map((piece) => piece.text);

  it("leaves a short text alone, and cuts a long one at the end of a line", () => {
    expect(plain("hello")).toEqual(["hello"]);
    expect(plain("")).toEqual([]);
    const lines = Array.from({ length: 900 }, (_, index) => `line ${index}`).join("\n");
    const pieces = plain(lines);
    expect(pieces.join("")).toBe(lines);
    expect(pieces.every((piece) => piece.length <= MESSAGE_UNITS)).toBe(true);
    expect(pieces.slice(0, -1).every((piece) => piece.endsWith("\n"))).toBe(true);
  });

  it("cuts entities with the text", () => {
    const entities: TextEntity[] = [{ type: "bold", offset: 2, length: 6 }];
    expect(splitText({ text: "abcdefghij", entities }, 4)).toEqual([
      { text: "abcd", entities: [{ type: "bold", offset: 2, length: 2 }] },
      { text: "efgh", entities: [{ type: "bold", offset: 0, length: 4 }] },
      { text: "ij", entities: [] },
    ]);
  });

  it("loses nothing and splits no character, whatever the text", () => {
    const random = new Random(10);
    for (let round = 0; round < 500; round++) {
      const text = wellFormed(random.text(random.int(0, 150)));
      const units = random.int(12, 40);
      const pieces = plain(text, units);
      expect(pieces.every((piece) => piece.length <= units && isWellFormed(piece))).toBe(true);
      expect(pieces.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
    }
    expect(plain("😀".repeat(5_000)).every((piece) => isWellFormed(piece))).toBe(true);
  });
});

describe("didYouMean", () => {
  const known = ["download", "delete", "duplicates", "help", "jobs", "chats"];
  it.each([
    ["downlod", "download"],
    ["dwonload", "download"],
    ["DELETE", "delete"],
    ["delte", "delete"],
    ["hlep", "help"],
    ["dup", "duplicates"],
    ["xyz", null],
    ["d", null],
    ["", null],
  ])("takes %j for %j", (word, expected) => {
    expect(didYouMean(word, known)).toBe(expected);
  });

  it("counts a swap of neighbours as one mistake", () => {
    expect(editDistance("abcd", "abdc")).toBe(1);
    expect(editDistance("", "abc")).toBe(3);
    expect(editDistance("kitten", "sitting")).toBe(3);
  });
});
