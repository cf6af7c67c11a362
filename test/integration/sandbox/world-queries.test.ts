import { describe, expect, it } from "vitest";
import { mix, pick } from "../../../sandbox/world/random.ts";
import { messageMatches } from "../../../sandbox/world/reading.ts";
import type { AccountView, HistoryQuery, SearchFilter, WorldMessage } from "../../../sandbox/world/types.ts";
import { BASE, emptyWorld } from "../../support/empty-world.ts";

const filters: SearchFilter[] = [
  "empty",
  "photos",
  "video",
  "photoVideo",
  "document",
  "url",
  "gif",
  "voice",
  "music",
  "roundVoice",
  "roundVideo",
  "geo",
  "contacts",
  "poll",
  "pinned",
  "phoneCalls",
];
const texts = ["", "", "invoice", "INV", "рахунок", "湖", "100", "pdf", "example", "lake train", "no such word", "1"];

/** Every message by its id, newest first, asked for one by one. */
function walk(view: AccountView, chatId: number, top: number): WorldMessage[] {
  const found: WorldMessage[] = [];
  for (let id = top; id > 0; id--) {
    const message = view.message(chatId, id);
    if (message) found.push(message);
  }
  return found;
}

/** The paging of Telegram, told plainly. */
function pageOf(all: WorldMessage[], query: HistoryQuery): WorldMessage[] {
  const limit = Math.min(100, query.limit ?? 100);
  const list = all.filter(
    (message) => (!query.maxId || message.id < query.maxId) && (!query.minId || message.id > query.minId),
  );
  const skip = query.offsetId ? list.filter((message) => message.id >= (query.offsetId ?? 0)).length : 0;
  const start = skip + (query.addOffset ?? 0);
  return list.slice(Math.max(0, start), Math.max(0, start + limit));
}

function changedChat() {
  const { world, builder, anna, owner, ownerId } = emptyWorld();
  const chat = builder.chat({
    kind: "supergroup",
    title: "Group",
    creatorId: ownerId,
    members: [ownerId, anna],
    series: { count: 900, languages: ["en", "uk", "zh"], duplicates: 0.1, topics: [1, 3, 5] },
  });
  for (let n = 0; n < 60; n++) {
    const date = BASE - 100 + n;
    builder.message(ownerId, chat.id, { text: `Added invoice ${n}`, date, ...(n % 3 === 0 && { topicId: 3 }) });
  }
  const top = owner.topMessage(chat.id)?.id ?? 0;
  const gone = Array.from({ length: 120 }, (_, n) => 2 + (mix(n, 5) % top));
  owner.delete(chat.id, [...new Set(gone)], true);
  for (let n = 0; n < 40; n++) {
    const message = owner.message(chat.id, 2 + (mix(n, 6) % top));
    if (message?.out && !message.service && !message.forward)
      owner.edit(chat.id, message.id, { text: `Edited lake ${n}` });
    else if (message) owner.pin(chat.id, message.id, true, true);
  }
  return { world, owner, chatId: chat.id, top };
}

describe("history of a chat with deletions, edits and additions", () => {
  const { owner, chatId, top } = changedChat();
  const everything = walk(owner, chatId, top);

  it("gives the page and count that walking all messages gives", () => {
    for (let n = 0; n < 200; n++) {
      const some = (salt: number, share: number) => mix(n, salt) % 100 < share;
      const query: HistoryQuery = {
        filter: some(1, 60) ? pick(filters, mix(n, 2)) : "empty",
        text: some(3, 30) ? pick(texts, mix(n, 4)) : "",
        limit: 1 + (mix(n, 5) % 100),
        ...(some(6, 70) && { offsetId: 1 + (mix(n, 7) % (top + 20)) }),
        ...(some(8, 30) && { addOffset: (mix(n, 9) % 80) - 60 }),
        ...(some(10, 20) && { maxId: 1 + (mix(n, 11) % top) }),
        ...(some(12, 20) && { minId: 1 + (mix(n, 13) % top) }),
        ...(some(14, 20) && { fromId: some(15, 50) ? owner.id : 6_000_001 }),
        ...(some(16, 20) && { topicId: pick([1, 3, 5], mix(n, 17)) }),
        ...(some(18, 20) && { minDate: BASE - (mix(n, 19) % 60_000_000) }),
        ...(some(20, 20) && { maxDate: BASE - (mix(n, 21) % 30_000_000) }),
      };
      const matching = everything.filter((message) => messageMatches(message, query));
      const page = owner.history(chatId, query);
      const ids = (list: WorldMessage[]) => list.map((message) => message.id);
      expect({ query, ids: ids(page.messages) }).toEqual({ query, ids: ids(pageOf(matching, query)) });
      expect({ query, count: page.count }).toEqual({ query, count: matching.length });
    }
  });

  it("counts by filter as many as match", () => {
    const counts = owner.counters(chatId, filters);
    filters.forEach((filter, index) => {
      expect(counts[index]).toBe(everything.filter((message) => messageMatches(message, { filter })).length);
    });
  });

  it("starts before a date when asked to", () => {
    const date = everything[300]?.date ?? 0;
    const page = owner.history(chatId, { offsetDate: date, limit: 5 });
    const expected = everything.filter((message) => message.date < date).slice(0, 5);
    expect(page.messages.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  it("ascends in date with the id, and albums share date and sender", () => {
    const albums = new Map<bigint, WorldMessage[]>();
    everything.slice(60).forEach((message, index, list) => {
      const newer = list[index - 1];
      if (newer) expect(newer.date).toBeGreaterThanOrEqual(message.date);
      if (message.groupedId) albums.set(message.groupedId, [...(albums.get(message.groupedId) ?? []), message]);
    });
    expect(albums.size).toBeGreaterThan(5);
    for (const members of albums.values()) {
      expect(members.length).toBeLessThanOrEqual(10);
      expect(new Set(members.map(({ date }) => date)).size).toBe(1);
      expect(new Set(members.map(({ fromId }) => fromId)).size).toBe(1);
    }
  });
});

describe("a channel that gives short pages", () => {
  it("loses nothing to whoever pages down to an empty page", () => {
    const { builder, owner, ownerId } = emptyWorld();
    const chat = builder.chat({
      kind: "channel",
      title: "Channel",
      members: [ownerId],
      series: { count: 1500, media: 1000 },
      shortPages: true,
    });
    const seen: number[] = [];
    let short = 0;
    for (let offsetId = 0; ; ) {
      const { messages } = owner.history(chat.id, { offsetId, limit: 100 });
      const last = messages.at(-1);
      if (!last) break;
      if (messages.length < 100 && last.id > 1) short++;
      seen.push(...messages.map(({ id }) => id));
      offsetId = last.id;
    }
    expect(new Set(seen).size).toBe(1501);
    expect(short).toBeGreaterThan(0);
  });

  it("carries exactly as many files as it was built with", () => {
    const { builder, owner, ownerId } = emptyWorld();
    const chat = builder.chat({
      kind: "channel",
      title: "C",
      members: [ownerId],
      series: { count: 1200, media: 1000 },
    });
    const counts = owner.counters(chat.id, ["photos", "video", "document", "gif", "voice", "music", "roundVideo"]);
    const all = walk(owner, chat.id, owner.topMessage(chat.id)?.id ?? 0);
    const stickers = all.filter(({ media }) => media?.kind === "document" && media.as === "sticker").length;
    expect(counts.reduce((sum, count) => sum + count, stickers)).toBe(1000);
  });
});
