import type { Family, Job, JobProgress, JobState, JobWait, NewJob } from "../../core/job.ts";
import type { Message } from "../../core/media.ts";
import type { TaskName, TaskResults } from "../../core/tasks.ts";
import type { IdRange } from "./messages.ts";
import type { Page } from "./page.ts";

export interface Claim {
  workerId: string;
  hostname: string;
  leaseMs: number;
  tasks: readonly TaskName[];
}
/** `lost`: cancelled or taken over, stop and write nothing more. `paused`: stop at the next safe point and release. */
export type Hold = "held" | "paused" | "lost";

export interface JobRepository {
  /** Adds all in one transaction. A requestKey known already adds nothing and answers with the first one's id. */
  add(jobs: readonly NewJob[]): Promise<string[]>;
  get(id: string): Promise<Job | null>;
  family(rootId: string): Promise<Family | null>;
  families(rootIds: readonly string[]): Promise<Family[]>;
  /** Root jobs the owner asked for (no questions), newest first; of these tasks alone, where some are named. */
  roots(
    where: { states?: readonly JobState[]; since?: Date; tasks?: readonly TaskName[] },
    page: Page,
  ): Promise<{ families: Family[]; total: number }>;

  /** The next due job becomes this worker's for the lease; counts one attempt. Expired leases are taken over. */
  claim(claim: Claim): Promise<Job | null>;
  /**
   * Frees what this worker still held when its process ended; asked once at start, before the first claim, by a worker
   * whose id outlives its process. Nobody then waits for a lease to run out.
   */
  takeBack(workerId: string): Promise<number>;
  /** Renews the lease and saves how far it is. */
  heartbeat(job: Job, workerId: string, leaseMs: number, progress: JobProgress, wait: JobWait | null): Promise<Hold>;
  /** Each returns false where the lease was lost, and then changed nothing. */
  complete<T extends TaskName>(
    job: Job<T>,
    workerId: string,
    progress: JobProgress,
    result: TaskResults[T],
  ): Promise<boolean>;
  /** Back to `waiting`. A wait Telegram asked for, a restart or a pause spends no attempt. */
  release(
    job: Job,
    workerId: string,
    progress: JobProgress,
    options: { runAt: Date; wait: JobWait | null; spendsAttempt: boolean; error: string | null },
  ): Promise<boolean>;
  fail(job: Job, workerId: string, progress: JobProgress, error: string): Promise<boolean>;

  /**
   * One page of a scan, in one transaction: records the messages, hands the wanted ones to a new batch of the root,
   * and saves how far the scan is. The batch's id is derived from root and first message, so that a page scanned twice
   * adds nothing twice. False where the lease was lost.
   */
  scanned(job: Job<"scan">, workerId: string, page: ScannedPage): Promise<boolean>;
  /** Where an interrupted scan goes on, as `scanned` kept it. */
  scanCursor(jobId: string): Promise<unknown>;

  /** draft → waiting. True for exactly one of two taps. */
  confirm(id: string): Promise<boolean>;
  /** The whole family, whatever its state; false if it was over. */
  cancel(rootId: string): Promise<boolean>;
  setPaused(rootId: string, paused: boolean): Promise<boolean>;
  setPriority(rootId: string, priority: number): Promise<boolean>;
}

export interface ScannedPage {
  messages: readonly Message[];
  /** Those of them that the filter wants and `next` shall have. */
  wanted: readonly number[];
  hostname: string;
  progress: JobProgress;
  cursor: unknown;
  /** Telegram has them no more. */
  gone?: readonly number[];
  /** Every message that Telegram has of this stretch of ids is recorded with this page, or was before. */
  covered?: IdRange;
}
