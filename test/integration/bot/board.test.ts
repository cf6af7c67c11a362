import pino from "pino";
import { describe, expect, test } from "vitest";
import { impatientApi } from "../../../src/bot/api.ts";
import { createProgressBoard } from "../../../src/bot/progress-board.ts";
import { newId } from "../../../src/core/id.ts";
import type { Job, JobProgress } from "../../../src/core/job.ts";
import { OWNER, type Shown } from "./bot-api.ts";
import { chat, type Stage, stage } from "./stage.ts";

const labels = (message: Shown) => message.keyboard.flat().map(({ text }) => text);
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, "");
const GB = 1024 ** 3;

/** A board with a clock of its own, and one running job with its card; nothing else is at work. */
async function board() {
  const set = await stage({ start: false });
  const { api, db, clock } = set;
  const now = () => new Date(Date.now() + clock.offset);
  const make = () =>
    createProgressBoard({
      db,
      api: impatientApi("1:TEST", api.url),
      log: pino({ level: "silent" }),
      now,
    });
  let current = make();
  const card = await cardFor(set);
  const job = await set.worker.claim();
  return {
    ...set,
    card,
    job,
    now,
    /** One look, `seconds` after the last. */
    async look(seconds = 3.1) {
      clock.offset += seconds * 1_000;
      await current.tick();
    },
    farewell: () => current.stop(),
    /** The program is killed and started again. */
    restart() {
      current = make();
    },
  };
}

/** What a command leaves behind: a job that waits, its card and the message that shows it. */
async function cardFor({ api, db }: Stage, title = "News") {
  const jobId = newId();
  const payload = { chatId: -1001, filter: { types: ["video" as const] }, next: "download" as const };
  await db.jobs.add([{ id: jobId, task: "scan", payload, title }]);
  const { number } = await db.jobCards.open({ jobId, chatId: OWNER.id, replyToId: 1 });
  const sent = await impatientApi("1:TEST", api.url).sendMessage(OWNER.id, `Job ${number}\n0 % – counting files…`);
  await db.jobCards.update(jobId, { messageId: sent.message_id, milestone: 0 });
  const shown = api.shown.get(sent.message_id);
  if (!shown) throw new Error("no card");
  return shown;
}

const settled = (done: number, failed = 0): Partial<JobProgress> => ({
  done,
  saved: done - failed,
  failed,
  bytes: (done / 312) * 41 * GB,
});

const percents = (shown: Shown) =>
  shown.versions.flatMap((text) => /(?:^|\n)(?:✅ )?(\d+) % –/.exec(text)?.[1] ?? []).map(Number);

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

describe("milestones as messages", () => {
  test("come silently, each once, while the card keeps still", async () => {
    const { api, card, db, job, worker, look } = await board();
    await db.settings.set("milestones", "messages");
    const part = await worker.hand(job, 100, GB);
    for (const done of [30, 55, 80]) {
      await worker.move(part, settled(done));
      await look(20);
      await look();
    }
    const told = api.all().filter(({ text }) => /% –/.test(text) && text.includes("·"));
    expect(told.map(({ text }) => /(\d+) %/.exec(text)?.[1])).toEqual(["25", "50", "75"]);
    expect(told.every(({ silent }) => silent)).toBe(true);
    expect(card.versions).toHaveLength(1);
  });
});

