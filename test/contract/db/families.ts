import { describe, expect, it } from "vitest";
import type { Job, NewJob } from "../../../src/core/job.ts";
import type { Db } from "../../../src/db/db.ts";
import { claimed, claimFor, newHost, newScan, progress, sampleMessages } from "./samples.ts";

const PAGE = { limit: 50, offset: 0 };

/** A scan that a worker holds, and pages for it. */
async function startedScan(db: Db): Promise<{ hostname: string; scan: Job<"scan">; workerId: string }> {
  const hostname = newHost();
  await db.jobs.add([newScan({ hostname })]);
  const scan = await claimed(db, hostname, "scan");
  return { hostname, scan, workerId: scan.lockedBy! };
}

const pageOf = (scan: Job<"scan">, from: number, count: number, over: object = {}) => {
  const messages = sampleMessages(scan.payload.chatId, count, from);
  return {
    messages,
    wanted: messages.map(({ messageId }) => messageId),
    hostname: "seer",
    progress: progress({ total: from + count - 1, seen: from + count - 1 }),
    cursor: { before: from },
    ...over,
  };
};

export function familySuite(db: () => Db): void {
  describe("a scan's page", () => {
    it("is recorded with its messages, its batch and its place, in one go", async () => {
      const { scan, workerId } = await startedScan(db());
      expect(await db().jobs.scanned(scan, workerId, pageOf(scan, 1, 100, { wanted: [2, 3, 5] }))).toBe(true);
      expect(await db().messages.count({ chatId: scan.payload.chatId })).toBe(100);
      expect(await db().jobs.scanCursor(scan.id)).toEqual({ before: 1 });
      const batch = (await db().jobs.get(`${scan.id}-2`)) as Job<"download">;
      expect(batch).toMatchObject({
        rootId: scan.id,
        task: "download",
        payload: { chatId: scan.payload.chatId, messageIds: [2, 3, 5] },
        state: "waiting",
        hostname: scan.hostname,
        progress: progress({ total: 3, totalBytes: 3000 }),
      });
      const given = await db().messages.of(scan.payload.chatId, [1, 2]);
      expect(given.map(({ rootId }) => rootId)).toEqual([null, scan.id]);
    });

    it("adds nothing twice when it is scanned twice", async () => {
      const { scan, workerId } = await startedScan(db());
      const page = pageOf(scan, 1, 100);
      await db().jobs.scanned(scan, workerId, page);
      await db().jobs.scanned(scan, workerId, page);
      expect((await db().jobs.family(scan.id))?.parts).toBe(1);
    });

    it("changes nothing when the lease was lost", async () => {
      const { scan, workerId } = await startedScan(db());
      await db().jobs.cancel(scan.id);
      expect(await db().jobs.scanned(scan, workerId, pageOf(scan, 1, 10))).toBe(false);
      expect(await db().messages.count({ chatId: scan.payload.chatId })).toBe(0);
      expect((await db().jobs.family(scan.id))?.parts).toBe(0);
    });

    it("queues nothing when nothing is to follow", async () => {
      const hostname = newHost();
      await db().jobs.add([newScan({ hostname, payload: { chatId: -5, filter: {}, next: null } })]);
      const scan = await claimed(db(), hostname, "scan");
      await db().jobs.scanned(scan, scan.lockedBy!, pageOf(scan, 1, 10));
      expect((await db().jobs.family(scan.id))?.parts).toBe(0);
    });

    it("is cut into batches of 100", async () => {
      const { scan, workerId } = await startedScan(db());
      await db().jobs.scanned(scan, workerId, pageOf(scan, 1, 250));
      const family = await db().jobs.family(scan.id);
      expect(family).toMatchObject({ parts: 3, progress: { total: 250, totalBytes: 250_000 } });
    });
  });

  describe("a family", () => {
    it("adds up what its parts have done, while the scan goes on and after", async () => {
      const { hostname, scan, workerId } = await startedScan(db());
      await db().jobs.scanned(scan, workerId, pageOf(scan, 1, 100));
      await db().jobs.scanned(scan, workerId, pageOf(scan, 101, 50));
      const batch = await claimed(db(), hostname, "download");
      await db().jobs.heartbeat(
        batch,
        workerId,
        60_000,
        progress({ done: 40, total: 100, saved: 30, had: 8, failed: 2, bytes: 500, totalBytes: 1000 }),
        null,
      );
      expect(await db().jobs.family(scan.id)).toMatchObject({
        state: "active",
        counting: true,
        parts: 2,
        hostnames: [hostname],
        progress: { done: 40, total: 150, saved: 30, had: 8, failed: 2, bytes: 500, totalBytes: 51_000, seen: 150 },
      });
      await db().jobs.complete(scan, workerId, progress({ total: 150, seen: 150 }), { seen: 150, matched: 150 });
      expect(await db().jobs.family(scan.id)).toMatchObject({ state: "active", counting: false });
    });

    it("is over only when all its parts are", async () => {
      const { hostname, scan, workerId } = await startedScan(db());
      await db().jobs.scanned(scan, workerId, pageOf(scan, 1, 10));
      await db().jobs.complete(scan, workerId, progress({ total: 10 }), { seen: 10, matched: 10 });
      expect((await db().jobs.family(scan.id))?.state).toBe("waiting");
      const batch = await claimed(db(), hostname, "download");
      await db().jobs.fail(batch, workerId, progress(), "no");
      expect(await db().jobs.family(scan.id)).toMatchObject({ state: "failed", hostnames: [] });
    });

    it("shows until when it waits, and why", async () => {
      const { scan, workerId } = await startedScan(db());
      const wait = { until: new Date(Date.now() + 30_000), reason: "FLOOD_WAIT" };
      await db().jobs.heartbeat(scan, workerId, 60_000, progress(), wait);
      expect((await db().jobs.family(scan.id))?.wait).toEqual(wait);
      await db().jobs.heartbeat(scan, workerId, 60_000, progress(), { ...wait, until: new Date(Date.now() - 30_000) });
      expect((await db().jobs.family(scan.id))?.wait).toBeNull();
    });

    it("is cancelled whole: nothing of it is claimed, its workers hear of it, once", async () => {
      const { hostname, scan, workerId } = await startedScan(db());
      await db().jobs.scanned(scan, workerId, pageOf(scan, 1, 10));
      expect(await db().jobs.cancel(scan.id)).toBe(true);
      expect(await db().jobs.heartbeat(scan, workerId, 60_000, progress(), null)).toBe("lost");
      expect(await db().jobs.claim(claimFor(hostname))).toBeNull();
      expect((await db().jobs.family(scan.id))?.state).toBe("cancelled");
      expect(await db().jobs.cancel(scan.id)).toBe(false);
    });

    it("is set aside and goes on: its workers hear of it, and new batches of it wait as well", async () => {
      const { hostname, scan, workerId } = await startedScan(db());
      expect(await db().jobs.setPaused(scan.id, true)).toBe(true);
      expect(await db().jobs.heartbeat(scan, workerId, 60_000, progress(), null)).toBe("paused");
      await db().jobs.scanned(scan, workerId, pageOf(scan, 1, 10));
      const stop = { runAt: new Date(0), wait: null, spendsAttempt: false, error: null };
      expect(await db().jobs.release(scan, workerId, progress(), stop)).toBe(true);
      expect(await db().jobs.claim(claimFor(hostname))).toBeNull();
      expect((await db().jobs.family(scan.id))?.paused).toBe(true);
      expect(await db().jobs.setPaused(scan.id, false)).toBe(true);
      expect((await db().jobs.family(scan.id))?.paused).toBe(false);
      expect(await db().jobs.claim(claimFor(hostname))).not.toBeNull();
      expect(await db().jobs.setPaused("unknown", true)).toBe(false);
    });

    it("can be put before others", async () => {
      const hostname = newHost();
      const [first, second] = [newScan({ hostname }), newScan({ hostname })];
      await db().jobs.add([first, second]);
      expect(await db().jobs.setPriority(second.id, 5)).toBe(true);
      expect(await claimed(db(), hostname, "scan")).toMatchObject({ id: second.id, priority: 5 });
    });
  });

  describe("the list of what the owner asked for", () => {
    it("shows roots, newest first, by the state of the whole family, and no questions", async () => {
      const since = new Date(Date.now() - 1);
      const hostname = newHost();
      const done = newScan({ hostname, title: "done" });
      const busy = newScan({ hostname, title: "busy" });
      const question: NewJob = { id: `${busy.id}q`, task: "resolve", payload: { query: "@x" }, title: "q", hostname };
      await db().jobs.add([done, busy, question]);
      const scan = await claimed(db(), hostname, "scan");
      await db().jobs.complete(scan, scan.lockedBy!, progress(), { seen: 0, matched: 0 });
      const other = await claimed(db(), hostname, "scan");
      await db().jobs.scanned(other, other.lockedBy!, pageOf(other, 1, 10));
      await db().jobs.complete(other, other.lockedBy!, progress({ total: 10 }), { seen: 10, matched: 10 });
      const titles = async (states?: ("waiting" | "completed" | "active")[]) => {
        const { families } = await db().jobs.roots(states ? { states, since } : { since }, PAGE);
        return families.filter(({ root }) => root.hostname === hostname).map(({ root }) => root.title);
      };
      expect(await titles()).toEqual(["busy", "done"]);
      expect(await titles(["completed"])).toEqual(["done"]);
      expect(await titles(["waiting"])).toEqual(["busy"]);
      expect(await titles(["active"])).toEqual([]);
      expect(await titles([])).toEqual([]);
      const { total } = await db().jobs.roots({ since: new Date(Date.now() + 3_600_000) }, PAGE);
      expect(total).toBe(0);
    });

    it("reads several families in the order they were asked for", async () => {
      const jobs = [1, 2, 3].map(() => newScan({ hostname: newHost() }));
      await db().jobs.add(jobs);
      const ids = jobs.map(({ id }) => id).reverse();
      expect((await db().jobs.families([...ids, "unknown"])).map(({ root }) => root.id)).toEqual(ids);
      expect(await db().jobs.families([])).toEqual([]);
      expect(await db().jobs.family("unknown")).toBeNull();
    });
  });
}
