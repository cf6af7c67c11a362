import { describe, expect, it } from "vitest";
import { UsageError, UserError } from "../../../src/core/errors.ts";
import { parseQuery, type QueryContext } from "../../../src/core/query.ts";

const context: QueryContext = { now: new Date("2026-11-22T12:00:00Z"), timeZone: "UTC" };
const parse = (text: string, more: Partial<QueryContext> = {}) => parseQuery(text, { ...context, ...more });
const complaint = (words: string, more: Partial<QueryContext> = {}): string => {
  try {
    parse(words, more);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error(`“${words}” was read without complaint`);
};

describe("what is wrong gets one helpful sentence", () => {
  it.each([
    ["@news tpye:video", "did you mean type:video?"],
    ["@news tpye: video", "did you mean type:"],
    ["@news befor:2024", "did you mean before:2024?"],
    ["@news colour:red", "I don't know “colour:”"],
    ["@news type:vidoe", "did you mean type:video?"],
    ["@news type:blurb", "write photo, video, audio"],
    ["@news after:2024-13", "no such month"],
    ["@news 2024-02-30", "February 2024 has 29 days"],
    ["@news 2023-02-29", "February 2023 has 28 days"],
    ["@news after:sometime", "2024-01-31"],
    ["@news after:yesterdya", "did you mean “yesterday”?"],
    ["@news 01/02/2024", "2024-01-31"],
    ["@news 31-01-2024", "2024-01-31"],
    ["@news 2024..2023", "the earlier one first"],
    ["@news after:2025 before:2024", "no time in between"],
    ["@news after:2027", "still to come"],
    ["@news size:10MB", ">10MB or <10MB"],
    ["@news 10MB", ">10MB or <10MB"],
    ["@news size:big", "size:>10MB"],
    ["@news 5MB..1MB", "the smaller one first"],
    ["@news >5MB <1MB", "1MB..5MB"],
    ["@news size:>99999999999GB", "larger than any file"],
    ["@news limit:0", "limit:100"],
    ["@news limit:many", "limit:100"],
    ["@news sort:sideways", "newest or oldest"],
    ["@news ids:5-x", "ids:12,15-20"],
    ["@news ids:20-15", "the smaller one first"],
    ["@news ids:1-9999999,5", "too many"],
    ["@news topic:abc", "topic:5"],
    ["@news format:json", "belongs to /archive"],
    ["@news after:", "after:2024-01"],
    ['@news "unclosed phrase', "not closed"],
    ["@news @other", "One chat at a time"],
    ["@news type:photo -type:photo", "with the minus or without"],
    ["@news -after:2024", "turned round"],
    ["@news -7d", "only at the beginning"],
    ["@news ext:?", "ext:pdf"],
    ["@1x", "no username"],
    ["t.me/addstickers/Cats", "leads to no chat"],
    ['""', "empty"],
    ["@news from:@!", "from:@anna"],
  ])("%s", (text, part) => {
    const message = complaint(text);
    expect(message).toContain(part);
    expect(message).toMatch(/[.?]$/);
    expect(message.length).toBeLessThan(260);
  });

  it("names the formats of an archive", () => {
    expect(complaint("@news format:pdf", { archive: true })).toContain("json, csv or html");
    expect(complaint("@news format:jsn", { archive: true })).toContain("format:json");
    expect(complaint("@news media:maybe", { archive: true })).toContain("media:yes");
  });
});

it("is a UserError, so that the owner reads it word for word", () => {
  expect(() => parse("@news type:vidoe")).toThrow(UserError);
});
