import { describe, expect, test } from "vitest";
import { dueChange } from "../../../src/bot/card-state.ts";
import { type Family, type JobProgress, NO_PROGRESS } from "../../../src/core/job.ts";
import type { JobCard } from "../../../src/db/db.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const secondsAgo = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

const CARD: JobCard = {
  jobId: "a",
  number: 1,
  chatId: 1,
  messageId: 2,
  replyToId: null,
  milestone: 0,
  endMessageId: null,
  closedAt: null,
};

function family(change: Partial<Family> & { done?: number; total?: number; started?: Date | null } = {}): Family {
  const { done = 0, total = 100, started = secondsAgo(10), ...rest } = change;
  const progress: JobProgress = { ...NO_PROGRESS, done, total };
  return {
    root: {
      id: "a",
      rootId: null,
      task: "scan",
      payload: { chatId: 1, filter: {}, next: "download" },
      title: "News",
      state: "completed",
      priority: 0,
      paused: false,
      hostname: null,
      attempts: 1,
      maxAttempts: 3,
      runAt: secondsAgo(20),
      lockedBy: null,
      lockedUntil: null,
      progress,
      wait: null,
      result: null,
      error: null,
      createdAt: secondsAgo(20),
      startedAt: started,
      endedAt: null,
    },
    state: "active",
    paused: false,
    counting: false,
    progress,
    wait: null,
    parts: 1,
    hostnames: [],
    ...rest,
  };
}

const due = (shown: string, of: Family, { milestone = 0, expectedMs = 60_000 as number | null } = {}) => {
  const change = dueChange({ card: { ...CARD, milestone }, family: of, shown, now: NOW, expectedMs });
  return change && { state: change.state, kind: change.shape.kind, milestone: change.milestone };
};

describe("a running job", () => {
  test.each([
    [10, 0, null],
    [25, 0, 25],
    [49, 25, null],
    [80, 0, 75],
    [99, 75, null],
    [100, 75, null],
  ])("at %i %% after the milestone %i tells %j", (done, milestone, told) => {
    expect(due("running", family({ done }), { milestone })?.milestone ?? null).toBe(told);
  });

  test("tells no milestone while files are still being counted", () => {
    expect(due("running", family({ done: 60, counting: true }))).toBeNull();
  });

  test("tells none either when it will be over within five seconds", () => {
    expect(due("running", family({ done: 60 }), { expectedMs: 4_000 })).toBeNull();
  });

  test("says the number of files after 20 s without a milestone, once", () => {
    const slow = family({ done: 3, started: secondsAgo(25) });
    expect(due("running", slow)).toEqual({ state: "counted", kind: "goes-on", milestone: null });
    expect(due("counted", slow)).toBeNull();
    expect(due("counted", family({ done: 26, started: secondsAgo(30) }))?.milestone).toBe(25);
  });

  test("is no news between two of its parts", () => {
    expect(due("running", family({ done: 3, state: "waiting" }))).toBeNull();
  });
});

describe("a change of state", () => {
  const wait = (seconds: number) => ({ until: new Date(NOW.getTime() + seconds * 1_000), reason: "FLOOD_WAIT" });

  test("is told whatever the milestone: pause, wait, queue", () => {
    expect(due("running", family({ done: 30, paused: true }))?.kind).toBe("paused");
    expect(due("running", family({ done: 30, wait: wait(30) }))?.kind).toBe("waiting");
    const queued = family({ state: "waiting", started: null, total: 0 });
    expect(due("running", queued)?.kind).toBe("queued");
  });

  test("is not told for a wait of a moment, nor twice for the same wait", () => {
    expect(due("running", family({ done: 3, wait: wait(2) }))).toBeNull();
    const shown = due("running", family({ done: 3, wait: wait(30) }))?.state ?? "";
    expect(due(shown, family({ done: 3, wait: wait(30) }))).toBeNull();
    expect(due(shown, family({ done: 3, wait: wait(2) }))).toBeNull();
    expect(due(shown, family({ done: 3, wait: wait(200) }))?.kind).toBe("waiting");
  });

  test("back to work names a milestone only where a new one was reached", () => {
    expect(due("paused", family({ done: 30 }), { milestone: 25 })).toEqual({
      state: "counted",
      kind: "goes-on",
      milestone: null,
    });
    expect(due("paused", family({ done: 51 }), { milestone: 25 })).toMatchObject({ kind: "milestone", milestone: 50 });
  });

  test("after a restart comes only when somebody works on the job again", () => {
    expect(due("restart", family({ done: 30, state: "waiting" }))).toBeNull();
    expect(due("restart", family({ done: 30 }), { milestone: 25 })?.kind).toBe("goes-on");
  });
});
