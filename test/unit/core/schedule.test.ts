import { describe, expect, it } from "vitest";
import { keptSince, nextRun, nextRuns, type Timing } from "../../../src/core/schedule.ts";
import { parseSchedule } from "../../../src/core/schedule-words.ts";

const KYIV = "Europe/Kyiv";
const daily = (hour: number, minute = 0): Timing => ({ every: "day", hour, minute });
const iso = (dates: Date[]) => dates.map((date) => date.toISOString());

describe("the next run", () => {
  it("is at the owner's hour, today or tomorrow", () => {
    const noon = new Date("2026-11-22T12:00:00Z");
    expect(nextRun(daily(4), KYIV, noon).toISOString()).toBe("2026-11-23T02:00:00.000Z");
    expect(nextRun(daily(16), KYIV, noon).toISOString()).toBe("2026-11-22T14:00:00.000Z");
    expect(nextRun(daily(14), KYIV, noon).toISOString()).toBe("2026-11-23T12:00:00.000Z");
  });

  it("keeps to the owner's clock when that changes: a skipped hour runs after the gap, a doubled one once", () => {
    const beforeSpring = new Date("2027-03-26T12:00:00Z");
    expect(iso(nextRuns(daily(3, 30), KYIV, beforeSpring, 3))).toEqual([
      "2027-03-27T01:30:00.000Z",
      "2027-03-28T01:00:00.000Z",
      "2027-03-29T00:30:00.000Z",
    ]);
    const beforeAutumn = new Date("2026-10-24T12:00:00Z");
    expect(iso(nextRuns(daily(3, 30), KYIV, beforeAutumn, 2))).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-26T01:30:00.000Z",
    ]);
  });

  it("finds weekdays, and the last day of a month that is too short", () => {
    const from = new Date("2027-01-30T12:00:00Z");
    const weekly: Timing = { every: "week", weekday: 1, hour: 4, minute: 0 };
    expect(nextRun(weekly, "UTC", from).toISOString()).toBe("2027-02-01T04:00:00.000Z");
    const monthly: Timing = { every: "month", day: 31, hour: 4, minute: 0 };
    expect(iso(nextRuns(monthly, "UTC", from, 2))).toEqual(["2027-01-31T04:00:00.000Z", "2027-02-28T04:00:00.000Z"]);
  });

  it("counts what is kept in whole days of the zone", () => {
    const now = new Date("2026-11-22T23:30:00Z");
    expect(keptSince({ count: 30, unit: "d" }, KYIV, now).toISOString()).toBe("2026-10-23T21:00:00.000Z");
    expect(keptSince({ count: 6, unit: "m" }, "UTC", now).toISOString()).toBe("2026-05-22T00:00:00.000Z");
  });
});

describe("the words of /schedule", () => {
  it("tells chat and filters from time and number, which come after keep", () => {
    expect(parseSchedule('delete "Daily News" keep 30d type:sticker from:me weekly at 04:00 cap 200')).toEqual({
      task: "delete",
      rest: '"Daily News" type:sticker from:me',
      keep: { count: 30, unit: "d" },
      cap: 200,
      timing: { every: "week", weekday: 1, hour: 4, minute: 0 },
    });
    expect(parseSchedule("delete Daily News keep 8w fridays")).toMatchObject({
      rest: "Daily News",
      keep: { count: 8, unit: "w" },
      timing: { every: "week", weekday: 5, hour: 10, minute: 0 },
    });
    expect(parseSchedule("delete @a keep:1y every month at:7").timing).toEqual({
      every: "month",
      day: 1,
      hour: 7,
      minute: 0,
    });
  });

  it("says in one sentence what to write instead", () => {
    expect(() => parseSchedule("delete @a keep lots")).toThrow("write keep 30d");
    expect(() => parseSchedule("delete @a keep 0d")).toThrow("write keep 30d");
    expect(() => parseSchedule("delete @a keep 30d at 25:00")).toThrow("write it like at 04:00");
    expect(() => parseSchedule("delete @a keep 30d cap 0")).toThrow("as in cap 500");
    expect(() => parseSchedule("delete @a keep 30d every blue")).toThrow("write daily");
    expect(parseSchedule("delete @a").keep).toBeNull();
  });
});
