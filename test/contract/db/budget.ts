import { describe, expect, it } from "vitest";
import { newId } from "../../../src/core/id.ts";
import type { Db } from "../../../src/db/db.ts";

export function budgetSuite(db: () => Db): void {
  describe("the account's budget of requests", () => {
    it("lets a burst through and spreads what follows", async () => {
      const kind = newId();
      const rate = { perSecond: 1, burst: 3 };
      const waits: number[] = [];
      for (let n = 0; n < 6; n++) waits.push(await db().budget.take(kind, 1, rate));
      expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
      waits.slice(3).forEach((wait, n) => {
        expect(wait).toBeGreaterThan((n + 1) * 1000 - 900);
        expect(wait).toBeLessThanOrEqual((n + 1) * 1000);
      });
    });

    it("gives the same turn to no two who ask at once", async () => {
      const kind = newId();
      const rate = { perSecond: 0.01, burst: 1 };
      const waits = await Promise.all(Array.from({ length: 8 }, () => db().budget.take(kind, 1, rate)));
      const turns = waits.map((wait) => Math.round(wait / 100_000)).sort((a, b) => a - b);
      expect(turns).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    });

    it("rests for everybody when Telegram asks for it", async () => {
      const kind = newId();
      await db().budget.rest(kind, 60_000);
      const wait = await db().budget.take(kind, 1, { perSecond: 10, burst: 5 });
      expect(wait).toBeGreaterThan(55_000);
      expect(await db().budget.take(newId(), 1, { perSecond: 10, burst: 5 })).toBe(0);
    });
  });
}
