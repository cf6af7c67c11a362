/** A worker over a data centre and a real database, and the owner's wishes put to it as jobs. */
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { newId } from "../../../src/core/id.ts";
import { type Family, isOver, type Job, type NewJob } from "../../../src/core/job.ts";
import type { ChatId } from "../../../src/core/media.ts";
import type { MediaFilter } from "../../../src/core/media-filter.ts";
import type { TaskName } from "../../../src/core/tasks.ts";
import type { Db } from "../../../src/db/db.ts";
import { openDatabase } from "../../../src/db/index.ts";
import { type RunningWorker, startWorker } from "../../../src/userbot/index.ts";
import { SILENT } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { type Fill, type Stage, signIn, stage } from "./stage.ts";

export interface Workshop extends Stage {
  db: Db;
  downloads: string;
  start(): Promise<RunningWorker>;
  add(job: Pick<NewJob, "task" | "payload">): Promise<string>;
  /** Scans and downloads; answers with the family once it is over. */
  download(chatId: ChatId, filter?: MediaFilter): Promise<Family>;
  ask<T extends TaskName>(task: T, payload: Job<T>["payload"]): Promise<Job<T>>;
  over(rootId: string, timeoutMs?: number): Promise<Family>;
  chatId(username: string): Promise<ChatId>;
}

export async function workshop(fill: Fill): Promise<Workshop> {
  const on = await stage({ fill });
  await signIn(on);
  const db = await openDatabase({ databaseUrl: null, dataDir: on.folder, hostname: "here", log: SILENT });
  const jobAdded = new EventTarget();
  const workers: RunningWorker[] = [];
  onTestFinished(async () => {
    for (const worker of workers) await worker.stop();
    await db.close();
  });
  const downloads = join(on.folder, "downloads");

  const add: Workshop["add"] = async (job) => {
    const id = newId();
    await db.jobs.add([{ id, title: "a wish", ...job } as NewJob]);
    jobAdded.dispatchEvent(new Event("job"));
    return id;
  };
  const over: Workshop["over"] = (rootId, timeoutMs = 120_000) =>
    eventually(
      async () => {
        const family = await db.jobs.family(rootId);
        return family && isOver(family.state) ? family : null;
      },
      { timeoutMs, everyMs: 50, what: "the end of the job" },
    );
  return {
    ...on,
    db,
    downloads,
    add,
    over,
    async start() {
      const config = {
        ...on.options,
        serverKeys: [...on.options.serverKeys],
        dataDir: on.folder,
        downloadDir: downloads,
      };
      const worker = await startWorker({
        config,
        hostname: "here",
        roles: ["worker"],
        version: "0",
        db,
        signal: new AbortController().signal,
        jobAdded,
        log: on.options.log,
      });
      workers.push(worker);
      return worker;
    },
    async ask(task, payload) {
      const { root } = await over(await add({ task, payload } as Pick<NewJob, "task" | "payload">));
      return root as Job<typeof task>;
    },
    download: async (chatId, filter = {}) =>
      over(await add({ task: "scan", payload: { chatId, filter, next: "download" } })),
    chatId: (username) => eventually(async () => (await db.chats.byUsername(username))?.chatId, { timeoutMs: 60_000 }),
  };
}
