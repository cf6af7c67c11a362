import { describe, expect, it } from "vitest";
import { serverSideOf } from "../../../src/core/server-side-filter.ts";

describe("serverSideOf", () => {
  it("asks the servers only for what they tell exactly", () => {
    expect(serverSideOf({ types: ["video"], text: ["x"], from: ["me"], minSize: 5, limit: 3 })).toEqual({
      type: "video",
    });
    expect(serverSideOf({ types: ["photo", "video"] })).toEqual({});
    expect(serverSideOf({ types: ["sticker"] })).toEqual({});
    expect(serverSideOf({ after: "2024-01-01T00:00:00.000Z", topicId: 5, commentsOf: 8 })).toEqual({
      after: new Date("2024-01-01T00:00:00Z"),
      topicId: 5,
      commentsOf: 8,
    });
  });

  it("turns message numbers into open bounds", () => {
    expect(serverSideOf({ minId: 10, maxId: 20 })).toEqual({ afterId: 9, beforeId: 21 });
    expect(serverSideOf({ messageIds: [7, 3, 5] })).toEqual({ afterId: 2, beforeId: 8 });
    expect(serverSideOf({ messageIds: [7, 3], minId: 5 })).toEqual({ afterId: 4, beforeId: 8 });
  });
});
