import { expect, it } from "vitest";
import { followLink } from "../../../src/core/linked-place.ts";
import { parseQuery } from "../../../src/core/query.ts";

const query = (text: string) => parseQuery(text, { now: new Date("2026-11-22T12:00:00Z"), timeZone: "UTC" });

it.each([
  [
    "an album has more messages than its link",
    "t.me/news/123 photo",
    { messageIds: [123, 124] },
    { types: ["photo"], messageIds: [123, 124] },
  ],
  ["a comment is found in its own group", "t.me/news/123?comment=7", { messageIds: [7] }, { messageIds: [7] }],
  ["a topic stays", "t.me/news?topic=5", { topicId: 5 }, { topicId: 5 }],
  ["a long range stays whole", "t.me/news/1-5000", { messageIds: [1, 2] }, { minId: 1, maxId: 5000 }],
  ["typed numbers stay", "t.me/news/123 ids:9", { messageIds: [123] }, { messageIds: [9] }],
  ["typed comments stay", "t.me/news/123 comments:123", { messageIds: [123] }, { commentsOf: 123 }],
  [
    "a chat without a link takes what was found",
    "@news 2024",
    { topicId: 5 },
    { after: "2024-01-01T00:00:00.000Z", before: "2025-01-01T00:00:00.000Z", topicId: 5 },
  ],
])("%s", (_, text, found, expected) => {
  expect(followLink(query(text), found)).toEqual(expected);
});