describe("the end of a job", () => {
  test("is a new message with sound, in reply to the command, with what to do next", async () => {
    const { api, db, card, job, worker, look } = await board();
    const part = await worker.hand(job, 312, 41 * GB);
    await worker.finish(part, { ...settled(312, 2), had: 4, saved: 306 });
    await look(400);
    const end = api.all().at(-1);
    expect(plain(end?.text ?? "")).toMatch(
      /^✅ Job 1 done · News\n306 files, 41 GB in \d+ (s|min) · 4 already had · 2 failed\n📁 \/data\/News$/,
    );
    expect(end?.silent).toBe(false);
    expect(end?.replyTo).toBe(1);
    expect(end?.keyboard.flat().map(({ text }) => text)).toEqual([
      "⚠️ Show 2 failed",
      "↻ Retry failed",
      "📋 Copy command",
    ]);
    expect(JSON.stringify(end?.keyboard)).toContain("/download @news video");
    await look();
    expect(card.keyboard).toEqual([]);
    expect(await db.jobCards.openCards()).toEqual([]);
  });

  test("makes no sound in quiet hours", async () => {
    const { api, db, job, worker, look } = await board();
    await db.settings.set("quietHours", "00:00-23:59");
    const part = await worker.hand(job, 1, 1);
    await worker.finish(part, settled(1));
    await look();
    expect(api.all().at(-1)).toMatchObject({ silent: true, text: expect.stringContaining("✅ Job 1 done") });
  });

  test("tells why a job stopped and that what is saved is kept", async () => {
    const { api, db, job, worker, look } = await board();
    const part = await worker.hand(job, 100, GB);
    await worker.move(part, settled(62));
    await db.jobs.fail(part, "worker-1", part.progress, "disk full (needs 15 GB more)");
    await db.jobEvents.add({
      uid: newId(),
      jobId: part.id,
      rootId: job.id,
      event: { type: "failed", reason: "The disk is full (needs 15 GB more)." },
      at: new Date(),
    });
    await look();
    expect(plain(api.all().at(-1)?.text ?? "")).toBe(
      "❌ Job 1 stopped at 62 % · News\nReason: The disk is full (needs 15 GB more).\nEverything saved so far is kept.",
    );
  });

  test("comes once through a storm of 429, and through restarts", async () => {
    const { api, job, worker, look, restart } = await board();
    const part = await worker.hand(job, 10, GB);
    await worker.finish(part, settled(10));
    let refused = 0;
    api.fault = ({ method }) => {
      if (method !== "sendMessage" && method !== "editMessageText") return null;
      return refused++ < 6 ? { code: 429, description: "Too Many Requests: retry after 20", retryAfter: 20 } : null;
    };
    for (let second = 0; second < 200; second += 5) {
      await look(5);
      if (second % 50 === 0) restart();
    }
    const ends = api.all().filter(({ text }) => text.includes("✅ Job 1 done"));
    expect(ends).toHaveLength(1);
    expect(refused).toBeGreaterThan(6);
  });

  test("is told for a job that ended while the bot was away, and only then", async () => {
    const { api, job, worker, look, restart } = await board();
    const part = await worker.hand(job, 10, GB);
    await look();
    restart();
    await worker.finish(part, settled(10));
    await look();
    restart();
    await look();
    restart();
    await look();
    expect(api.all().filter(({ text }) => text.includes("Job 1 done"))).toHaveLength(1);
  });

  test("offers the failed files with their reasons", async () => {
    const set = await board();
    const { api, db, job, worker, look, now } = set;
    await db.chats.record([chat(-1001, "News", "channel", "news")]);
    const part = await worker.hand(job, 2, GB);
    const media = {
      type: "video",
      round: false,
      fileName: "a‮b.mp4",
      mimeType: null,
      size: 1,
      fileKey: null,
      dcId: null,
    } as const;
    const rest = { duration: null, width: null, height: null, restricted: false };
    const message = {
      chatId: -1001,
      messageId: 5,
      date: now(),
      editedAt: null,
      senderId: null,
      senderName: null,
      outgoing: false,
    };
    const more = {
      text: "",
      albumId: null,
      topicId: null,
      replyToId: null,
      service: null,
      media: { ...media, ...rest },
    };
    await db.messages.record([{ ...message, ...more }], "home");
    await db.messages.failed(
      { chatId: -1001, messageId: 5 },
      { hostname: "home", error: "The message is gone.", rootId: job.id },
    );
    await worker.finish(part, settled(2, 1));
    await look();
    await set.start();
    await api.press("⚠️ Show 1 failed");
    const list = await api.waitFor(/not saved/);
    expect(plain(list.text)).toBe("⚠️ Job 1 · 1 file not saved\nab.mp4 – The message is gone.");
    expect(list.entities).toContainEqual(expect.objectContaining({ type: "text_link", url: "https://t.me/news/5" }));
    await api.press("↻ Retry failed", list);
    await api.waitFor(/Job 2 · Download/);
    const [root] = (await db.jobs.roots({}, { limit: 1, offset: 0 })).families;
    expect(root?.root.payload).toMatchObject({ filter: { messageIds: [5] } });
  });
});
