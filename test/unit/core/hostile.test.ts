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
    for (let round = 0; round < 500; round++) {
      const query = read(random.text(random.int(0, 30)), random.chance(0.5) ? "chat" : "text");
      if (query) expect(describeMediaFilter(query.filter, { now, timeZone }).length).toBeGreaterThan(0);
    }
  });

  it("means the same once it has been written down again", () => {
    const random = new Random(2);
    let compared = 0;
    for (let round = 0; round < 500; round++) {
      const query = read(random.text(random.int(1, 12)));
      if (!query || query.chat?.kind === "link") continue;
      const words = queryOf(query.filter, query.chat, { timeZone });
      expect({ words, filter: read(words)?.filter }).toEqual({ words, filter: query.filter });
      compared++;
    }
    expect(compared).toBeGreaterThan(50);
  });

  it.each([
    ["100,000 letters", "a".repeat(100_000)],
    ["100,000 quotes", '"'.repeat(100_000)],
    ["4,000 quotes", '"'.repeat(4_000)],
    ["4,000 minuses", "-".repeat(4_000)],
    ["4,000 dots", ".".repeat(4_000)],
    ["4,000 digits", "1".repeat(4_000)],
    ["2,000 words", "a ".repeat(2_000)],
    ["4,000 colons", ":".repeat(4_000)],
    ["800 keys", "type:".repeat(800)],
    ["digits and dots", "1.".repeat(2_000)],
    ["backslashes", `"${"\\".repeat(3_900)}`],
    ["lone surrogates", "\uD83D \uDE00".repeat(1_000)],
    ["only punctuation", "?!.,;:()[]{}<>|&%$#@".repeat(200)],
    ["only invisible marks", "\u202E\u2068\u200B\uFEFF".repeat(1_000)],
    ["4,000 commas in a list", `@news ext:${",".repeat(3_900)}`],
    ["dotted letters", "a.".repeat(50_000)],
    ["the beginnings of links", "t.me/".repeat(20_000)],
    ["dots and spaces", " .. ".repeat(1_000)],
    ["apostrophes", " 'a".repeat(1_300)],
    ["spaces", " ".repeat(100_000)],
  ])("of %s is read in no time", (_, text) => {
    // The time of the processor, since the clock on the wall counts what others do.
    const start = process.cpuUsage();
    read(text);
    read(`@news ${text}`);
    findTelegramLinks(text);
    findTimeZones(text);
    parseTelegramLink(text);
    const { user } = process.cpuUsage(start);
    expect(user / 1_000).toBeLessThan(2_000);
  });
});
