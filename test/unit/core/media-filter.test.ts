import { describe, expect, it } from "vitest";
import type { Media, Message } from "../../../src/core/media.ts";
import { filterTypesOf, type MediaFilter, matchesMediaFilter } from "../../../src/core/media-filter.ts";

const NO_MEDIA: Media = {
  type: "none",
  round: false,
  fileName: null,
  mimeType: null,
  size: null,
  fileKey: null,
  dcId: null,
  duration: null,
  width: null,
  height: null,
  restricted: false,
};
function message(more: Partial<Omit<Message, "media">> = {}, media: Partial<Media> = {}): Message {
  return {
    chatId: -1001,
    messageId: 10,
    date: new Date("2024-05-03T10:20:30Z"),
    editedAt: null,
    senderId: 7,
    senderName: "Анна Ivanova",
    outgoing: false,
    text: "",
    albumId: null,
    topicId: null,
    replyToId: null,
    service: null,
    ...more,
    media: { ...NO_MEDIA, ...media },
  };
}
const context = { selfId: 99, usernameOf: (id: number) => (id === 7 ? "anna_i" : null) };
const video = message(
  { text: "Our Trip" },
  { type: "video", fileName: "Clip.MP4", mimeType: "video/mp4", size: 5_000_000 },
);
const photo = message({}, { type: "photo", mimeType: "image/jpeg", size: 80_000 });

describe("matchesMediaFilter", () => {
  it.each<[MediaFilter, boolean]>([
    [{}, true],
    [{ types: ["video"] }, true],
    [{ types: ["photo", "video"] }, true],
    [{ types: ["round"] }, false],
    [{ notTypes: ["video"] }, false],
    [{ notTypes: ["photo"] }, true],
    [{ extensions: ["mp4"] }, true],
    [{ extensions: ["pdf"] }, false],
    [{ notExtensions: ["mp4"] }, false],
    [{ minSize: 5_000_000, maxSize: 5_000_000 }, true],
    [{ minSize: 5_000_001 }, false],
    [{ maxSize: 4_999_999 }, false],
    [{ after: "2024-05-03T10:20:30.000Z" }, true],
    [{ after: "2024-05-03T10:20:31.000Z" }, false],
    [{ before: "2024-05-03T10:20:30.000Z" }, false],
    [{ before: "2024-05-03T10:20:31.000Z" }, true],
    [{ text: ["TRIP", "our"] }, true],
    [{ text: ["trip", "beach"] }, false],
    [{ notText: ["beach", "trip"] }, false],
    [{ name: ["nothing", "clip"] }, true],
    [{ notName: ["clip"] }, false],
    [{ from: ["anna"] }, false],
    [{ from: ["анна"] }, true],
    [{ from: ["@anna_i"] }, true],
    [{ from: ["@Anna_I"] }, true],
    [{ from: ["@other"] }, false],
    [{ from: ["7"] }, true],
    [{ from: ["me"] }, false],
    [{ from: ["me", "7"] }, true],
    [{ notFrom: ["@anna_i"] }, false],
    [{ messageIds: [9, 10] }, true],
    [{ messageIds: [9] }, false],
    [{ minId: 10, maxId: 10 }, true],
    [{ minId: 11 }, false],
    [{ topicId: 1 }, true],
    [{ topicId: 5 }, false],
    [{ types: ["video"], text: ["beach"] }, false],
    [{ limit: 1, sort: "oldest", commentsOf: 4 }, true],
    [{ types: [] }, true],
  ])("%j", (filter, expected) => {
    expect(matchesMediaFilter(video, filter, context)).toBe(expected);
  });

  it("knows the owner's own messages by direction and, in Saved Messages, by sender", () => {
    expect(matchesMediaFilter(message({ outgoing: true }), { from: ["me"] }, context)).toBe(true);
    expect(matchesMediaFilter(message({ senderId: 99 }), { from: ["me"] }, context)).toBe(true);
    expect(matchesMediaFilter(message({ senderId: null }), { from: ["me"] }, { selfId: null })).toBe(false);
  });

  it("gives media without a name the extension of its kind, and takes two spellings as one", () => {
    expect(matchesMediaFilter(photo, { extensions: ["jpeg"] }, context)).toBe(true);
    expect(matchesMediaFilter(message({}, { type: "voice" }), { extensions: ["ogg"] }, context)).toBe(true);
    expect(matchesMediaFilter(message(), { extensions: ["jpg"] }, context)).toBe(false);
    const packed = message({}, { type: "document", fileName: "a.TAR.GZ" });
    expect(matchesMediaFilter(packed, { extensions: ["tar.gz"] }, context)).toBe(true);
    expect(matchesMediaFilter(packed, { extensions: ["gz"] }, context)).toBe(true);
  });

  it("takes a size that Telegram does not tell for neither large nor small", () => {
    const unknown = message({}, { type: "photo" });
    expect(matchesMediaFilter(unknown, { minSize: 0 }, context)).toBe(false);
    expect(matchesMediaFilter(unknown, { maxSize: 10 }, context)).toBe(false);
  });

  it("finds text whatever its case, quotes and dashes", () => {
    const curly = message({ text: "Don’t panic – ÉTÉ ２０２４" });
    expect(matchesMediaFilter(curly, { text: ["don't PANIC -", "été 2024"] }, context)).toBe(true);
  });
});

describe("filterTypesOf", () => {
  it.each<[string, Message, string[]]>([
    ["a round video", message({}, { type: "video", round: true }), ["round"]],
    ["an animation", message({}, { type: "animation" }), ["gif"]],
    ["a poll", message({}, { type: "other", otherKind: "poll" }), ["poll"]],
    ["a place", message({}, { type: "other", otherKind: "geo" }), []],
    ["a text", message({ text: "hi" }), ["text"]],
    ["a text with a link", message({ text: "see https://example.org" }), ["text", "link"]],
    ["a caption with a link", message({ text: "t.me/news" }, { type: "photo" }), ["photo", "link"]],
    ["a service message", message({ service: "pin", text: "https://a.b" }), []],
  ])("%s", (_, given, types) => {
    expect(filterTypesOf(given)).toEqual(types);
  });
});
