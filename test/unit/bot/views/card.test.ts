import { describe, expect, it } from "vitest";
import { cardView, milestoneMessage } from "../../../../src/bot/views/card.ts";
import { type Ending, endView } from "../../../../src/bot/views/end.ts";
import { checked, family, labels, plain, voice } from "./checked.ts";

const GB = 1024 ** 3;
const half = family({
  done: 156,
  total: 312,
  saved: 150,
  had: 4,
  failed: 2,
  bytes: 20.6 * GB,
  totalBytes: 41.2 * GB,
});

describe("the card", () => {
  it("counts first", () => {
    const view = checked(cardView(voice(), family({}, { counting: true }), 12, { kind: "milestone", percent: 0 }));
    expect(plain(view)).toBe("📥 Job 12 · Download · News\n0 % – counting files…\nUpdated 14:05 (Europe/Kyiv)");
    expect(labels(view)).toEqual(["✖ Cancel"]);
  });

  it("says at 50 % what is done, how fast, how long still, and what failed", () => {
    const pace = { bytesPerSecond: 6.1 * 1024 ** 2, remaining: 52 * 60_000 };
    const view = checked(cardView(voice(), half, 12, { kind: "milestone", percent: 50 }, pace));
    expect(plain(view).split("\n")).toEqual([
      "📥 Job 12 · Download · News",
      "50 % – 156 of 312 files ▓▓▓▓▓░░░░░",
      "20.6 of 41.2 GB · 6.1 MB/s · about 55 min left",
      "✅ 150 saved · ⏭ 4 already had · ⚠️ 2 failed",
      "Updated 14:05 (Europe/Kyiv)",
    ]);
    expect(labels(view)).toEqual(["⏸ Pause", "✖ Cancel", "ⓘ Details"]);
  });

  it("leaves the bar and the signs away in the simple view, and keeps every word", () => {
    const view = checked(cardView(voice({ simpleView: true }), half, 12, { kind: "milestone", percent: 50 }));
    expect(plain(view)).toContain("\n50 % – 156 of 312 files\n");
    expect(plain(view)).toContain("\n150 saved · 4 already had · 2 failed\n");
  });

  it("says why it waits, until when, and that it goes on by itself", () => {
    const wait = { until: new Date("2026-11-22T12:12:00Z"), reason: "FLOOD_WAIT" };
    const view = checked(cardView(voice(), { ...half, wait }, 12, { kind: "waiting", wait }));
    expect(plain(view)).toContain(
      "\n⏳ 50 % – Telegram asked me to slow down. Continuing at 14:12 (Europe/Kyiv) by itself.\n",
    );
    for (const reason of ["NETWORK", "DISK", "SOMETHING_NEW"]) {
      const other = { ...wait, reason };
      const text = plain(checked(cardView(voice(), { ...half, wait: other }, 12, { kind: "waiting", wait: other })));
      expect(text).toContain("by itself");
      expect(text).not.toContain(reason);
    }
  });

  it.each([
    ["paused", { kind: "paused" } as const, "⏸ Paused – 156 of 312 files"],
    ["stopped by a restart", { kind: "restart" } as const, "⏸ Paused by restart – continuing"],
    ["going on", { kind: "goes-on" } as const, "▶️ Going on – 156 of 312 files"],
    ["waiting for a machine", { kind: "queued" } as const, "⏳ Waiting for a free machine"],
  ])("%s", (_, shape, line) => {
    expect(plain(checked(cardView(voice(), half, 12, shape)))).toContain(`\n${line}\n`);
  });

  it("has no buttons once it is over", () => {
    for (const state of ["completed", "failed", "cancelled"] as const) {
      const view = checked(cardView(voice(), { ...half, state }, 12, { kind: "over" }));
      expect(view.buttons).toEqual([]);
      expect(plain(view).split("\n")).toHaveLength(2);
    }
  });

  it("offers to go on while it is paused", () => {
    const view = checked(cardView(voice(), { ...half, paused: true }, 12, { kind: "paused" }));
    expect(labels(view)[0]).toBe("▶️ Resume");
  });

  it("tells a milestone as a message of its own, number first", () => {
    expect(plain(checked(milestoneMessage(voice(), half, 12, 50)))).toBe("📥 Job 12 · News · 50 % – 156 of 312 files");
    expect(plain(checked(milestoneMessage(voice(), family(), 12, 0)))).toBe("📥 Job 12 · News · 0 %");
  });
});

describe("the end message", () => {
  const ending: Ending = {
    number: 12,
    took: 112 * 60_000,
    directory: "/data/News",
    reason: null,
    command: "/download @news video",
  };
  const done = { done: 312, total: 312, saved: 306, had: 4, failed: 2, bytes: 40.3 * GB };

  it("says what was saved, how large, how long it took, and where it is", () => {
    const view = checked(endView(voice(), family(done, { state: "completed" }), ending));
    expect(plain(view)).toBe(
      "✅ Job 12 done · News\n306 files, 40.3 GB in 1 h 52 min · 4 already had · 2 failed\n📁 /data/News",
    );
    expect(labels(view)).toEqual(["⚠️ Show 2 failed", "↻ Retry failed", "📋 Copy command"]);
  });

  it("copies a path as it is, without marks that cannot be seen", () => {
    const { text } = endView(voice(), family(done, { state: "completed" }), ending);
    const code = text.entities.find(({ type }) => type === "code");
    expect(text.text.slice(code?.offset, (code?.offset ?? 0) + (code?.length ?? 0))).toBe("/data/News");
  });

  it("says that there was nothing new, rather than 0 files", () => {
    const same = family({ done: 1000, total: 1000, had: 1000 }, { state: "completed" });
    expect(plain(checked(endView(voice(), same, ending)))).toBe(
      "✅ Job 12 done · News\nNothing new: 1,000 files already on disk",
    );
  });

  it("does not call it well done where nothing could be saved", () => {
    const none = family({ done: 2, total: 2, failed: 2 }, { state: "completed" });
    expect(plain(checked(endView(voice(), none, ending)))).toMatch(
      /^⚠️ Job 12 done, but nothing could be saved · News\n/,
    );
  });

  it("says that nothing matched", () => {
    expect(plain(checked(endView(voice(), family({}, { state: "completed" }), ending)))).toContain("Nothing matched");
  });

  it("says where it stopped, why, that nothing is lost, and how to go on", () => {
    const stopped = family({ ...done, done: 194 }, { state: "failed" });
    const view = checked(endView(voice(), stopped, { ...ending, reason: "The disk is full." }));
    expect(plain(view)).toBe(
      "❌ Job 12 stopped at 62 % · News\nReason: The disk is full.\nEverything saved so far is kept.",
    );
    expect(labels(view)[0]).toBe("▶️ Continue");
  });

  it("says how much was kept of what was cancelled", () => {
    const cancelled = family({ done: 162, total: 312, saved: 156 }, { state: "cancelled" });
    expect(plain(checked(endView(voice(), cancelled, ending)))).toBe("✖ Job 12 cancelled at 51 %. 156 files kept.");
  });
});
