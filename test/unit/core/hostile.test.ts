/** Input that nobody sends by mistake. */
import { describe, expect, it } from "vitest";
import { findTimeZones } from "../../../src/core/cities.ts";
import { describeMediaFilter } from "../../../src/core/describe-filter.ts";
import { UserError } from "../../../src/core/errors.ts";
import { parseQuery, type Query } from "../../../src/core/query.ts";
import { findTelegramLinks, parseTelegramLink } from "../../../src/core/telegram-link.ts";
import { queryOf } from "../../../src/core/write-query.ts";
import { Random } from "./random.ts";

const now = new Date("2026-11-22T12:00:00Z");
const timeZone = "Europe/Kyiv";

/** Reads it; a complaint to the owner is an answer too, anything else is not. */
function read(text: string, leading: "chat" | "text" = "chat"): Query | null {
  try {
    return parseQuery(text, { now, timeZone, leading });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message.length).toBeLessThan(400);
    return null;
  }
}

describe("a command line of anything", () => {
  it("is read or answered with a sentence", () => {
    const random = new Random(1);
    for (let round = 0; round < 1500; round++) {
      const query = read(random.text(random.int(0, 30)), random.chance(0.5) ? "chat" : "text");
      if (query) expect(describeMediaFilter(query.filter, { now, timeZone }).length).toBeGreaterThan(0);
    }
  });

  it("means the same once it has been written down again", () => {
    const random = new Random(2);
    let compared = 0;
    for (let round = 0; round < 1500; round++) {
      const query = read(random.text(random.int(1, 12)));
      if (!query || query.chat?.kind === "link") continue;
      const words = queryOf(query.filter, query.chat, { timeZone });
      expect({ words, filter: read(words)?.filter }).toEqual({ words, filter: query.filter });
      compared++;
    }
    expect(compared).toBeGreaterThan(150);
  });

  it.each([
    ["100,000 letters", "a".repeat(100_000)],
    ["100,000 quotes", '"'.repeat(100_000)],
    ["8,000 quotes", '"'.repeat(8_000)],
    ["8,000 minuses", "-".repeat(8_000)],
    ["8,000 dots", ".".repeat(8_000)],
    ["8,000 digits", "1".repeat(8_000)],
    ["4,000 words", "a ".repeat(4_000)],
    ["8,000 colons", ":".repeat(8_000)],
    ["2,000 keys", "type:".repeat(1_600)],
    ["digits and dots", "1.".repeat(4_000)],
    ["backslashes", `"${"\\".repeat(8_000)}`],
    ["lone surrogates", "\uD83D \uDE00".repeat(1_000)],
    ["only punctuation", "?!.,;:()[]{}<>|&%$#@".repeat(300)],
    ["only invisible marks", "\u202E\u2068\u200B\uFEFF".repeat(1_000)],
    ["8,000 commas in a list", `@news ext:${",".repeat(8_000)}`],
    ["spaces", " ".repeat(100_000)],
  ])("of %s is read in no time", (_, text) => {
    const start = performance.now();
    read(text);
    read(`@news ${text}`);
    findTelegramLinks(text);
    findTimeZones(text);
    parseTelegramLink(text);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
