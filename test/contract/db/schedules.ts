import { describe, expect, it } from "vitest";
import { newId } from "../../../src/core/id.ts";
import type { Db } from "../../../src/db/db.ts";

const DUE = new Date("2026-11-22T10:00:00.000Z");
const NEXT = new Date("2026-11-23T10:00:00.000Z");
const wish = { filter: { from: ["me"] }, keep: { count: 30, unit: "d" as const }, everyone: true, cap: 500 };
const made = (id: string) => ({
  id,
  task: "delete" as const,
  chatId: -1_001,
  chatTitle: "Room 😀",
  wish,
  timing: { every: "day" as const, hour: 10, minute: 0 },
  timeZone: "Europe/Kyiv",
  nextRunAt: DUE,
  ownerChatId: 5,
});

export function noScheduleSuite(db: () => Db): void {
  it("takes no schedule and runs none while its central is away", async () => {
    const refused = { name: "RetryLaterError", message: "My database isn't answering, so schedules wait." };
    await expect(db().schedules.create(made(newId()))).rejects.toMatchObject(refused);
    await expect(db().schedules.due(NEXT)).rejects.toMatchObject(refused);
  });
}

export function scheduleSuite(db: () => Db): void {
  describe("schedules", () => {
    it("are made once, with a number of their own, and read as they were written", async () => {
      const [one, other] = [newId(), newId()];
      const first = await db().schedules.create(made(one));
      expect(await db().schedules.create(made(one))).toEqual(first);
      const second = await db().schedules.create(made(other));
      expect(second.number).toBe(first.number + 1);
      expect(first).toMatchObject({ ...made(one), state: "on", lastRunAt: null, lastRunId: null, missedAt: null });
      expect((await db().schedules.list()).map(({ id }) => id)).toEqual(expect.arrayContaining([one, other]));
    });

    it("give each run to one caller only, and none while paused or removed", async () => {
      const { schedules } = db();
      const { id } = await schedules.create(made(newId()));
      const isDue = async () => (await schedules.due(DUE)).some((one) => one.id === id);
      expect(await isDue()).toBe(true);
      expect((await schedules.due(new Date(DUE.getTime() - 1))).some((one) => one.id === id)).toBe(false);
      const taken = await Promise.all([1, 2, 3].map(() => schedules.advance(id, DUE, NEXT, {})));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await isDue()).toBe(false);
      expect(await schedules.setState(id, "paused")).toBe(true);
      expect(await schedules.setState(id, "paused")).toBe(false);
      expect(await schedules.advance(id, NEXT, DUE, {})).toBe(false);
      expect(await schedules.setState(id, "on", DUE)).toBe(true);
      expect(await isDue()).toBe(true);
      expect(await schedules.setState(id, "removed")).toBe(true);
      expect(await isDue()).toBe(false);
      expect(await schedules.setState(id, "on")).toBe(false);
      expect((await schedules.list()).some((one) => one.id === id)).toBe(false);
    });

    it("offer what was missed to one tap only", async () => {
      const { schedules } = db();
      const { id } = await schedules.create(made(newId()));
      expect(await schedules.advance(id, DUE, NEXT, { missedAt: DUE })).toBe(true);
      expect((await schedules.get(id))?.missedAt).toEqual(DUE);
      const taps = await Promise.all([1, 2].map(() => schedules.takeMissed(id)));
      expect(taps.filter(Boolean)).toHaveLength(1);
      await schedules.ran(id, DUE, "run");
      expect(await schedules.get(id)).toMatchObject({ missedAt: null, lastRunAt: DUE, lastRunId: "run" });
    });
  });
}
