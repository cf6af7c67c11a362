import { join } from "node:path";
import PQueue from "p-queue";
import { pino } from "pino";
import { expect, it, onTestFinished } from "vitest";
import { newId } from "../../../src/core/id.ts";
import { type Job, NO_PROGRESS } from "../../../src/core/job.ts";
import { OWN_CHAT } from "../../../src/core/own-chat.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/settings.ts";
import type { TaskPayloads } from "../../../src/core/tasks.ts";
import { openDatabase } from "../../../src/db/index.ts";
import { Destinations } from "../../../src/userbot/destinations.ts";
import type { TaskContext } from "../../../src/userbot/task.ts";
import { index } from "../../../src/userbot/tasks/index-chats.ts";
import { scan } from "../../../src/userbot/tasks/scan.ts";
import { createTransfer } from "../../../src/userbot/transfer/index.ts";
import { memoryNews, NEWS_ID, SELF_ID } from "../../contract/telegram/memory-news.ts";
import { SILENT } from "../../support/database.ts";
import { tempFolder } from "../../support/temp.ts";

const WORKER = "worker-1";

/** The task by itself: a real database, and Telegram in memory. */
async function bench(posts = 1_500) {
  const news = memoryNews(posts);
  const folder = tempFolder();
  const db = await openDatabase({ databaseUrl: null, dataDir: folder, hostname: "here", log: SILENT });
  onTestFinished(() => db.close());
  await db.chats.record([news.news]);
  const claim = async () =>
    (await db.jobs.claim({ workerId: WORKER, hostname: "here", leaseMs: 60_000, tasks: ["scan"] })) as Job<"scan">;
  const add = async (payload: Partial<TaskPayloads["scan"]> = {}) => {
    const id = newId();
    const whole = { chatId: NEWS_ID, filter: {}, next: "download" as const, ...payload };
    await db.jobs.add([{ id, task: "scan", payload: whole, title: "scan" }]);
    return claim();
  };
  const context = (job: Job<"scan"> | Job<"index">, signal = new AbortController().signal): TaskContext => ({
    db,
    telegram: news.telegram,
    transfer: createTransfer(news.telegram),
    job,
    workerId: WORKER,
    hostname: "here",
    downloadDir: folder,
    destinations: new Destinations(folder, join(folder, "destinations.jsonl")),
    settings: DEFAULT_SETTINGS,
    files: new PQueue(),
    progress: { ...NO_PROGRESS, ...job.progress },
    signal,
    log: pino({ level: "silent" }),
    wait: () => {},
    emit: async () => {},
    confirm: async () => {},
    nudge: () => {},
  });
  /** Every id handed to a batch, in the order of the batches. */
  const handedOut = async () => {
    const ids: number[] = [];
    for (;;) {
      const job = await db.jobs.claim({ workerId: "other", hostname: "here", leaseMs: 60_000, tasks: ["download"] });
      if (!job) return ids;
      ids.push(...(job as Job<"download">).payload.messageIds);
    }
  };
  return { ...news, db, add, claim, context, handedOut };
}

it("hands out every wanted message once, in batches of at most a hundred", async () => {
  const on = await bench();
  const job = await on.add();
  const context = on.context(job);
  expect(await scan(job, context)).toEqual({ seen: 1_501, matched: 750 });
  expect(context.progress).toMatchObject({ seen: 1_501, total: 750 });
  expect(await on.db.messages.count({ chatId: NEWS_ID })).toBe(1_501);
  const ids = await on.handedOut();
  expect(ids).toHaveLength(750);
  expect(new Set(ids).size).toBe(750);
  expect((await on.db.chats.get(NEWS_ID))?.lastScanAt).not.toBeNull();
});

it("goes on where it was interrupted, and hands out nothing twice", async () => {
  const on = await bench();
  const job = await on.add();
  const stop = new AbortController();
  const context = on.context(job, stop.signal);
  const { scanned } = on.db.jobs;
  let pages = 0;
  on.db.jobs.scanned = async (...given) => {
    const held = await scanned.call(on.db.jobs, ...given);
    if (++pages === 2) stop.abort(new Error("killed"));
    return held;
  };
  await expect(scan(job, context)).rejects.toThrow("killed");
  on.db.jobs.scanned = scanned;
  const seen = await on.db.messages.count({ chatId: NEWS_ID });
  expect(seen).toBeLessThan(1_501);
  const options = { runAt: new Date(), wait: null, spendsAttempt: false, error: null };
  await on.db.jobs.release(job, WORKER, context.progress, options);
  const again = await on.claim();
  expect(again.id).toBe(job.id);
  expect(await scan(again, on.context(again))).toEqual({ seen: 1_501, matched: 750 });
  const ids = await on.handedOut();
  expect([ids.length, new Set(ids).size]).toEqual([750, 750]);
});

it("stops without another word when the job is somebody else's", async () => {
  const on = await bench();
  const job = await on.add();
  await on.db.jobs.cancel(job.id);
  await expect(scan(job, on.context(job))).rejects.toMatchObject({ name: "LostLease" });
  expect(await on.db.messages.count({ chatId: NEWS_ID })).toBe(0);
});

it("only records where nothing is to be done with what it finds", async () => {
  const on = await bench(300);
  const job = await on.add({ next: null, filter: { types: ["text"] } });
  expect(await scan(job, on.context(job))).toEqual({ seen: 301, matched: 150 });
  expect(await on.handedOut()).toEqual([]);
});

it("looks at named messages alone where the filter names them", async () => {
  const on = await bench(300);
  const job = await on.add({ filter: { messageIds: [2, 3, 4, 250, 9_999] } });
  expect(await scan(job, on.context(job))).toEqual({ seen: 4, matched: 3 });
  expect(await on.handedOut()).toEqual([250, 4, 2]);
});

it.each([
  ["newest", [300, 298, 296]],
  ["oldest", [6, 4, 2]],
] as const)("takes the %s so many where the filter says so", async (sort, expected) => {
  const on = await bench(300);
  const job = await on.add({ filter: { limit: 3, sort } });
  expect((await scan(job, on.context(job))).matched).toBe(3);
  expect(await on.handedOut()).toEqual(expected);
});

it("of all chats leaves out the one with the bot, which holds nothing but its answers", async () => {
  const on = await bench(3);
  await on.db.settings.remember(OWN_CHAT, SELF_ID);
  const id = newId();
  await on.db.jobs.add([{ id, task: "index", payload: { chatIds: null, filter: {}, full: false }, title: "all" }]);
  const held = { workerId: WORKER, hostname: "here", leaseMs: 60_000 };
  const job = (await on.db.jobs.claim({ ...held, tasks: ["index"] })) as Job<"index">;
  expect(await index(job, on.context(job))).toEqual({ chats: 1 });
  const part = (await on.claim()).payload;
  expect(part.chatId).toBe(NEWS_ID);
  expect(await on.db.jobs.claim({ ...held, tasks: ["scan"] })).toBeNull();
});
