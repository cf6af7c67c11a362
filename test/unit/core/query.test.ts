import { describe, expect, it } from "vitest";
import type { MediaFilter } from "../../../src/core/media-filter.ts";
import { parseQuery, type QueryContext, shortenTitle } from "../../../src/core/query.ts";

const context: QueryContext = { now: new Date("2026-11-22T12:00:00Z"), timeZone: "UTC" };
const MB = 1024 ** 2;
const parse = (text: string, more: Partial<QueryContext> = {}) => parseQuery(text, { ...context, ...more });
/** The filter of words behind a chat. */
const filter = (words: string): MediaFilter => parse(`@news ${words}`).filter;
describe("the examples of the guide", () => {
  it.each<[string, object, MediaFilter, QueryContext["leading"]?]>([
    [
      "@news video after:2024-01 size:>10MB",
      { kind: "username", username: "news" },
      { types: ["video"], after: "2024-01-01T00:00:00.000Z", minSize: 10 * MB + 1 },
    ],
    [
      '"Family" photo 7d',
      { kind: "title", title: "Family", words: null },
      { types: ["photo"], after: "2026-11-15T00:00:00.000Z" },
    ],
    ["me type:sticker before:2025", { kind: "self" }, { types: ["sticker"], before: "2025-01-01T00:00:00.000Z" }],
  ])("reads %s", (text, chat, expected) => {
    expect(parse(text)).toEqual({ chat, filter: expected, options: {} });
  });

  it("reads a search, where the words in front are what is searched for", () => {
    expect(parse("invoice ext:pdf from:@anna 2024", { leading: "text" })).toEqual({
      chat: null,
      filter: {
        text: ["invoice"],
        extensions: ["pdf"],
        from: ["@anna"],
        after: "2024-01-01T00:00:00.000Z",
        before: "2025-01-01T00:00:00.000Z",
      },
      options: {},
    });
  });

  it("reads an archive's format and dates", () => {
    const query = parse("@news format:csv 2024..2025 media:yes", { archive: true });
    expect(query.options).toEqual({ format: "csv", media: true });
    expect(query.filter).toEqual({ after: "2024-01-01T00:00:00.000Z", before: "2026-01-01T00:00:00.000Z" });
    expect(parse("@news html media", { archive: true }).options).toEqual({ format: "html", media: true });
  });
});

