/** The bot as it runs: real grammY over HTTP, a real database, and a worker that answers from a list. */
import pino from "pino";
import { expect, onTestFinished } from "vitest";
import { startBot } from "../../../src/bot/index.ts";
import { newId } from "../../../src/core/id.ts";
import type { Job, JobProgress } from "../../../src/core/job.ts";
import { NO_PROGRESS } from "../../../src/core/job.ts";
import type { Chat, ChatId } from "../../../src/core/media.ts";
import type { MediaFilter } from "../../../src/core/media-filter.ts";
import type { DownloadPlan, TaskResults } from "../../../src/core/tasks.ts";
import type { Db } from "../../../src/db/db.ts";
import { openDatabase } from "../../../src/db/index.ts";
import { eventually } from "../../support/eventually.ts";
import { tempFolder } from "../../support/temp.ts";
import { type BotApi, OWNER, startBotApi } from "./bot-api.ts";

const WORKER = "worker-1";
const LEASE_MS = 60_000;

export interface Stage {
  api: BotApi;
  db: Db;
  /** Moves the bot's clock on. */
  clock: { offset: number };
  logs: string[];
  worker: Worker;
  start(options?: { ownerId?: number | null }): Promise<void>;
  stop(): Promise<void>;
  bot(): { stopped: Promise<void>; stop(): Promise<void> };
}

export interface Worker {
  plan: (chatId: ChatId, filter: MediaFilter) => Partial<DownloadPlan>;
  resolve: (query: string) => TaskResults["resolve"];
  /** Whether the account sees a message of the bot's. */
  told: (text: string) => boolean;
  /** False: nobody answers. */
  working: boolean;
  beat(change?: { account?: null; trouble?: string }): Promise<void>;
  /** Claims the next download, which then is this worker's. */
  claim(): Promise<Job<"scan">>;
  progress(
    job: Job<"scan">,
    progress: Partial<JobProgress>,
    wait?: { until: Date; reason: string } | null,
  ): Promise<void>;
  /** The scan is over and its files are handed to one part. */
  hand(job: Job<"scan">, total: number, totalBytes: number): Promise<Job<"download">>;
  move(
    part: Job<"download">,
    progress: Partial<JobProgress>,
    wait?: { until: Date; reason: string } | null,
  ): Promise<void>;
  finish(part: Job<"download">, progress: Partial<JobProgress>): Promise<void>;
}

export async function stage(options: { start?: boolean } = {}): Promise<Stage> {
  const api = await startBotApi();
  const logs: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => logs.push(line) });
  const db = await openDatabase({ databaseUrl: null, dataDir: tempFolder(), hostname: "home", log });
  const clock = { offset: 0 };
  const ending = new AbortController();
  let running: Awaited<ReturnType<typeof startBot>> | null = null;
  const worker = createWorker(db);
  const answering = worker.answer(ending.signal);

  const set: Stage = {
    api,
    db,
    clock,
    logs,
    worker,
    async start({ ownerId = OWNER.id } = {}) {
      running = await startBot({
        config: { botToken: "1:TEST", ownerId, botApiRoot: api.url },
        db,
        log,
        signal: new AbortController().signal,
        now: () => new Date(Date.now() + clock.offset),
      });
    },
    stop: async () => {
      await running?.stop();
    },
    bot: () => {
      if (!running) throw new Error("The bot was not started.");
      return running;
    },
  };
  onTestFinished(async () => {
    ending.abort();
    await answering;
    await running?.stop();
    await api.close();
    await db.close();
    expect(api.faults).toEqual([]);
  });
  await worker.beat();
  await db.chats.record([
    chat(-1001, "News", "channel", "news"),
    chat(OWNER.id, "Alex", "user", "alex", { isSelf: true }),
  ]);
  if (options.start !== false) await set.start();
  return set;
}

