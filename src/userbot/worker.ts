/** Takes jobs as slots come free and runs them; polls, and is nudged where the work is added in this process. */
import type { Logger } from "pino";
import { type Job, type JobProgress, type JobWait, NO_PROGRESS } from "../core/job.ts";
import type { TaskName } from "../core/tasks.ts";
import type { Db } from "../db/db.ts";
import type { AccountKeeper } from "./account.ts";
import { type JobRunDeps, LEASE_MS, runJob } from "./job-run.ts";
import { Lanes } from "./lanes.ts";
import { settleLeftovers } from "./leftovers.ts";
import type { Operations } from "./operations.ts";
import type { TelegramWait } from "./telegram.ts";

const POLL_MS = 500;
const AFTER_TROUBLE_MS = 2_000;
const SWEEP_MS = 10_000;
const TOLD_EVERY_MS = 60_000;
/** Files not yet saved with which a worker asks for more: enough to be busy until those have come. */
const FILES_AHEAD = 25;

export interface WorkerDeps extends Omit<JobRunDeps, "progress" | "settings" | "waitOf" | "onFatal" | "nudge"> {
  db: Db;
  account: AccountKeeper;
  operations: Operations;
  /** Told by the heartbeat of this machine: finish what runs, begin nothing. */
  isDraining: () => boolean;
  log: Logger;
}

export class Worker {
  readonly #deps: WorkerDeps;
  readonly #stop: AbortSignal;
  readonly #lanes = new Lanes();
  readonly #running = new Map<string, { job: Job; progress: JobProgress; done: Promise<void> }>();
  #wait: TelegramWait | null = null;
  #nudged = false;
  #wake: () => void = () => {};
  #sweptAt = 0;
  #toldAt = 0;

  constructor(deps: WorkerDeps, stop: AbortSignal) {
    this.#deps = deps;
    this.#stop = stop;
    stop.addEventListener("abort", () => this.#wake(), { once: true });
    deps.files.on("next", () => {
      if (this.#filesInHand() <= FILES_AHEAD) this.nudge();
    });
  }

  /** There may be something to claim. */
  readonly nudge = (): void => {
    this.#nudged = true;
    this.#wake();
  };

  /** Telegram has asked for a wait, or with null has let go of it. */
  readonly setWait = (wait: TelegramWait | null): void => {
    const isNews = wait !== null && wait.reason !== this.#wait?.reason;
    this.#wait = wait;
    if (!isNews) return;
    const { log, db } = this.#deps;
    if (wait.reason === "NETWORK" || wait.reason === "SERVER") {
      // A line that is down for hours is one fact, not one a minute.
      if (Date.now() - this.#toldAt > TOLD_EVERY_MS) log.warn({ ...wait }, "Telegram cannot be reached: trying on.");
      this.#toldAt = Date.now();
      return;
    }
    log.warn({ ...wait }, "Telegram asks to wait.");
    const until = wait.until.toISOString();
    for (const { job } of this.#running.values()) {
      if (!concerns(wait, job.task)) continue;
      const rootId = job.rootId ?? job.id;
      const event = { type: "waiting", until, reason: wait.reason } as const;
      db.jobEvents
        .add({ uid: `${rootId}:waiting:${until}`, jobId: job.id, rootId, event, at: new Date() })
        .catch((error) => log.warn({ err: error }, "An event could not be written."));
    }
  };

  /** Runs until stopped, then puts down what runs. */
  async run(): Promise<void> {
    const { db, workerId, hostname, account, isDraining, log } = this.#deps;
    await this.#patiently(async () => {
      const { recorded, removed } = await settleLeftovers(this.#deps);
      if (recorded + removed > 0) log.info({ recorded, removed }, "Files that the last run left behind are settled.");
      await db.jobs.takeBack(workerId);
    });
    while (!this.#stop.aborted) {
      await account.ready();
      if (this.#stop.aborted) break;
      const free = isDraining() ? [] : this.#wanted();
      this.#nudged = false;
      try {
        await this.#sweep();
        const job =
          free.length > 0 ? await db.jobs.claim({ workerId, hostname, leaseMs: LEASE_MS, tasks: free }) : null;
        if (job) this.#begin(job);
        else await this.#pause(POLL_MS);
      } catch (error) {
        log.error({ err: error }, "Looking for work failed: trying on.");
        await this.#pause(AFTER_TROUBLE_MS);
      }
    }
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  /** A further batch only when the one in hand runs out: what waits here, an idle machine could have. */
  #wanted(): TaskName[] {
    const ahead = this.#filesInHand() > FILES_AHEAD;
    return this.#lanes.free().filter((task) => !ahead || task !== "download");
  }

  #filesInHand(): number {
    let files = 0;
    for (const { job, progress } of this.#running.values())
      if (job.task === "download") files += job.payload.messageIds.length - progress.done;
    return files;
  }

  #begin(job: Job): void {
    this.#lanes.enter(job.task);
    const progress = { ...NO_PROGRESS, ...job.progress };
    const done = this.#perform(job, progress)
      .catch((error) => this.#deps.log.error({ err: error, job: job.id }, "A job could not be ended."))
      .finally(() => {
        this.#lanes.leave(job.task);
        this.#running.delete(job.id);
        this.nudge();
      });
    this.#running.set(job.id, { job, progress, done });
  }

  async #perform(job: Job, progress: JobProgress): Promise<void> {
    const { db, files, operations, account, log } = this.#deps;
    log.info({ job: job.id, root: job.rootId, task: job.task, attempt: job.attempts }, "Job begins.");
    await operations.begin(job, this.#deps.hostname);
    const settings = await db.settings.all();
    files.concurrency = Math.max(1, settings.concurrency);
    await runJob(job, this.#stop, {
      ...this.#deps,
      progress,
      settings,
      nudge: this.nudge,
      waitOf: (task) => this.#waitOf(task),
      onFatal: (error) => account.lose(error),
    });
    await operations.endIfOver(job);
    log.info({ job: job.id, root: job.rootId, task: job.task }, "Job is put down.");
  }

  #waitOf(task: TaskName): JobWait | null {
    const wait = this.#wait;
    return wait && concerns(wait, task) ? { until: wait.until, reason: wait.reason } : null;
  }

  async #sweep(): Promise<void> {
    if (Date.now() - this.#sweptAt < SWEEP_MS) return;
    this.#sweptAt = Date.now();
    await this.#deps.operations.sweep();
  }

  async #patiently(work: () => Promise<unknown>): Promise<void> {
    while (!this.#stop.aborted) {
      try {
        await work();
        return;
      } catch (error) {
        this.#deps.log.error({ err: error }, "The database does not answer: trying on.");
        await this.#pause(AFTER_TROUBLE_MS);
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    if (this.#nudged || this.#stop.aborted) return;
    // No composed signal: made twice a second for months, those would add up.
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => {};
  }
}

/** Whom a wait holds up, by the call that waits. */
function concerns({ method, reason }: TelegramWait, task: TaskName): boolean {
  if (reason === "NETWORK") return true;
  if (method.startsWith("upload.save")) return task === "send" || task === "restore" || task === "upload-archive";
  if (method === "upload.getFile" || method.endsWith(".getMessages")) return task === "download";
  return task !== "download";
}