describe("the chat", () => {
  it.each<[string, object | null]>([
    ["@News", { kind: "username", username: "News" }],
    ["-1001234567890", { kind: "id", chatId: -1001234567890 }],
    ["-4567", { kind: "id", chatId: -4567 }],
    ["123456789", { kind: "id", chatId: 123456789 }],
    ["me", { kind: "self" }],
    ["saved", { kind: "self" }],
    ["Saved Messages", { kind: "self" }],
    ["#3", { kind: "row", row: 3 }],
    ["here", { kind: "here" }],
    ["“Сім’я”", { kind: "title", title: "Сім’я", words: null }],
    ["«Новини»", { kind: "title", title: "Новини", words: null }],
    ["„Familie“", { kind: "title", title: "Familie", words: null }],
    ['"ООО «Ромашка»"', { kind: "title", title: "ООО «Ромашка»", words: null }],
    ["'Rock 'n' Roll'", { kind: "title", title: "Rock 'n' Roll", words: null }],
    ["@News: video", { kind: "username", username: "News" }],
    ["'Family'", { kind: "title", title: "Family", words: null }],
    ["Family", { kind: "title", title: "Family", words: ["Family"] }],
    ["Family Trip", { kind: "title", title: "Family Trip", words: ["Family", "Trip"] }],
    ["chat:@news", { kind: "username", username: "news" }],
    ['in:"Family"', { kind: "title", title: "Family", words: null }],
    ["in:-100123", { kind: "id", chatId: -100123 }],
    ["video", null],
    ["7d", null],
    ["", null],
    ["20240131", null],
  ])("finds it in %s", (text, chat) => {
    expect(parse(text).chat).toEqual(chat);
  });

  it("is found wherever it stands when it has a shape of its own", () => {
    expect(parse("video 7d @news").chat).toEqual({ kind: "username", username: "news" });
    expect(parse("video chat:me").chat).toEqual({ kind: "self" });
  });

  it("keeps a link and what it says about messages", () => {
    const query = parse("https://t.me/c/1234567890/5/100-200 photo");
    expect(query.chat).toMatchObject({ kind: "link", link: { chat: { kind: "id", chatId: -1001234567890 } } });
    expect(query.filter).toEqual({ types: ["photo"], topicId: 5, minId: 100, maxId: 200 });
    expect(parse("t.me/news/123").filter).toEqual({ messageIds: [123] });
    expect(parse("t.me/news/5/123").filter).toEqual({ messageIds: [123] });
    expect(parse("t.me/c/1234567890 topic:5").filter).toEqual({ topicId: 5 });
    expect(parse("t.me/news/123?comment=7").filter).toEqual({ commentsOf: 123, messageIds: [7] });
    expect(parse("t.me/news/123 ids:5").filter).toEqual({ messageIds: [5] });
    expect(parse("t.me/news/123 comments:123").filter).toEqual({ commentsOf: 123 });
  });

  it("stops at the first word that is something else", () => {
    const query = parse("Family Trip video invoice");
    expect(query.chat).toMatchObject({ title: "Family Trip" });
    expect(query.filter).toEqual({ types: ["video"], text: ["invoice"] });
  });

  it("is no longer than titles are", () => {
    const query = parse("a ".repeat(500));
    expect(query.chat).toMatchObject({ kind: "title", title: "a ".repeat(65).trim() });
    expect(query.filter).toEqual({ text: ["a"] });
  });

  it("gives the last words of an unquoted title back as text", () => {
    const query = parse("Family invoice 7d");
    const shorter = shortenTitle(query, 1);
    expect(shorter?.chat).toEqual({ kind: "title", title: "Family", words: ["Family"] });
    expect(shorter?.filter.text).toEqual(["invoice"]);
    expect(shortenTitle(query, 2)).toBeNull();
    expect(shortenTitle(parse("@news x"), 1)).toBeNull();
  });
});

