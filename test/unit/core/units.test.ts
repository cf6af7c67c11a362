import { describe, expect, it } from "vitest";
import { plural } from "../../../src/core/plural.ts";
import { retryDelay } from "../../../src/core/retry.ts";
import {
  formatBytes,
  formatBytesOf,
  formatCount,
  formatDuration,
  formatRemaining,
  formatSpeed,
  percent,
  remainingTime,
} from "../../../src/core/units.ts";

const [KB, MB, GB] = [1024, 1024 ** 2, 1024 ** 3];
const minutes = (count: number): number => count * 60_000;

describe("units", () => {
  it.each([
    [0, "0 B"],
    [1023, "1,023 B"],
    [KB, "1 KB"],
    [1536, "1.5 KB"],
    [1023.9 * KB, "1,023.9 KB"],
    [MB - 1, "1 MB"],
    [84 * MB, "84 MB"],
    [41.2 * GB, "41.2 GB"],
    [1023.99 * GB, "1 TB"],
    [5000 * 1024 * GB, "4.9 PB"],
    [-5, "0 B"],
  ])("shows %d bytes as %s", (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected);
  });

  it("shows a part of a whole with the unit once, and numbers in the owner's language", () => {
    expect(formatBytesOf(20.6 * GB, 41.2 * GB)).toBe("20.6 of 41.2 GB");
    expect(formatBytesOf(500 * MB, 41.2 * GB)).toBe("500 MB of 41.2 GB");
    expect(formatSpeed(6.1 * MB)).toBe("6.1 MB/s");
    expect(formatCount(1224)).toBe("1,224");
    expect(formatBytes(1536, "de")).toBe("1,5 KB");
  });

  it.each([
    [0, "0 s"],
    [45_400, "45 s"],
    [59_600, "1 min"],
    [minutes(55), "55 min"],
    [minutes(59.7), "1 h 00 min"],
    [minutes(125), "2 h 05 min"],
    [minutes(23 * 60 + 59), "23 h 59 min"],
    [minutes(24 * 60), "1 d"],
    [minutes(76 * 60), "3 d 4 h"],
  ])("shows %d ms as %s", (duration, expected) => {
    expect(formatDuration(duration)).toBe(expected);
  });

  it("says what is left only once it can be known, and never to the second", () => {
    expect(remainingTime(50, 100, 9_999)).toBeNull();
    expect(remainingTime(1, 100, 60_000)).toBeNull();
    expect(remainingTime(0, 100, 60_000)).toBeNull();
    expect(remainingTime(100, 100, 60_000)).toBeNull();
    expect(remainingTime(2, 100, 10_000)).toBe(490_000);
    expect(formatRemaining(20_000)).toBe("less than a minute left");
    expect(formatRemaining(minutes(7.2))).toBe("about 8 min left");
    expect(formatRemaining(minutes(52))).toBe("about 55 min left");
    expect(formatRemaining(minutes(130))).toBe("about 2 h 15 min left");
  });

  it("rounds percents down, so that 100 means all", () => {
    expect([percent(999, 1000), percent(1000, 1000), percent(0, 0), percent(5, 3)]).toEqual([99, 100, 0, 100]);
  });
});

it("counts in the words of a language", () => {
  const files = { one: "file", other: "files" };
  expect([0, 1, 2].map((count) => plural(count, files))).toEqual(["files", "file", "files"]);
  const ukrainian = { one: "файл", few: "файли", many: "файлів", other: "файлу" };
  expect([1, 3, 5, 21, 12].map((count) => plural(count, ukrainian, "uk"))).toEqual([
    "файл",
    "файли",
    "файлів",
    "файл",
    "файлів",
  ]);
});

it("waits 2 s after the first attempt and longer after each, within bounds", () => {
  expect([1, 2, 3].map((attempt) => retryDelay(attempt))).toEqual([2_000, 4_000, 8_000]);
  expect(retryDelay(1_000)).toBe(60_000);
  expect(retryDelay(1, () => 0.999)).toBeLessThanOrEqual(2_500);
  expect(retryDelay(1, () => 0)).toBe(2_000);
});
