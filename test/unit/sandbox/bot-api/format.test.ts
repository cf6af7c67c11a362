import { describe, expect, it } from "vitest";
import { formatText } from "../../../../sandbox/bot-api/text/format.ts";

const html = (text: string) => formatText({ text, parseMode: "HTML" });
const markdown = (text: string) => formatText({ text, parseMode: "MarkdownV2" });
const given = (text: string, entities: unknown) => formatText({ text, entities });
const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "no refusal";
};

describe("HTML", () => {
  it("turns nested tags into entities counted in UTF-16 units", () => {
    expect(html("😀 <b>bold <i>both</i></b> &lt;ok&gt;")).toEqual({
      text: "😀 bold both <ok>",
      entities: [
        { type: "bold", offset: 3, length: 9 },
        { type: "italic", offset: 8, length: 4 },
      ],
    });
  });

  it("reads links, mentions of people, dates, spoilers and folded quotes", () => {
    const source =
      '<a href="https://example.org/a?b=1&amp;c=2">x</a> <a href="tg://user?id=7">y</a> ' +
      '<tg-time unix="1700000000" format="wDT">then</tg-time> <span class="tg-spoiler">z</span>\n' +
      "<blockquote expandable>q</blockquote>";
    expect(html(source).entities).toEqual([
      { type: "text_link", offset: 0, length: 1, url: "https://example.org/a?b=1&c=2" },
      { type: "text_mention", offset: 2, length: 1, userId: 7 },
      { type: "date_time", offset: 4, length: 4, unixTime: 1700000000, dateTimeFormat: "wDT" },
      { type: "spoiler", offset: 9, length: 1 },
      { type: "expandable_blockquote", offset: 11, length: 1 },
    ]);
  });

  it("gives a code block its language", () => {
    expect(html('<pre><code class="language-ts">let x</code></pre>').entities).toEqual([
      { type: "pre", offset: 0, length: 5, language: "ts" },
    ]);
  });

  it.each([
    ["<b>open", `Can't find end tag corresponding to start tag "b"`],
    ["a </b>", "Unexpected end tag at byte offset 2"],
    ["<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ["é <table>", 'Unsupported start tag "table" at byte offset 3'],
    ["1 < 2", 'Unsupported start tag "" at byte offset 2'],
    ["a <b", "Unclosed start tag at byte offset 2"],
    ["<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])("refuses %j in the server's words", (source, words) => {
    expect(refusal(() => html(source))).toBe(`Bad Request: can't parse entities: ${words}`);
  });
});

describe("MarkdownV2", () => {
  it("reads every kind of formatting", () => {
    const source = "*b* _i_ __u__ ~s~ ||p|| `c` [l](https://example.org) ![22:45](tg://time?unix=1647531900&format=t)";
    expect(markdown(source).entities.map(({ type }) => type)).toEqual([
      "bold",
      "italic",
      "underline",
      "strikethrough",
      "spoiler",
      "code",
      "text_link",
      "date_time",
    ]);
  });

  it("ends a quote with its last line, and folds one that ends in two bars", () => {
    const { text, entities } = markdown(">one\n>two\nplain\n>folded||");
    expect(text).toBe("one\ntwo\nplain\nfolded");
    expect(entities).toEqual([
      { type: "blockquote", offset: 0, length: 8 },
      { type: "expandable_blockquote", offset: 14, length: 6 },
    ]);
  });

  it.each([
    ["a.b", "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ["*open", "Can't find end of Bold entity at byte offset 0"],
    ["é _x", "Can't find end of Italic entity at byte offset 3"],
    ["[x](http://a", "Can't find end of a URL at byte offset 4"],
    ["![x]", "The entity must contain a tg://emoji or tg://time URL"],
  ])("refuses %j in the server's words", (source, words) => {
    expect(refusal(() => markdown(source))).toBe(`Bad Request: can't parse entities: ${words}`);
  });
});

describe("entities beside the text", () => {
  it("trims blank edges and moves the entities along", () => {
    expect(given("  \n hello world \n ", [{ type: "bold", offset: 10, length: 8 }])).toEqual({
      text: "hello world",
      entities: [{ type: "bold", offset: 6, length: 5 }],
    });
  });

  it("removes carriage returns and marks that turn the writing direction", () => {
    expect(given("a\r\nb\u202ecd", [{ type: "code", offset: 3, length: 3 }])).toEqual({
      text: "a\nbcd",
      entities: [{ type: "code", offset: 2, length: 2 }],
    });
  });

  it("refuses what lies outside the text or cuts a character in two", () => {
    expect(refusal(() => given("abc", [{ type: "bold", offset: 2, length: 5 }]))).toBe(
      "Bad Request: entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 7",
    );
    expect(refusal(() => given("abc", [{ type: "bold", offset: 9, length: 1 }]))).toBe(
      "Bad Request: entity begins after the end of the text at UTF-16 offset 9",
    );
    expect(refusal(() => given("😀", [{ type: "bold", offset: 1, length: 1 }]))).toContain(
      "in a middle of a UTF-16 symbol",
    );
    expect(refusal(() => given("😀", [{ type: "bold", offset: 0, length: 1 }]))).toContain(
      "in a middle of a UTF-16 symbol",
    );
  });

  it.each([
    [[{ type: "shiny", offset: 0, length: 1 }], "Unsupported type specified"],
    [[{ type: "bold", length: 1 }], 'Can\'t find field "offset"'],
    [[{ type: "text_link", offset: 0, length: 1 }], 'Can\'t find field "url"'],
    [
      [{ type: "date_time", offset: 0, length: 1, unix_time: 5, date_time_format: "Y" }],
      "Invalid date-time format specified",
    ],
    [["bold"], "expected an Object"],
  ])("refuses %j", (entities, words) => {
    expect(refusal(() => given("x", entities))).toBe(`Bad Request: can't parse MessageEntity: ${words}`);
  });

  it("joins equal formatting that touches, and keeps code free of any", () => {
    const entities = [
      { type: "bold", offset: 0, length: 2 },
      { type: "bold", offset: 2, length: 2 },
      { type: "italic", offset: 0, length: 6 },
      { type: "code", offset: 4, length: 2 },
    ];
    expect(given("abcdef", entities).entities).toEqual([
      { type: "bold", offset: 0, length: 4 },
      { type: "italic", offset: 0, length: 4 },
      { type: "code", offset: 4, length: 2 },
    ]);
  });

  it("splits formatting that crosses other formatting", () => {
    const entities = [
      { type: "bold", offset: 0, length: 4 },
      { type: "italic", offset: 2, length: 4 },
    ];
    const found = given("abcdef", entities).entities;
    for (const a of found) {
      for (const b of found) {
        const crosses =
          a.offset < b.offset && b.offset < a.offset + a.length && a.offset + a.length < b.offset + b.length;
        expect(crosses).toBe(false);
      }
    }
  });
});

describe("what clients find by themselves", () => {
  it.each([
    ["/start now", "bot_command", "/start"],
    ["see https://example.org/a_(b).", "url", "https://example.org/a_(b)"],
    ["go to t.me/news/5, please", "url", "t.me/news/5"],
    ["ask @anna_k today", "mention", "@anna_k"],
    ["all #новини here", "hashtag", "#новини"],
    ["mail me@example.org", "email", "me@example.org"],
    ["buy $USD", "cashtag", "$USD"],
  ])("finds in %j one %s", (text, type, word) => {
    const { entities } = given(text, []);
    expect(entities.map((entity) => [entity.type, text.slice(entity.offset, entity.offset + entity.length)])).toEqual([
      [type, word],
    ]);
  });

  it.each(["a/b", "1/2", "Invoice_05.pdf", "# 5", "#123", "e.g. this", "50 %"])("finds nothing in %j", (text) => {
    expect(given(text, []).entities).toEqual([]);
  });

  it("leaves code alone but looks into bold", () => {
    const entities = [
      { type: "code", offset: 0, length: 5 },
      { type: "bold", offset: 6, length: 5 },
    ];
    expect(
      given("/code /bold", entities)
        .entities.map(({ type }) => type)
        .sort(),
    ).toEqual(["bold", "bot_command", "code"]);
  });
});
