import { describe, expect, it } from "vitest";
import { type MilestoneState, milestoneToTell } from "../../../src/core/milestones.ts";
import { Random } from "./random.ts";

const state = (more: Partial<MilestoneState>): MilestoneState => ({
  done: 0,
  total: 100,
  counting: false,
  over: false,
  shown: -1,
  ...more,
});

describe("milestoneToTell", () => {
  it.each<[Partial<MilestoneState>, number | null]>([
    [{}, 0],
    [{ shown: 0 }, null],
    [{ done: 24, shown: 0 }, null],
    [{ done: 25, shown: 0 }, 25],
    [{ done: 80, shown: 0 }, 75],
    [{ done: 80, shown: 75 }, null],
    [{ done: 100, shown: 75 }, null],
    [{ done: 100, shown: 75, over: true }, 100],
    [{ done: 100, shown: 100, over: true }, null],
    [{ done: 10, shown: 0, over: true }, 100],
    [{ total: 0, over: true }, 100],
    [{ total: 0 }, 0],
    [{ done: 90, counting: true, shown: 0 }, null],
    [{ done: 10, total: 1000, shown: 50 }, null],
    [{ done: 1, total: 4, shown: 0 }, 25],
    [{ done: 29, total: 116, shown: 0 }, 25],
  ])("%j", (more, expected) => {
    expect(milestoneToTell(state(more))).toBe(expected);
  });

  it("tells each one once at most and in order, whatever the progress does", () => {
    const random = new Random(8);
    for (let round = 0; round < 300; round++) {
      const told: number[] = [];
      let [done, total] = [0, random.int(1, 500)];
      for (let step = 0; step < 60; step++) {
        const over = step === 59;
        const next = milestoneToTell({ done, total, counting: random.chance(0.2), over, shown: told.at(-1) ?? -1 });
        if (next !== null) told.push(next);
        total += random.chance(0.3) ? random.int(0, 50) : 0;
        done = Math.min(total, done + random.int(0, 30));
      }
      expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
      expect(told.at(-1)).toBe(100);
      expect(told[0]).toBe(0);
    }
  });
});
