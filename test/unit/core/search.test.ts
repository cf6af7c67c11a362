import { describe, expect, it, test } from "vitest";
import { indexNames, indexQuery } from "../../../src/core/search-index.ts";
import { hitsIn, rankOf, readTerms } from "../../../src/core/search-query.ts";
import { foldWord, tokensOf } from "../../../src/core/search-words.ts";

const words = (text: string) => tokensOf(text).map((token) => token.text);
const finds = (query: string[], text: string, not: string[] = []) =>
  rankOf({ text, fileName: null, senderName: null }, readTerms(query, not)) !== null;

describe("words", () => {
  it("end at everything that is neither letter nor digit", () => {
    expect(words("Invoice_05.pdf, anna@example.com!")).toEqual(["invoice", "05", "pdf", "anna", "example", "com"]);
    expect(words("🎉 … — ")).toEqual([]);
  });

  test("case, accents, width, points and invisible marks make no difference", () => {
    expect(foldWord("Café")).toBe("cafe");
    expect(foldWord("ＦＵＬＬ")).toBe("full");
    expect(foldWord("Ёлка")).toBe("елка");
    expect(foldWord("Straße")).toBe("strasse");
    expect(foldWord("שָׁלוֹם")).toBe("שלום");
    expect(foldWord("مُحَمَّد")).toBe("محمد");
    expect(words("so\u00ADft\u200Bhyphen")).toEqual(["softhyphen"]);
    expect(words("İstanbul")).toEqual(words("istanbul"));
  });

  it("keeps what is another letter", () => {
    expect(foldWord("май")).toBe("май");
    expect(foldWord("її")).toBe("її");
    expect(foldWord("ガ")).not.toBe(foldWord("カ"));
  });

  it("says where each stands", () => {
    for (const text of ["one two", "去北京吧 now", "x ½ y", "Ⅷ kg"])
      for (const { start, end } of tokensOf(text)) expect(text.slice(start, end)).toMatch(/^[\p{L}\p{N}]/u);
  });
});

describe("a search", () => {
  it("wants whole words, in any order", () => {
    expect(finds(["lake", "photo"], "A photo of the LAKE")).toBe(true);
    expect(finds(["lake"], "lakes")).toBe(false);
    expect(finds(["lak*"], "lakes")).toBe(true);
    expect(finds(["lake", "sea"], "the lake")).toBe(false);
  });

  it("wants a phrase's words side by side", () => {
    expect(finds(["red car"], "a red, CAR")).toBe(true);
    expect(finds(["red car"], "a car is red")).toBe(false);
    expect(finds(["anna@example.com"], "to anna@example.com today")).toBe(true);
  });

  it("leaves out what has an unwanted word", () => {
    expect(finds(["car"], "a red car", ["blue"])).toBe(true);
    expect(finds(["car"], "a red car", ["red"])).toBe(false);
    expect(finds(["car"], "a red car", ["red bus"])).toBe(true);
  });

  it("finds any stretch of a script without spaces", () => {
    expect(finds(["北京"], "我去北京吧")).toBe(true);
    expect(finds(["京"], "我去北京")).toBe(true);
    expect(finds(["東京"], "京東")).toBe(false);
    expect(finds(["สวัส"], "สวัสดีครับ")).toBe(true);
    expect(finds(["iPhone手机"], "新iPhone手机壳")).toBe(true);
  });

  it("puts neighbours first, then contents, then senders", () => {
    const terms = readTerms(["red", "car"]);
    const rank = (text: string, senderName: string | null = null) =>
      rankOf({ text, fileName: null, senderName }, terms);
    expect([rank("my red car"), rank("car, red"), rank("car", "Red"), rank("car")]).toEqual([0, 1, 2, null]);
  });

  it("marks what it found", () => {
    const mark = (query: string[], text: string) =>
      hitsIn(text, readTerms(query)).map(({ start, end }) => text.slice(start, end));
    expect(mark(["café", "lak*"], "Lakeside CAFE, lake")).toEqual(["Lakeside", "CAFE", "lake"]);
    expect(mark(["北京"], "北京到北京")).toEqual(["北京", "北京"]);
    expect(mark(["red car"], "the red – car!")).toEqual(["red – car"]);
  });
});

describe("names in the index", () => {
  /** What a database does with them. */
  const isCandidate = (text: string, query: string[], not: string[] = []) => {
    const names = indexNames([text]).split(" ");
    const { all, none } = indexQuery(readTerms(query, not));
    const has = ({ name, prefix }: { name: string; prefix: boolean }) =>
      names.some((one) => (prefix ? one.startsWith(name) : one === name));
    return all.every(has) && !none.some((name) => names.includes(name));
  };

  it("are plain letters and digits, none too short or too long", () => {
    const names = indexNames(["a я 京 xyz zoo ﷺ", `${"длинное".repeat(30)} ${"x".repeat(500)}`]).split(" ");
    for (const name of names) expect(name).toMatch(/^q[qr][a-z0-9]{1,78}$/);
  });

  it("never miss a message that contains the words", () => {
    const alphabet = [
      "a",
      "z",
      "é",
      "я",
      "ё",
      "й",
      "京",
      "北",
      "ก",
      "ら",
      " ",
      " ",
      "-",
      "ß",
      "İ",
      "ｱ",
      "5",
      "😀",
      "ש",
      "ָ",
    ];
    let state = 7;
    const random = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
      return state % below;
    };
    const phrase = (length: number) => Array.from({ length }, () => alphabet[random(alphabet.length)]!).join("");
    let hits = 0;
    for (let round = 0; round < 4_000; round++) {
      const text = phrase(30);
      const start = random(20);
      const query = [text.slice(start, start + 1 + random(6)) + (random(3) === 0 ? "*" : "")];
      const not = random(4) === 0 ? [phrase(2)] : [];
      const terms = readTerms(query, not);
      if (terms.wanted.length === 0) continue;
      if (rankOf({ text, fileName: null, senderName: null }, terms) === null) continue;
      hits++;
      expect(isCandidate(text, query, not), JSON.stringify({ text, query, not })).toBe(true);
    }
    expect(hits).toBeGreaterThan(500);
  });
});
