import { expect, test } from "vitest";
import { createEditBudget } from "../../../src/bot/edit-budget.ts";
import { createPaces } from "../../../src/bot/pace.ts";
import { type Family, NO_PROGRESS } from "../../../src/core/job.ts";

const family = (progress: Partial<Family["progress"]>, started: number, change: Partial<Family> = {}) =>
  ({
    root: { id: "a", startedAt: new Date(started) },
    counting: false,
    paused: false,
    wait: null,
    progress: { ...NO_PROGRESS, ...progress },
    ...change,
  }) as Family;

test("edits are three seconds apart, and silent for as long as Telegram asked", () => {
  let now = 0;
  const budget = createEditBudget(() => new Date(now));
  expect(budget.take()).toBe(true);
  now = 2_999;
  expect(budget.take()).toBe(false);
  now = 3_000;
  expect(budget.take()).toBe(true);
  budget.pause(30);
  now = 32_999;
  expect(budget.take()).toBe(false);
  now = 33_000;
  expect(budget.take()).toBe(true);
});

test("speed and time left come from the last minute", () => {
  let now = 0;
  const paces = createPaces(() => new Date(now));
  const MB = 1024 ** 2;
  for (let second = 0; second <= 30; second++) {
    now = second * 1_000;
    paces.note("a", family({ done: second, total: 100, bytes: second * MB, totalBytes: 100 * MB }, 0));
  }
  const pace = paces.of("a", family({ done: 30, total: 100, bytes: 30 * MB, totalBytes: 100 * MB }, 0));
  expect(pace.bytesPerSecond).toBe(MB);
  expect(Math.round((pace.remaining ?? 0) / 1_000)).toBe(70);
});

test("a wait is forgotten, not counted as slowness", () => {
  let now = 0;
  const paces = createPaces(() => new Date(now));
  const step = (seconds: number, bytes: number, wait: Family["wait"] = null) => {
    now += seconds * 1_000;
    const at = family({ done: bytes, total: 1_000, bytes, totalBytes: 1_000 }, 0, { wait });
    paces.note("a", at);
    return paces.of("a", at);
  };
  step(0, 0);
  step(10, 100);
  step(30, 100, { until: new Date(1), reason: "FLOOD_WAIT" });
  step(1, 100);
  expect(step(10, 200).bytesPerSecond).toBeCloseTo(100 / 11, 5);
});

test("nothing is said before there is something to say", () => {
  const paces = createPaces(() => new Date(0));
  expect(paces.note("a", family({}, 0)).expectedMs).toBeNull();
  expect(paces.of("a", family({}, 0))).toEqual({ bytesPerSecond: null, remaining: null });
});
