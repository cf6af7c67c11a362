import { describe, expect, it } from "vitest";
import { newId } from "../../../src/core/id.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/settings.ts";
import type { Db } from "../../../src/db/db.ts";
import { newHost } from "./samples.ts";

export function botMemorySuite(db: () => Db): void {
  describe("job events", () => {
    it("are told once, in order, and kept", async () => {
      const rootId = newId();
      const at = new Date("2024-01-01T00:00:00.5Z");
      const event = (n: number) => ({
        uid: newId(),
        jobId: rootId,
        rootId,
        event: { type: "file-failed" as const, messageId: n, reason: "😀" },
        at: new Date(at.getTime() + n),
      });
      const events = [event(1), event(2), event(3)];
      for (const one of [...events, ...events].reverse()) await db().jobEvents.add(one);
      expect(await db().jobEvents.untold([rootId], 2)).toEqual(
        events.slice(0, 2).map((one) => ({ ...one, toldAt: null })),
      );
      await db().jobEvents.told([events[0]!.uid, events[1]!.uid], at);
      await db().jobEvents.told([events[0]!.uid], new Date());
      await db().jobEvents.told([], at);
      expect((await db().jobEvents.untold([rootId], 9)).map(({ uid }) => uid)).toEqual([events[2]!.uid]);
      const all = await db().jobEvents.of(rootId, { limit: 9, offset: 0 });
      expect(all.map(({ toldAt }) => toldAt)).toEqual([at, at, null]);
      expect(await db().jobEvents.untold([], 9)).toEqual([]);
    });
  });

  describe("job cards", () => {
    it("get one number each that grows, however many are opened at once", async () => {
      const ids = Array.from({ length: 6 }, () => newId());
      const cards = await Promise.all(
        ids.map((jobId) => db().jobCards.open({ jobId, chatId: 5_000_000_000, replyToId: 3 })),
      );
      expect(new Set(cards.map(({ number }) => number)).size).toBe(6);
      const again = await db().jobCards.open({ jobId: ids[0]!, chatId: 1, replyToId: null });
      expect(again).toEqual(cards[0]);
      expect(await db().jobCards.byNumber(cards[1]!.number)).toEqual(cards[1]);
      const next = await db().jobCards.open({ jobId: newId(), chatId: 1, replyToId: null });
      expect(next.number).toBeGreaterThan(Math.max(...cards.map(({ number }) => number)));
    });

    it("remember their message, milestone and end, and are open until closed", async () => {
      const jobId = newId();
      await db().jobCards.open({ jobId, chatId: 9, replyToId: null });
      const isOpen = async () => (await db().jobCards.openCards()).some((card) => card.jobId === jobId);
      expect(await isOpen()).toBe(true);
      const closedAt = new Date("2024-01-01T00:00:00Z");
      await db().jobCards.update(jobId, { messageId: 77, milestone: 50 });
      await db().jobCards.update(jobId, { endMessageId: 78, closedAt });
      await db().jobCards.update(jobId, {});
      expect(await db().jobCards.get(jobId)).toMatchObject({
        messageId: 77,
        milestone: 50,
        endMessageId: 78,
        closedAt,
      });
      expect(await isOpen()).toBe(false);
      expect((await db().jobCards.ofJobs([jobId, "unknown"])).length).toBe(1);
      expect(await db().jobCards.ofJobs([])).toEqual([]);
      expect(await db().jobCards.get("unknown")).toBeNull();
    });
  });

  describe("settings", () => {
    it("are the defaults until they are set", async () => {
      expect(await db().settings.all()).toMatchObject({ language: DEFAULT_SETTINGS.language });
      await db().settings.set("concurrency", 3);
      await db().settings.set("quietHours", "23:00-07:00");
      await db().settings.set("concurrency", 8);
      expect(await db().settings.all()).toEqual({ ...DEFAULT_SETTINGS, concurrency: 8, quietHours: "23:00-07:00" });
      await db().settings.set("quietHours", null);
      expect((await db().settings.all()).quietHours).toBeNull();
    });

    it("fall back to the default where what is kept makes no sense", async () => {
      await db().settings.remember("timeZone", { wrong: true });
      expect((await db().settings.all()).timeZone).toBe(DEFAULT_SETTINGS.timeZone);
    });

    it("are no place where the bot's own notes show up", async () => {
      await db().settings.remember("owner", { id: 5, name: "Ада 😀" });
      expect(await db().settings.recall("owner")).toEqual({ id: 5, name: "Ада 😀" });
      expect(await db().settings.recall("nothing")).toBeNull();
      expect(Object.keys(await db().settings.all())).toEqual(Object.keys(DEFAULT_SETTINGS));
    });
  });

  describe("drafts", () => {
    const draft = (over: object = {}) => ({
      id: newId(),
      kind: "download",
      data: { step: "types", chosen: ["photo", "😀"] },
      messageId: 4,
      expiresAt: new Date(Date.now() + 60_000),
      ...over,
    });

    it("are saved, changed and taken by exactly one", async () => {
      const one = draft();
      await db().drafts.save(one);
      await db().drafts.save({ ...one, data: { step: "dates" } });
      expect(await db().drafts.get(one.id)).toMatchObject({ ...one, data: { step: "dates" } });
      expect((await db().drafts.latest())?.id).toBe(one.id);
      const taken = await Promise.all([1, 2, 3].map(() => db().drafts.take(one.id)));
      expect(taken.filter(Boolean).length).toBe(1);
      expect(await db().drafts.get(one.id)).toBeNull();
      expect((await db().drafts.latest())?.id).not.toBe(one.id);
    });

    it("are forgotten when their time is over", async () => {
      const old = draft({ expiresAt: new Date(Date.now() - 60_000) });
      const fresh = draft();
      await db().drafts.save(old);
      await db().drafts.save(fresh);
      expect(await db().drafts.get(old.id)).toBeNull();
      await db().drafts.forgetExpired(new Date());
      expect(await db().drafts.take(old.id)).toBe(false);
      expect((await db().drafts.get(fresh.id))?.kind).toBe("download");
    });
  });

  describe("workers", () => {
    it("are known by their last beat, and a machine is drained whichever worker it runs", async () => {
      const hostname = newHost();
      const worker = {
        workerId: `${hostname}/1`,
        hostname,
        roles: ["bot", "worker"],
        version: "2.0.0",
        startedAt: new Date("2024-01-01T00:00:00Z"),
        account: { id: 5, name: "Ada", username: null },
        trouble: null,
        freeBytes: 123_456_789_012_345,
        downloadDir: "/d/😀",
      };
      expect(await db().workers.beat(worker)).toEqual({ draining: false });
      await db().workers.setDraining(hostname, true);
      expect(await db().workers.beat({ ...worker, trouble: "SIGNED_OUT", account: null })).toEqual({ draining: true });
      const found = (await db().workers.list()).find(({ workerId }) => workerId === worker.workerId);
      expect(found).toMatchObject({ ...worker, trouble: "SIGNED_OUT", account: null, draining: true });
      expect(Math.abs(found!.lastSeenAt.getTime() - Date.now())).toBeLessThan(60_000);
      await db().workers.setDraining(hostname, false);
      expect(await db().workers.beat(worker)).toEqual({ draining: false });
      await db().workers.remove(worker.workerId);
      expect((await db().workers.list()).some(({ workerId }) => workerId === worker.workerId)).toBe(false);
    });
  });
}
