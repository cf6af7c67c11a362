import { describe, expect, test } from "vitest";
import type { Job } from "../../../src/core/job.ts";
import { board, cardFor, GB, percents, plain, settled } from "./board-stage.ts";
import { labels } from "./reading.ts";

describe("a job's card", () => {
  test("shows each milestone once, with files, size, speed, time left and failures", async () => {
    const { card, job, worker, look } = await board();
    await look();
    const part = await worker.hand(job, 312, 41 * GB);
    for (const done of [0, 60, 79, 100, 156, 160, 234, 300]) {
      await worker.move(part, settled(done, done > 100 ? 2 : 0));
      await look(20);
      await look();
    }
    await worker.finish(part, settled(312, 2));
    await look();
    await look();
    expect(percents(card)).toEqual([0, 25, 50, 75, 100]);
    const half = plain(card.versions.find((text) => text.includes("50 % –")) ?? "");
    expect(half).toMatch(
      /^📥 Job 1 · Download · News\n50 % – 156 of 312 files ▓▓▓▓▓░░░░░\n20\.5 of 41 GB · \d+(\.\d)? MB\/s · about \d+ min left\n✅ 154 saved · ⚠️ 2 failed\nUpdated \d\d:\d\d \(UTC\)$/,
    );
    expect(card.keyboard).toEqual([]);
  });

  test("of a long job says how many files there are before the first quarter is done", async () => {
    const { card, job, worker, look } = await board();
    const part = await worker.hand(job, 4_000, 41 * GB);
    await worker.move(part, settled(30));
    await look(30);
    await look();
    expect(plain(card.text)).toContain("▶️ Going on – 30 of 4,000 files");
    expect(labels(card)).toEqual(["⏸ Pause", "✖ Cancel", "ⓘ Details"]);
    expect(card.versions).toHaveLength(2);
  });

  test("skips what was jumped over: from 10 to 80 % it shows 75 alone", async () => {
    const { card, job, worker, look } = await board();
    const part = await worker.hand(job, 100, GB);
    await worker.move(part, settled(10));
    await look(20);
    await worker.move(part, settled(80));
    await look(20);
    expect(percents(card)).toEqual([0, 75]);
    expect(plain(card.text)).toContain("75 % – 80 of 100 files");
  });

  test("is edited at most once in three seconds, whatever the number of jobs", async () => {
    const set = await board();
    const cards = [set.card];
    const jobs = [set.job];
    for (const title of ["Family", "Work", "Music"]) {
      cards.push(await cardFor(set, title));
      jobs.push(await set.worker.claim());
    }
    const parts: Job<"download">[] = [];
    for (const job of jobs) parts.push(await set.worker.hand(job, 100, GB));
    await set.look(20);
    const edits: number[] = [];
    for (let second = 0; second < 30; second++) {
      for (const part of parts) await set.worker.move(part, settled(Math.min(99, 20 + second * 3)));
      const before = set.api.calls.filter(({ method }) => method === "editMessageText").length;
      await set.look(1);
      if (set.api.calls.filter(({ method }) => method === "editMessageText").length > before) edits.push(second);
    }
    for (const [index, at] of edits.entries())
      if (index > 0) expect(at - (edits[index - 1] ?? 0)).toBeGreaterThanOrEqual(3);
    for (const card of cards) expect(new Set(percents(card)).size).toBe(percents(card).length);
  });

  test("says until when Telegram wants it to wait, and that it goes on by itself", async () => {
    const { card, job, worker, look, now } = await board();
    const part = await worker.hand(job, 100, GB);
    await worker.move(part, settled(50));
    await look(20);
    const until = new Date(now().getTime() + 30_000);
    await worker.move(part, settled(52), { until, reason: "FLOOD_WAIT" });
    await look();
    const time = until.toISOString().slice(11, 16);
    expect(plain(card.text)).toContain(`⏳ 52 % – Telegram asked me to slow down. Continuing at `);
    expect(card.text).toContain(`${time} (UTC) by itself.`);
    expect(card.entities.some(({ type }) => type === "date_time")).toBe(true);
    await look();
    await worker.move(part, settled(53));
    await look();
    expect(plain(card.text)).toContain("▶️ Going on – 53 of 100 files");
    expect(percents(card)).toEqual([0, 50]);
  });

  test("shows a pause and what comes after it", async () => {
    const { card, db, job, worker, look } = await board();
    const part = await worker.hand(job, 100, GB);
    await worker.move(part, settled(30));
    await look(20);
    await db.jobs.setPaused(job.id, true);
    await look();
    expect(plain(card.text)).toContain("⏸ Paused – 30 of 100 files");
    expect(labels(card)).toEqual(["▶️ Resume", "✖ Cancel", "ⓘ Details"]);
    await db.jobs.setPaused(job.id, false);
    await look();
    expect(plain(card.text)).toContain("▶️ Going on – 30 of 100 files");
  });

  test("a job of under five seconds goes straight to its result", async () => {
    const { api, card, job, worker, look } = await board();
    const part = await worker.hand(job, 100, GB);
    await worker.move(part, settled(60));
    await look(1);
    await worker.finish(part, settled(100));
    await look(1);
    await look(3);
    expect(percents(card)).toEqual([0, 100]);
    expect(api.all().at(-1)?.text).toContain("✅ Job 1 done");
  });

  test("is the same card after a restart, which it tells of, and no milestone comes twice", async () => {
    const { card, job, worker, look, farewell, restart } = await board();
    const part = await worker.hand(job, 100, GB);
    await worker.move(part, settled(50));
    await look(20);
    await farewell();
    expect(plain(card.text)).toContain("⏸ Paused by restart – continuing");
    restart();
    await look();
    expect(plain(card.text)).toContain("▶️ Going on – 50 of 100 files");
    await worker.move(part, settled(51));
    restart();
    await look();
    await worker.move(part, settled(76));
    await look(20);
    expect(percents(card)).toEqual([0, 50, 75]);
  });

  test("killed between keeping a milestone and showing it, it leaves that one out", async () => {
    const { api, card, job, worker, look, restart } = await board();
    const part = await worker.hand(job, 100, GB);
    await worker.move(part, settled(25));
    api.fault = ({ method }) => (method === "editMessageText" ? { code: 502, description: "Bad Gateway" } : null);
    await look(20);
    restart();
    api.fault = null;
    await look();
    await worker.move(part, settled(50));
    await look(20);
    expect(percents(card)).toEqual([0, 50]);
  });
});
