import { describe, expect, it } from "vitest";
import { cityOf, findTimeZones, timeZones } from "../../../src/core/cities.ts";
import { formatClock, formatDay, isQuiet, parseQuietHours } from "../../../src/core/clock.ts";
import { addDays, addMonths, instantOf, isTimeZone, localTime, startOfDay, weekday } from "../../../src/core/zone.ts";
import { Random } from "./random.ts";

describe("instantOf", () => {
  it("is what localTime says the other way round, in every zone and at any time", () => {
    const random = new Random(4);
    const zones = timeZones();
    for (let round = 0; round < 500; round++) {
      const timeZone = random.pick(zones);
      const instant = new Date(
        Date.UTC(random.int(2000, 2035), random.int(0, 11), random.int(1, 28), random.int(0, 23), random.int(0, 59)),
      );
      const local = localTime(instant, timeZone);
      const back = instantOf(local, timeZone);
      // An hour that the clocks show twice has two instants.
      expect(localTime(back, timeZone)).toEqual(local);
      expect(instant.getTime() - back.getTime()).toBeLessThanOrEqual(2 * 3_600_000);
      expect(instant.getTime() - back.getTime()).toBeGreaterThanOrEqual(0);
    }
  });

  it("takes the first of two, and the end of a gap", () => {
    const kyiv = (hour: number, day: number, month: number) =>
      instantOf({ year: 2024, month, day, hour, minute: 30 }, "Europe/Kyiv");
    expect(kyiv(3, 27, 10).toISOString()).toBe("2024-10-27T00:30:00.000Z");
    expect(kyiv(3, 31, 3).toISOString()).toBe("2024-03-31T01:00:00.000Z");
    // Samoa went without 30 December 2011.
    expect(startOfDay({ year: 2011, month: 12, day: 30 }, "Pacific/Apia").toISOString()).toBe(
      "2011-12-30T10:00:00.000Z",
    );
  });
});

it("counts on the calendar", () => {
  expect(addDays({ year: 2024, month: 2, day: 28 }, 2)).toEqual({ year: 2024, month: 3, day: 1 });
  expect(addMonths({ year: 2024, month: 1, day: 31 }, -2)).toEqual({ year: 2023, month: 11, day: 30 });
  expect(addMonths({ year: 2023, month: 12, day: 31 }, 2)).toEqual({ year: 2024, month: 2, day: 29 });
  expect(weekday({ year: 2026, month: 11, day: 22 })).toBe(7);
  expect(weekday({ year: 2026, month: 11, day: 23 })).toBe(1);
});

describe("time zones", () => {
  it.each([
    ["Europe/Kyiv", true],
    ["europe/kyiv", true],
    ["UTC", true],
    ["Mars/Base", false],
    ["", false],
    ["../etc", false],
    ["Europe/Kyiv; drop", false],
  ])("knows %j: %s", (name, expected) => {
    expect(isTimeZone(name)).toBe(expected);
  });

  it.each([
    ["kyiv", "Europe/Kyiv"],
    ["Kiev", "Europe/Kyiv"],
    ["europe/kyiv", "Europe/Kyiv"],
    ["new york", "America/New_York"],
    ["NEW_YORK", "America/New_York"],
    ["são paulo", "America/Sao_Paulo"],
    ["san fran", "America/Los_Angeles"],
    ["mumbai", "Asia/Kolkata"],
    ["Berln", "Europe/Berlin"],
    ["utc", "UTC"],
    ["UTC+3", "Etc/GMT-3"],
    ["GMT-05:00", "Etc/GMT+5"],
    ["utc+0", "UTC"],
  ])("finds %j", (text, zone) => {
    expect(findTimeZones(text)[0]).toBe(zone);
    expect(isTimeZone(zone)).toBe(true);
  });

  it("finds none for nonsense, and only zones that exist", () => {
    expect(findTimeZones("qqqqqqqq")).toEqual([]);
    expect(findTimeZones("UTC+99")).toEqual([]);
    expect(timeZones().every(isTimeZone)).toBe(true);
    expect(cityOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  });
});

describe("clock", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  it.each([
    ["2026-11-22T12:05:00Z", "14:05"],
    ["2026-11-22T22:10:00Z", "tomorrow 00:10"],
    ["2026-11-21T12:00:00Z", "yesterday 14:00"],
    ["2026-05-03T12:00:00Z", "3 May 15:00"],
    ["2024-09-03T12:00:00Z", "3 Sep 2024 15:00"],
  ])("shows %s as %s in Kyiv", (instant, expected) => {
    expect(formatClock(new Date(instant), "Europe/Kyiv", now)).toBe(expected);
  });

  it("names days in the owner's language", () => {
    expect(formatDay(now, "UTC", "de")).toContain("2026");
    expect(formatDay(now, "UTC", "en", true)).toBe("22 Nov");
  });

  it.each([
    ["23:00-07:00", "23:00-07:00"],
    ["23-7", "23:00-07:00"],
    ["23:00 – 7:00", "23:00-07:00"],
    ["22.30 to 6", "22:30-06:00"],
    ["off", null],
  ])("reads the quiet hours %j", (text, expected) => {
    expect(parseQuietHours(text)).toBe(expected);
  });

  it.each(["25-7", "23:60-7", "night", "7-7", ""])("refuses %j with the way to write it", (text) => {
    expect(() => parseQuietHours(text)).toThrow("23:00-07:00");
  });

  it("is quiet over midnight, and no longer at the end", () => {
    const at = (time: string) => isQuiet("23:00-07:00", new Date(`2026-11-22T${time}:00Z`), "UTC");
    expect(["22:59", "23:00", "03:00", "06:59", "07:00"].map(at)).toEqual([false, true, true, true, false]);
    expect(isQuiet("09:00-17:00", new Date("2026-11-22T08:00:00Z"), "Europe/Kyiv")).toBe(true);
    expect(isQuiet(null, now, "UTC")).toBe(false);
    expect(isQuiet("rubbish", now, "UTC")).toBe(false);
  });
});
