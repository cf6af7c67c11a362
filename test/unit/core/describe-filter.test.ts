import { describe, expect, it } from "vitest";
import { describeMediaFilter } from "../../../src/core/describe-filter.ts";
import type { MediaFilter } from "../../../src/core/media-filter.ts";
import { parseQuery } from "../../../src/core/query.ts";

const context = { now: new Date("2026-11-22T12:00:00Z"), timeZone: "Europe/Kyiv" };
const echo = (words: string): string =>
  describeMediaFilter(parseQuery(`@news ${words}`, context).filter, context).replace(" (Europe/Kyiv)", "");

describe("describeMediaFilter", () => {
  it("says absolute dates and their zone", () => {
    const { filter } = parseQuery("@news video size:>10MB after:2024", context);
    expect(describeMediaFilter(filter, context)).toBe("Video · > 10 MB · 1 Jan 2024 – now (Europe/Kyiv)");
  });

  it.each([
    ["", "Everything"],
    ["photo video", "Photo, video"],
    ["-sticker -gif", "No stickers, GIFs"],
    ["ext:pdf,docx", "PDF, DOCX"],
    ["10MB+", "≥ 10 MB"],
    ["<2GB", "< 2 GB"],
    [">1MB <5MB", "> 1 MB and < 5 MB"],
    ["1MB..5MB", "1 MB – 5 MB"],
    ["size:>10485761", "≥ 10,485,762 B"],
    ["2024", "1 Jan 2024 – 31 Dec 2024"],
    ["before:2025", "Before 1 Jan 2025"],
    ["2024-05-03", "3 May 2024"],
    ["yesterday", "21 Nov 2026"],
    ["after:2024-01-01T10:30", "1 Jan 2024 10:30 – now"],
    ["invoice -draft", "“invoice” · without “draft”"],
    ["from:me,@anna", "From me or @anna"],
    ["topic:5 ids:1,3-5", "Topic 5 · messages 1, 3–5"],
    ["comments:12", "Comments of post 12"],
    ["ids:10..", "Messages from number 10 on"],
    ["limit:50", "Newest 50"],
    ["limit:50 sort:oldest", "Oldest 50"],
  ])("says %j as %j", (words, said) => {
    expect(echo(words)).toBe(said);
  });

  it("counts what a long list leaves out, and keeps names on the line", () => {
    const filter: MediaFilter = { text: Array.from({ length: 9 }, (_, index) => `word\n${index}${"x".repeat(99)}`) };
    const line = describeMediaFilter(filter, context);
    expect(line).toContain("and 3 more");
    expect(line).not.toContain("\n");
    expect(line.length).toBeLessThan(400);
  });
});
