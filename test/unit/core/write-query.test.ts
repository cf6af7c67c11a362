import { describe, expect, it } from "vitest";
import type { ChatReference } from "../../../src/core/chat-reference.ts";
import { describeMediaFilter } from "../../../src/core/describe-filter.ts";
import { FILTER_TYPES, type MediaFilter } from "../../../src/core/media-filter.ts";
import { parseQuery } from "../../../src/core/query.ts";
import { queryOf } from "../../../src/core/write-query.ts";
import { Random } from "./random.ts";

const now = new Date("2026-11-22T12:00:00Z");
const ZONES = ["UTC", "Europe/Kyiv", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo"];

/** Any filter that the owner could have asked for. */
function randomFilter(random: Random): MediaFilter {
  const filter: MediaFilter = {};
  const maybe = (share = 0.3): boolean => random.chance(share);
  const words = (): string[] => {
    const list = Array.from({ length: random.int(1, 3) }, () => random.text(random.int(1, 6)).trim() || "x");
    // What cannot be sent cannot be meant: marks that show nothing, and half characters next to them.
    return [...new Set(list.map((word) => word.replace(/[\u202E\u2068\uFEFF\u0000\n\t]/g, "").trim() || "y"))];
  };
  const types = random.some(FILTER_TYPES);
  if (maybe(0.6)) filter.types = types.slice(0, random.int(1, types.length));
  if (maybe()) {
    const rest = FILTER_TYPES.filter((type) => !filter.types?.includes(type));
    if (rest.length > 0) filter.notTypes = [random.pick(rest)];
  }
  if (maybe()) filter.extensions = random.some(["pdf", "mp4", "tar.gz", "xyz", "7z"]);
  if (maybe()) filter.notExtensions = random.some(["jpg", "exe"]);
  if (maybe()) filter.from = random.some(["me", "@anna_1", "Bob “X” Y", "-100123", "12345", "Анна"]);
  if (maybe()) filter.notFrom = random.some(["@bob_2", 'C "D" E']);
  const day = (): number => Date.UTC(random.int(2013, 2026), random.int(0, 9), random.int(1, 31));
  const dates = [day(), day() + random.int(0, 86_399_999)].sort((a, b) => a - b);
  if (maybe()) filter.after = new Date(dates[0] ?? 0).toISOString();
  if (maybe() && dates[0] !== dates[1]) filter.before = new Date(dates[1] ?? 0).toISOString();
  const sizes = [
    random.int(0, 2 ** random.int(1, 40)),
    random.int(0, 4000) * 1024 ** random.int(0, 3) + random.int(-1, 1),
  ];
  sizes.sort((a, b) => a - b);
  if (maybe()) filter.minSize = Math.max(0, sizes[0] ?? 0);
  if (maybe()) filter.maxSize = Math.max(0, sizes[1] ?? 0);
  if (maybe()) filter.text = words();
  if (maybe()) filter.notText = words();
  if (maybe(0.2)) filter.name = words();
  if (maybe(0.2)) filter.notName = words();
  if (maybe(0.2)) filter.topicId = random.int(1, 99);
  if (maybe(0.2)) filter.commentsOf = random.int(1, 2 ** 31 - 1);
  if (maybe(0.2)) filter.messageIds = [...new Set(Array.from({ length: random.int(1, 9) }, () => random.int(1, 20)))];
  else if (maybe(0.3)) filter.minId = random.int(1, 50);
  if (maybe(0.2)) filter.maxId = random.int(50, 99);
  if (maybe(0.2)) filter.limit = random.int(1, 10_000);
  if (maybe(0.2)) filter.sort = random.pick(["newest", "oldest"]);
  return filter;
}

const CHATS: ChatReference[] = [
  { kind: "username", username: "news" },
  { kind: "id", chatId: -1001234567890 },
  { kind: "id", chatId: 4321 },
  { kind: "id", chatId: -42 },
  { kind: "title", title: 'Say "hi" \\ «there»', words: null },
  { kind: "title", title: "video", words: null },
  { kind: "self" },
  { kind: "row", row: 7 },
  { kind: "here" },
];

describe("queryOf", () => {
  it("writes words that are read as the same chat and filter, whatever they are", () => {
    const random = new Random(3);
    for (let round = 0; round < 500; round++) {
      const filter = randomFilter(random);
      const chat = random.pick([...CHATS, null]);
      const timeZone = random.pick(ZONES);
      const words = queryOf(filter, chat, { timeZone });
      expect({ words, ...parseQuery(words, { now, timeZone }) }).toEqual({ words, chat, filter, options: {} });
      expect(describeMediaFilter(filter, { now, timeZone })).toMatch(/^\P{Ll}/u);
    }
  });

  it.each<[MediaFilter, string]>([
    [{}, "@news"],
    [{ types: ["video"], minSize: 10 * 1024 ** 2 + 1 }, "@news video size:>10MB"],
    [{ types: ["photo", "video"] }, "@news type:photo,video"],
    [{ after: "2024-01-01T00:00:00.000Z", before: "2024-06-02T00:00:00.000Z" }, "@news after:2024 before:2024-06-02"],
    [{ after: "2024-01-01T10:30:00.000Z" }, "@news after:2024-01-01T10:30:00.000Z"],
    [{ messageIds: [12, 15, 16, 17] }, "@news ids:12,15-17"],
    [{ text: ["annual report"] }, '@news text:"annual report"'],
    [{ limit: 5, sort: "oldest" }, "@news limit:5 sort:oldest"],
  ])("writes %j as people would", (filter, words) => {
    expect(queryOf(filter, { kind: "username", username: "news" }, { timeZone: "UTC" })).toBe(words);
  });

  it("keeps the options of an archive", () => {
    const words = queryOf({}, { kind: "self" }, { timeZone: "UTC", options: { format: "html", media: false } });
    expect(words).toBe("me format:html media:no");
    expect(parseQuery(words, { now, timeZone: "UTC", archive: true }).options).toEqual({
      format: "html",
      media: false,
    });
  });
});
