import { describe, expect, it } from "vitest";
import { newId } from "../../../src/core/id.ts";
import type { Db } from "../../../src/db/db.ts";
import { eventually } from "../../support/eventually.ts";
import { claimed, claimFor, newHost, newScan, progress } from "./samples.ts";

const soon = { runAt: new Date(0), wait: null, spendsAttempt: true, error: null };

export function jobSuite(db: () => Db): void {
  describe("jobs", () => {
    it("gives back a job as it was added", async () => {
      const scan = newScan({ hostname: newHost(), priority: 7, maxAttempts: 4, title: "😀 всё" });
      expect(await db().jobs.add([scan])).toEqual([scan.id]);
      expect(await db().jobs.get(scan.id)).toMatchObject({
        ...scan,
        rootId: null,
        state: "waiting",
        paused: false,
        attempts: 0,
        lockedBy: null,
        progress: progress(),
        result: null,
        endedAt: null,
      });
      expect(await db().jobs.get(newId())).toBeNull();
    });

    it("adds a request that came twice once, and answers with the first id", async () => {
      const requestKey = newId();
      const first = newScan({ hostname: newHost(), requestKey });
      const second = newScan({ hostname: newHost(), requestKey });
      expect(await db().jobs.add([first])).toEqual([first.id]);
      expect(await db().jobs.add([second])).toEqual([first.id]);
      expect(await db().jobs.get(second.id)).toBeNull();
    });

    it("adds one of many equal requests that come at once", async () => {
      const requestKey = newId();
      const ids = await Promise.all(
        Array.from({ length: 8 }, () => db().jobs.add([newScan({ hostname: newHost(), requestKey })])),
      );
      expect(new Set(ids.flat()).size).toBe(1);
    });

    it("adds the same job twice as one", async () => {
      const scan = newScan({ hostname: newHost() });
      await db().jobs.add([scan]);
      await db().jobs.add([scan]);
      expect((await db().jobs.family(scan.id))?.parts).toBe(0);
    });

    it("hands out jobs by priority, then in the order they came, to the machine they are for", async () => {
      const hostname = newHost();
      const jobs = [1, 2, 3].map((n) => newScan({ hostname, title: `${n}` }));
      const urgent = newScan({ hostname, title: "urgent", priority: 100 });
      await db().jobs.add([...jobs, urgent]);
      expect(await db().jobs.claim(claimFor(hostname, { tasks: ["download"] }))).toBeNull();
      const titles: string[] = [];
      for (let n = 0; n < 4; n++) titles.push((await claimed(db(), hostname, "scan")).title);
      expect(titles).toEqual(["urgent", "1", "2", "3"]);
      expect(await db().jobs.claim(claimFor(hostname))).toBeNull();
    });

    it("gives a job to one claimant only", async () => {
      const hostname = newHost();
      await db().jobs.add(Array.from({ length: 20 }, () => newScan({ hostname })));
      const workers = Array.from({ length: 30 }, (_, n) => claimFor(hostname, { workerId: `w${n}` }));
      const jobs = (await Promise.all(workers.map((claim) => db().jobs.claim(claim)))).filter((job) => job !== null);
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(jobs.length);
      expect(jobs.length).toBeGreaterThan(0);
      expect(jobs.every(({ attempts, state }) => attempts === 1 && state === "active")).toBe(true);
    });

    it("claims nothing before its time", async () => {
      const hostname = newHost();
      await db().jobs.add([newScan({ hostname, runAt: new Date(Date.now() + 3_600_000) })]);
      expect(await db().jobs.claim(claimFor(hostname))).toBeNull();
    });

    it("claims no draft before its yes, which counts once", async () => {
      const hostname = newHost();
      const draft = newScan({ hostname, state: "draft" });
      await db().jobs.add([draft]);
      expect(await db().jobs.claim(claimFor(hostname))).toBeNull();
      const answers = await Promise.all([db().jobs.confirm(draft.id), db().jobs.confirm(draft.id)]);
      expect(answers.sort()).toEqual([false, true]);
      expect((await claimed(db(), hostname, "scan")).id).toBe(draft.id);
    });

    it("keeps progress and wait with each heartbeat, also when nothing has changed", async () => {
      const hostname = newHost();
      await db().jobs.add([newScan({ hostname })]);
      const job = await claimed(db(), hostname, "scan");
      const wait = { until: new Date("2030-01-01T00:00:00Z"), reason: "FLOOD_WAIT" };
      const far = progress({ done: 1, total: 2, saved: 1, bytes: 9_007_199_254_740_991, totalBytes: 3, seen: 4 });
      for (let n = 0; n < 2; n++) {
        expect(await db().jobs.heartbeat(job, job.lockedBy!, 60_000, far, wait)).toBe("held");
      }
      expect(await db().jobs.get(job.id)).toMatchObject({ progress: far, wait, state: "active" });
    });

    it("takes over a job whose lease ran out, and tells the one who lost it", async () => {
      const hostname = newHost();
      await db().jobs.add([newScan({ hostname })]);
      const lost = await claimed(db(), hostname, "scan", 1);
      const next = await eventually(() => db().jobs.claim(claimFor(hostname, { workerId: "other" })));
      expect(next).toMatchObject({ id: lost.id, attempts: 2, lockedBy: "other" });
      expect(await db().jobs.heartbeat(lost, lost.lockedBy!, 60_000, progress({ done: 5 }), null)).toBe("lost");
      expect(await db().jobs.complete(lost, lost.lockedBy!, progress({ done: 5 }), { seen: 1, matched: 1 })).toBe(
        false,
      );
      expect(await db().jobs.release(lost, lost.lockedBy!, progress({ done: 5 }), soon)).toBe(false);
      expect(await db().jobs.fail(lost, lost.lockedBy!, progress({ done: 5 }), "late")).toBe(false);
      expect(await db().jobs.get(lost.id)).toMatchObject({ state: "active", lockedBy: "other", progress: progress() });
    });

    it("does not take an old claim for the new one, though the same worker holds both", async () => {
      const hostname = newHost();
      await db().jobs.add([newScan({ hostname })]);
      const old = await claimed(db(), hostname, "scan", 1);
      await eventually(() => db().jobs.claim(claimFor(hostname)));
      expect(await db().jobs.heartbeat(old, old.lockedBy!, 60_000, progress(), null)).toBe("lost");
    });

    it("frees at once what a restarted worker still held", async () => {
      const hostname = newHost();
      await db().jobs.add([newScan({ hostname }), newScan({ hostname })]);
      await claimed(db(), hostname, "scan");
      await claimed(db(), hostname, "scan");
      expect(await db().jobs.takeBack("nobody")).toBe(0);
      expect(await db().jobs.takeBack(`${hostname}/1`)).toBe(2);
      expect((await claimed(db(), hostname, "scan")).attempts).toBe(2);
    });

    it("fails a job whose worker died on every attempt", async () => {
      const hostname = newHost();
      const scan = newScan({ hostname, maxAttempts: 2 });
      await db().jobs.add([scan]);
      await claimed(db(), hostname, "scan");
      await db().jobs.takeBack(`${hostname}/1`);
      await claimed(db(), hostname, "scan", 1);
      const failed = await eventually(async () => {
        expect(await db().jobs.claim(claimFor(hostname))).toBeNull();
        const job = await db().jobs.get(scan.id);
        return job?.state === "failed" && job;
      });
      expect(failed.error).toBe("The program ended 2 times while it worked on this, without getting further.");
    });

    it("counts attempts anew when a job has got further", async () => {
      const hostname = newHost();
      await db().jobs.add([newScan({ hostname, maxAttempts: 2 })]);
      for (let done = 1; done <= 4; done++) {
        const job = await claimed(db(), hostname, "scan");
        expect(await db().jobs.heartbeat(job, job.lockedBy!, 60_000, progress({ done }), null)).toBe("held");
        await db().jobs.takeBack(job.lockedBy!);
      }
    });

    it("gives a job back, with or without spending the attempt", async () => {
      const hostname = newHost();
      await db().jobs.add([newScan({ hostname })]);
      const first = await claimed(db(), hostname, "scan");
      const wait = { until: new Date(Date.now() + 1000), reason: "FLOOD_WAIT" };
      const back = { runAt: new Date(0), wait, spendsAttempt: false, error: null };
      expect(await db().jobs.release(first, first.lockedBy!, progress({ done: 2 }), back)).toBe(true);
      const waiting = await db().jobs.get(first.id);
      expect(waiting).toMatchObject({ state: "waiting", attempts: 0, lockedBy: null, progress: progress({ done: 2 }) });
      expect(waiting?.wait?.reason).toBe("FLOOD_WAIT");
      const second = await claimed(db(), hostname, "scan");
      expect(second).toMatchObject({ attempts: 1, wait: null });
      await db().jobs.release(second, second.lockedBy!, progress(), { ...soon, error: "a bug" });
      expect(await db().jobs.get(first.id)).toMatchObject({ attempts: 1, error: "a bug" });
    });

    it("waits with a job that was given back for later", async () => {
      const hostname = newHost();
      await db().jobs.add([newScan({ hostname })]);
      const job = await claimed(db(), hostname, "scan");
      const later = { ...soon, runAt: new Date(Date.now() + 400) };
      await db().jobs.release(job, job.lockedBy!, progress(), later);
      expect(await db().jobs.claim(claimFor(hostname))).toBeNull();
      expect(await eventually(() => db().jobs.claim(claimFor(hostname)))).toMatchObject({ id: job.id });
    });

    it("ends a job with its result, or with its reason", async () => {
      const hostname = newHost();
      await db().jobs.add([newScan({ hostname }), newScan({ hostname })]);
      const good = await claimed(db(), hostname, "scan");
      const bad = await claimed(db(), hostname, "scan");
      expect(await db().jobs.complete(good, good.lockedBy!, progress({ seen: 9 }), { seen: 9, matched: 2 })).toBe(true);
      expect(await db().jobs.fail(bad, bad.lockedBy!, progress(), "The chat is private.")).toBe(true);
      expect(await db().jobs.get(good.id)).toMatchObject({
        state: "completed",
        result: { seen: 9, matched: 2 },
        progress: progress({ seen: 9 }),
        lockedBy: null,
      });
      const failed = await db().jobs.get(bad.id);
      expect(failed).toMatchObject({ state: "failed", error: "The chat is private." });
      expect(failed?.endedAt).toBeInstanceOf(Date);
      // As after an answer that was lost.
      expect(await db().jobs.complete(good, good.lockedBy!, progress(), { seen: 0, matched: 0 })).toBe(true);
      expect(await db().jobs.get(good.id)).toMatchObject({ result: { seen: 9, matched: 2 } });
      expect(await db().jobs.fail(good, good.lockedBy!, progress(), "no")).toBe(false);
      expect(await db().jobs.complete(bad, bad.lockedBy!, progress(), { seen: 0, matched: 0 })).toBe(false);
    });
  });
}