export function chat(
  chatId: ChatId,
  title: string,
  type: Chat["type"],
  username: string | null = null,
  more: Partial<Chat> = {},
): Chat {
  return {
    chatId,
    type,
    title,
    username,
    accessHash: null,
    unread: 0,
    lastMessageAt: new Date("2026-11-01T10:00:00Z"),
    archived: false,
    folders: [],
    isForum: false,
    isBot: false,
    isSelf: false,
    restricted: false,
    linkedChatId: null,
    lastScanAt: null,
    ...more,
  };
}

export const PLAN: DownloadPlan = {
  files: 312,
  bytes: 1_288_490_189,
  approximate: true,
  byType: [{ type: "video", files: 312, bytes: 1_288_490_189 }],
  owned: 0,
  freeBytes: 128_849_018_880,
  directory: "/data",
  newestOfType: null,
};

function createWorker(db: Db): Worker & { answer(signal: AbortSignal): Promise<void> } {
  const claim = (tasks: Job["task"][]) =>
    db.jobs.claim({ workerId: WORKER, hostname: "home", leaseMs: LEASE_MS, tasks });
  const worker = {
    plan: (_chatId: ChatId, _filter: MediaFilter): Partial<DownloadPlan> => ({}),
    resolve: (_query: string): TaskResults["resolve"] => null,
    told: (_text: string): boolean => false,
    working: true,
    async beat(change: { account?: null; trouble?: string } = {}) {
      await db.workers.beat({
        workerId: WORKER,
        hostname: "home",
        roles: ["worker"],
        version: "test",
        startedAt: new Date(),
        account: change.account === null ? null : { id: OWNER.id, name: "Alex", username: "alex" },
        trouble: change.trouble ?? null,
        freeBytes: PLAN.freeBytes,
        downloadDir: "/data",
      });
    },
    async claim() {
      return (await eventually(() => claim(["scan"]), { what: "a job to claim" })) as Job<"scan">;
    },
    async progress(
      job: Job<"scan">,
      progress: Partial<JobProgress>,
      wait: { until: Date; reason: string } | null = null,
    ) {
      await db.jobs.heartbeat(job, WORKER, LEASE_MS, { ...NO_PROGRESS, ...progress }, wait);
    },
    async hand(job: Job<"scan">, total: number, totalBytes: number) {
      const id = newId();
      const payload = { chatId: job.payload.chatId, messageIds: [1] };
      await db.jobs.add([{ id, rootId: job.id, task: "download", payload, title: job.title }]);
      const part = (await eventually(() => claim(["download"]), { what: "a part to claim" })) as Job<"download">;
      await worker.move(part, { total, totalBytes });
      await db.jobs.complete(job, WORKER, { ...NO_PROGRESS, total, seen: total }, { seen: total, matched: total });
      return part;
    },
    async move(
      part: Job<"download">,
      progress: Partial<JobProgress>,
      wait: { until: Date; reason: string } | null = null,
    ) {
      part.progress = { ...part.progress, ...progress };
      await db.jobs.heartbeat(part, WORKER, LEASE_MS, part.progress, wait);
    },
    async finish(part: Job<"download">, progress: Partial<JobProgress>) {
      part.progress = { ...part.progress, ...progress };
      await db.jobs.complete(part, WORKER, part.progress, {});
    },
    async answer(signal: AbortSignal) {
      while (!signal.aborted) {
        const job = worker.working ? await claim(["resolve", "plan", "chats", "told"]) : null;
        if (job?.task === "plan") {
          const answer = { ...PLAN, ...worker.plan(job.payload.chatId, job.payload.filter) };
          await db.jobs.complete(job, WORKER, NO_PROGRESS, answer);
        } else if (job?.task === "resolve") {
          await db.jobs.complete(job, WORKER, NO_PROGRESS, worker.resolve(job.payload.query));
        } else if (job?.task === "told") {
          await db.jobs.complete(job, WORKER, NO_PROGRESS, { found: worker.told(job.payload.text) });
        } else if (job?.task === "chats") await db.jobs.complete(job, WORKER, NO_PROGRESS, { count: 2 });
        else await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
  };
  return worker;
}
