import { describe, expect, it } from "vitest";
import {
  DELETION_STATES,
  isDeletionOver,
  isInTime,
  isStillReady,
  mayMove,
  mustType,
  nextCountdown,
} from "../../../src/core/deletion.ts";
import { batchesOf, bisect, type ChatRights, fingerprintOf, verdictOn } from "../../../src/core/deletion-rules.ts";
import type { Message } from "../../../src/core/media.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const NOTHING: ChatRights = { present: true, deleteAny: false, post: true, revokeWithin: null };
const message = (change: Partial<Message> = {}): Message => ({
  chatId: 1,
  messageId: 1,
  date: new Date("2026-11-22T11:00:00Z"),
  editedAt: null,
  senderId: 2,
  senderName: "Anna",
  outgoing: false,
  text: "hello",
  albumId: null,
  topicId: null,
  replyToId: null,
  service: null,
  media: {
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
  },
  ...change,
});
const user = { type: "user", isSelf: false } as const;
const all = { everyone: true, now: NOW };

describe("the states of a deletion", () => {
  it("lead to running from ready alone, and to ready from the grace alone", () => {
    const into = (state: (typeof DELETION_STATES)[number]) => DELETION_STATES.filter((from) => mayMove(from, state));
    expect(into("running")).toEqual(["ready"]);
    expect(into("ready")).toEqual(["grace"]);
    expect(into("grace")).toEqual(["copied"]);
    // What was interrupted passes a question.
    expect(DELETION_STATES.filter((to) => mayMove("interrupted", to))).toEqual(["asking"]);
  });

  it("end in done and kept, and nothing leads out of these", () => {
    for (const state of ["done", "kept"] as const) {
      expect(isDeletionOver(state)).toBe(true);
      expect(DELETION_STATES.filter((to) => mayMove(state, to))).toEqual([]);
    }
    expect(mayMove("running", "kept")).toBe(false);
  });
});

describe("a yes", () => {
  const yes = { createdAt: NOW, expiresAt: new Date(NOW.getTime() + 600_000) };
  it("holds ten minutes, and not before it was offered, however the clock is set", () => {
    expect(isInTime(yes, new Date(NOW.getTime() + 599_000))).toBe(true);
    expect(isInTime(yes, new Date(NOW.getTime() + 600_000))).toBe(false);
    expect(isInTime(yes, new Date(NOW.getTime() - 3_600_000))).toBe(false);
  });
  it("is typed above 500, for others' messages and for a whole chat", () => {
    expect(mustType({ others: 0, wholeChat: false }, 500)).toBe(false);
    expect(mustType({ others: 0, wholeChat: false }, 501)).toBe(true);
    expect(mustType({ others: 1, wholeChat: false }, 1)).toBe(true);
    expect(mustType({ others: 0, wholeChat: true }, 1)).toBe(true);
  });
  it("is not acted upon hours later", () => {
    expect(isStillReady(NOW, new Date(NOW.getTime() + 30_000))).toBe(true);
    expect(isStillReady(NOW, new Date(NOW.getTime() + 3_600_000))).toBe(false);
    expect(isStillReady(NOW, new Date(NOW.getTime() - 3_600_000))).toBe(false);
    expect(isStillReady(null, NOW)).toBe(false);
  });
});

it("counts down at 60, 30 and 10 seconds", () => {
  let shown = 120;
  const steps: number[] = [];
  for (let left = 120; left > 0; left--) {
    const next = nextCountdown(shown, left);
    if (next === null) continue;
    steps.push(next);
    shown = next;
  }
  expect(steps).toEqual([60, 30, 10]);
});

describe("what Telegram lets delete", () => {
  it("is no service message anywhere", () => {
    const verdict = verdictOn(message({ service: "pin" }), user, { ...NOTHING, deleteAny: true }, all);
    expect(verdict).toEqual({ possible: false, reason: "service" });
  });
  it("is the owner's alone in a supergroup without the right, and all with it", () => {
    const group = { type: "supergroup", isSelf: false } as const;
    expect(verdictOn(message(), group, NOTHING, all)).toEqual({ possible: false, reason: "no-right" });
    expect(verdictOn(message({ outgoing: true }), group, NOTHING, all)).toEqual({ possible: true, effect: "everyone" });
    expect(verdictOn(message(), group, { ...NOTHING, deleteAny: true }, { ...all, everyone: false })).toEqual({
      possible: true,
      effect: "everyone",
    });
  });
  it("in a basic group goes for everyone only as far as the account may take it back", () => {
    const group = { type: "group", isSelf: false } as const;
    const old = message({ outgoing: true, date: new Date("2026-11-01T00:00:00Z") });
    expect(verdictOn(message(), group, NOTHING, all)).toEqual({ possible: true, effect: "me" });
    expect(verdictOn(old, group, NOTHING, all)).toEqual({ possible: true, effect: "everyone" });
    expect(verdictOn(old, group, { ...NOTHING, revokeWithin: 172_800 }, all)).toEqual({ possible: true, effect: "me" });
  });
  it("is no throw of the dice of today, for both sides", () => {
    const dice = message({ media: { ...message().media, type: "other", otherKind: "dice" } });
    expect(verdictOn(dice, user, NOTHING, all)).toEqual({ possible: false, reason: "young-dice" });
    expect(verdictOn(dice, user, NOTHING, { ...all, everyone: false })).toEqual({ possible: true, effect: "me" });
    const old = { ...dice, date: new Date("2026-11-20T00:00:00Z") };
    expect(verdictOn(old, user, NOTHING, all)).toEqual({ possible: true, effect: "everyone" });
  });
  it("is nothing in a chat that the account has left", () => {
    const gone = { ...NOTHING, present: false, deleteAny: true };
    expect(verdictOn(message(), { type: "channel", isSelf: false }, gone, all)).toEqual({
      possible: false,
      reason: "not-member",
    });
  });
});

it("cuts batches of 100 by effect, and halves without losing any", () => {
  const items = Array.from({ length: 250 }, (_, n) => ({
    n,
    effect: n % 5 === 0 ? ("me" as const) : ("everyone" as const),
  }));
  const batches = batchesOf(items);
  expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
  for (const batch of batches) expect(new Set(batch.map(({ effect }) => effect)).size).toBe(1);
  expect(batches.flat().length).toBe(250);
  const [left, right] = bisect([1, 2, 3]);
  expect([...left, ...right]).toEqual([1, 2, 3]);
});

it("tells a message from what it was before it was edited", () => {
  expect(fingerprintOf(message())).toBe(fingerprintOf(message({ messageId: 9, editedAt: NOW })));
  expect(fingerprintOf(message())).not.toBe(fingerprintOf(message({ text: "hello!" })));
});
