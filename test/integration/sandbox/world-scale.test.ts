import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { emptyWorld } from "../../support/empty-world.ts";

const MILLION = 1_000_000;

/** Megabytes that are really held. */
function held(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

describe("a chat of a million messages", () => {
  it("costs little memory, and asking it anything does not change that", () => {
    const { builder, owner, ownerId } = emptyWorld();
    const before = held();
    const chat = builder.chat({
      kind: "channel",
      title: "Huge",
      members: [ownerId],
      series: { count: MILLION, languages: ["en", "zh"] },
    });
    const filters = ["photos", "document", "music"] as const;
    const counts = owner.counters(chat.id, filters);
    expect(counts.every((count) => count > 10_000)).toBe(true);
    let offsetId = 0;
    for (let page = 0; page < 100; page++) {
      const { messages, count } = owner.history(chat.id, { offsetId, limit: 100 });
      expect(count).toBe(MILLION + 1);
      offsetId = messages.at(-1)?.id ?? 0;
    }
    expect(owner.history(chat.id, { text: "invoice", limit: 20 }).messages).toHaveLength(20);
    expect(held() - before).toBeLessThan(30);
  });

  it("makes only the messages of the page that is asked for", () => {
    const { world, builder, owner, ownerId } = emptyWorld();
    const chat = builder.chat({ kind: "channel", title: "Huge", members: [ownerId], series: { count: MILLION } });
    const { series } = world.state.historyOf(ownerId, chat.id) ?? {};
    if (!series) throw new Error("The chat has no series.");
    let made = 0;
    const body = series.body.bind(series);
    series.body = (slot) => {
      made++;
      return body(slot);
    };
    owner.history(chat.id, { limit: 50, offsetId: 500_000 });
    owner.history(chat.id, { limit: 50, offsetDate: chat.createdAt + 86_400 * 300 });
    owner.history(chat.id, { limit: 50, filter: "document" });
    owner.history(chat.id, { limit: 50, text: "recipe", filter: "photos" });
    expect(made).toBeLessThan(250);
  });
});
