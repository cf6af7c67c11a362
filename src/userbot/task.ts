/** What a task is, and all that it may need. It takes nothing else, so that a test can call it directly. */
import type PQueue from "p-queue";
import type { Logger } from "pino";
import type { Job, JobEvent, JobProgress, JobWait } from "../core/job.ts";
import type { Settings } from "../core/settings.ts";
import type { TaskName, TaskResults } from "../core/tasks.ts";
import type { Db } from "../db/db.ts";
import type { Destinations } from "./destinations.ts";
import type { Telegram } from "./telegram.ts";
import type { Transfer } from "./transfer/transfer.ts";

export interface TaskContext {
  db: Db;
  telegram: Telegram;
  transfer: Transfer;
  /** What is worked on; who writes down a file names it. */
  job: Pick<Job, "id">;
  workerId: string;
  hostname: string;
  downloadDir: string;
  destinations: Destinations;
  /** As they were when the job was claimed. */
  settings: Settings;
  /** All files of this machine, whichever job they belong to, go through here. */
  files: PQueue;
  /** The task writes, the heartbeat saves. Absolute numbers. */
  progress: JobProgress;
  /** Aborted with the reason: stop at the next safe point. */
  signal: AbortSignal;
  log: Logger;
  /** Says that a message stands still, or with null that it goes on; shown on the card. */
  wait(wait: JobWait | null): void;
  /** `key` makes the event one, however often it is said. */
  emit(event: JobEvent, key: string): Promise<void>;
  /**
   * Throws where the job is another worker's by now. Asked before anything is written that would last: a machine that
   * stood still for minutes does not know yet that it has lost its lease.
   */
  confirm(): Promise<void>;
  /** There is new work in the database. */
  nudge(): void;
}

/** Does the work of a job and answers with its result. Bears being run twice, and checks `signal`. */
export type Task<T extends TaskName> = (job: Job<T>, context: TaskContext) => Promise<TaskResults[T]>;

export type Tasks = { [Name in TaskName]: Task<Name> };