describe("bare words", () => {
  it.each<[string, MediaFilter]>([
    ["photos", { types: ["photo"] }],
    ["Pics Videos", { types: ["photo", "video"] }],
    ["photo,video", { types: ["photo", "video"] }],
    [
      "music files voices gifs stickers rounds links polls",
      {
        types: ["audio", "document", "voice", "gif", "sticker", "round", "link", "poll"],
      },
    ],
    ["all", {}],
    ["-sticker", { notTypes: ["sticker"] }],
    ["—sticker", { notTypes: ["sticker"] }],
    ["–pdf", { notExtensions: ["pdf"] }],
    [".pdf", { extensions: ["pdf"] }],
    ["*.TXT mp4", { extensions: ["txt", "mp4"] }],
    [".xyz", { extensions: ["xyz"] }],
    ["2024", { after: "2024-01-01T00:00:00.000Z", before: "2025-01-01T00:00:00.000Z" }],
    ['"2024"', { text: ["2024"] }],
    ["invoice", { text: ["invoice"] }],
    ["“annual report” final", { text: ["annual report", "final"] }],
    ['-"draft copy"', { notText: ["draft copy"] }],
    ["don’t", { text: ["don’t"] }],
    [">10MB", { minSize: 10 * MB + 1 }],
    ["＞10MB", { minSize: 10 * MB + 1 }],
    ["> 10 MB", { minSize: 10 * MB + 1 }],
    ["10MB+", { minSize: 10 * MB }],
    ["..2GB", { maxSize: 2 * 1024 * MB }],
    ["1MB..5MB", { minSize: MB, maxSize: 5 * MB }],
    ["1-5MB", { minSize: MB, maxSize: 5 * MB }],
    ["1 MB .. 5 MB", { minSize: MB, maxSize: 5 * MB }],
    [">1MB <5MB", { minSize: MB + 1, maxSize: 5 * MB - 1 }],
    ["1234", { text: ["1234"] }],
    ["- — ,", {}],
  ])("reads %s", (words, expected) => {
    const own = words.replace(/^[“"]/, (quote) => quote);
    expect(filter(own)).toEqual(expected);
  });
});

describe("keys", () => {
  it.each<[string, MediaFilter]>([
    ["type:photo,video", { types: ["photo", "video"] }],
    ["type: photo, video", { types: ["photo", "video"] }],
    ["type：photo", { types: ["photo"] }],
    ["Type:Photos", { types: ["photo"] }],
    ["type:media", { types: ["photo", "video", "audio", "voice", "round", "gif", "sticker", "document"] }],
    ["has:link is:round", { types: ["link", "round"] }],
    ["is:me", { from: ["me"] }],
    ["-type:sticker,gif", { notTypes: ["sticker", "gif"] }],
    ["ext:pdf,.DOCX,*.jpeg", { extensions: ["pdf", "docx", "jpg"] }],
    ["ext:tar.gz", { extensions: ["tar.gz"] }],
    ['from:me,@Anna,"Bob X",-100123', { from: ["me", "@anna", "Bob X", "-100123"] }],
    ["-from:@anna", { notFrom: ["@anna"] }],
    ["since:2024-06-15", { after: "2024-06-15T00:00:00.000Z" }],
    ["until:2024-06", { before: "2024-06-01T00:00:00.000Z" }],
    ["after:2023 before:2024-02", { after: "2023-01-01T00:00:00.000Z", before: "2024-02-01T00:00:00.000Z" }],
    ["date:2024-01..2024-06", { after: "2024-01-01T00:00:00.000Z", before: "2024-07-01T00:00:00.000Z" }],
    ["date:2024-01…2024-06", { after: "2024-01-01T00:00:00.000Z", before: "2024-07-01T00:00:00.000Z" }],
    ["2024-01 .. 2024-06", { after: "2024-01-01T00:00:00.000Z", before: "2024-07-01T00:00:00.000Z" }],
    ["size:1,5MB+", { minSize: 1.5 * MB }],
    ["size: > 10 MB", { minSize: 10 * MB + 1 }],
    ["min:10MB max:20MB", { minSize: 10 * MB, maxSize: 20 * MB }],
    ["name:report,final", { name: ["report", "final"] }],
    ["-name:draft", { notName: ["draft"] }],
    ['text:"a, b",c', { text: ["a, b", "c"] }],
    ['text:"say \\"hi\\""', { text: ['say "hi"'] }],
    ["ids:12,15-17", { messageIds: [12, 15, 16, 17] }],
    ["ids:15-20", { minId: 15, maxId: 20 }],
    ["id:100..", { minId: 100 }],
    ["topic:5 comments:9", { topicId: 5, commentsOf: 9 }],
    ["topic:general", { topicId: 1 }],
    ["limit:50 sort:oldest", { limit: 50, sort: "oldest" }],
    ["sort:new", { sort: "newest" }],
    ["after:last month", { after: "2026-10-01T00:00:00.000Z" }],
    ["2024 jan", { after: "2024-01-01T00:00:00.000Z", before: "2024-02-01T00:00:00.000Z" }],
    ["15 march 2024..2 may 2024", { after: "2024-03-15T00:00:00.000Z", before: "2024-05-03T00:00:00.000Z" }],
    ["after 2024-06 before 2025", { after: "2024-06-01T00:00:00.000Z", before: "2025-01-01T00:00:00.000Z" }],
    ["since jan 2024", { after: "2024-01-01T00:00:00.000Z" }],
    ["since yesterday", { after: "2026-11-21T00:00:00.000Z" }],
    ["after all", { text: ["after"] }],
    ["size>10MB type=video", { minSize: 10 * MB + 1, types: ["video"] }],
    ["a=b x>y", { text: ["a=b", "x>y"] }],
    ["type:photo,-gif ext:-pdf", { types: ["photo"], notTypes: ["gif"], notExtensions: ["pdf"] }],
    ["last year..today", { after: "2025-01-01T00:00:00.000Z", before: "2026-11-23T00:00:00.000Z" }],
    ["before: jan 2024", { before: "2024-01-01T00:00:00.000Z" }],
  ])("reads %s", (words, expected) => {
    expect(filter(words)).toEqual(expected);
  });

  it("stands in any order", () => {
    const expected = filter("video size:>10MB after:2024 from:me invoice");
    expect(filter("from:me invoice after:2024 video size:>10MB")).toEqual(expected);
  });
});
