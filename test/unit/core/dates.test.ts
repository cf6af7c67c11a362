import { describe, expect, it } from "vitest";
import { parseDates } from "../../../src/core/dates.ts";

/** Sunday noon in Kyiv's winter time. */
const now = new Date("2026-11-22T10:00:00Z");
function range(text: string, timeZone = "UTC", at = now): string {
  const found = parseDates(text, { now: at, timeZone }, false);
  const short = (date: Date | null): string => date?.toISOString().replace(/(T00:00)?:00\.000Z$/, "") ?? "";
  return found ? `${short(found.from)} / ${short(found.to)}` : "none";
}

describe("parseDates", () => {
  it.each([
    ["today", "2026-11-22 / 2026-11-23"],
    ["yesterday", "2026-11-21 / 2026-11-22"],
    ["7d", "2026-11-15 / "],
    ["last 7 days", "2026-11-15 / "],
    ["2w", "2026-11-08 / "],
    ["3m", "2026-08-22 / "],
    ["1y", "2025-11-22 / "],
    ["this week", "2026-11-16 / 2026-11-23"],
    ["last week", "2026-11-09 / 2026-11-16"],
    ["this month", "2026-11-01 / 2026-12-01"],
    ["last month", "2026-10-01 / 2026-11-01"],
    ["last-month", "2026-10-01 / 2026-11-01"],
    ["this year", "2026-01-01 / 2027-01-01"],
    ["LAST YEAR", "2025-01-01 / 2026-01-01"],
    ["2024", "2024-01-01 / 2025-01-01"],
    ["2024-12", "2024-12-01 / 2025-01-01"],
    ["2024-2", "2024-02-01 / 2024-03-01"],
    ["2024-02-29", "2024-02-29 / 2024-03-01"],
    ["20240229", "2024-02-29 / 2024-03-01"],
    ["2024/02/29", "2024-02-29 / 2024-03-01"],
    ["29.02.2024", "2024-02-29 / 2024-03-01"],
    ["jan 2024", "2024-01-01 / 2024-02-01"],
    ["September 2024", "2024-09-01 / 2024-10-01"],
    ["sept2024", "2024-09-01 / 2024-10-01"],
    ["2024 jan", "2024-01-01 / 2024-02-01"],
    ["15 March 2024", "2024-03-15 / 2024-03-16"],
    ["may-2024", "2024-05-01 / 2024-06-01"],
    ["2024..2025", "2024-01-01 / 2026-01-01"],
    ["2024-01..2024-06", "2024-01-01 / 2024-07-01"],
    ["2024-01-05..2024-01-05", "2024-01-05 / 2024-01-06"],
    ["..2024", " / 2025-01-01"],
    ["2024..", "2024-01-01 / "],
    ["2024…2025", "2024-01-01 / 2026-01-01"],
    ["jan 2024 .. mar 2024", "2024-01-01 / 2024-04-01"],
    ["yesterday..today", "2026-11-21 / 2026-11-23"],
    ["7d..3d", "2026-11-15 / 2026-11-20"],
    ["1234", "none"],
    ["video", "none"],
    ["..", "none"],
    ["may", "none"],
    ["7", "none"],
    ["7x", "none"],
  ])("reads %j", (text, expected) => {
    expect(range(text)).toBe(expected);
  });

  it("takes the last day of a month that is too short", () => {
    expect(range("1m", "UTC", new Date("2024-03-31T12:00:00Z"))).toBe("2024-02-29 / ");
    expect(range("1y", "UTC", new Date("2024-02-29T12:00:00Z"))).toBe("2023-02-28 / ");
  });

  it("takes the owner's day, not that of UTC", () => {
    const late = new Date("2026-11-22T22:30:00Z");
    expect(range("today", "Europe/Kyiv", late)).toBe("2026-11-22T22:00 / 2026-11-23T22:00");
    expect(range("today", "America/Los_Angeles", new Date("2026-11-22T03:00:00Z"))).toBe(
      "2026-11-21T08:00 / 2026-11-22T08:00",
    );
  });

  it("counts days of 23 and 25 hours", () => {
    expect(range("2024-03-31", "Europe/Kyiv")).toBe("2024-03-30T22:00 / 2024-03-31T21:00");
    expect(range("2024-10-27", "Europe/Kyiv")).toBe("2024-10-26T21:00 / 2024-10-27T22:00");
  });

  it("begins a day whose midnight is skipped with its first moment", () => {
    expect(range("2024-04-26", "Africa/Cairo")).toBe("2024-04-25T22:00 / 2024-04-26T21:00");
    expect(range("2018-11-04", "America/Sao_Paulo")).toBe("2018-11-04T03:00 / 2018-11-05T02:00");
  });

  it("reads an exact time in the zone, or with its own offset", () => {
    const moment = (text: string) => parseDates(text, { now, timeZone: "Europe/Kyiv" }, true)?.from?.toISOString();
    expect(moment("2024-01-01T10:30")).toBe("2024-01-01T08:30:00.000Z");
    expect(moment("2024-01-01T10:30Z")).toBe("2024-01-01T10:30:00.000Z");
    expect(moment("2024-01-01T10:30:05.123+02:00")).toBe("2024-01-01T08:30:05.123Z");
    expect(() => moment("2024-01-01T25:00")).toThrow("time of day");
  });
});
