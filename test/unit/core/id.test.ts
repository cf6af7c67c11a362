import { expect, it } from "vitest";
import { firstIdOf, newId } from "../../../src/core/id.ts";

it("makes keys of 26 plain characters", () => {
  expect(newId()).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
});

it("makes each key larger than the one before, also within one millisecond and when the clock goes back", () => {
  const now = Date.now() + 1000;
  const ids = Array.from({ length: 5000 }, (_, n) => newId(now - (n % 7)));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(5000);
});

it("tells when a key was made by its first characters", () => {
  const at = new Date(Date.now() + 86_400_000);
  expect(newId(at.getTime()) >= firstIdOf(at)).toBe(true);
  expect(firstIdOf(new Date(at.getTime() + 1)) > newId(at.getTime())).toBe(true);
});
