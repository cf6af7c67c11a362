/**
 * Words, used without synonyms: a **job** is a row of work; a **task** is the code that does it; a **root** job is what
 * the owner asked for, its **parts** are batches, together a **family**; a **batch** is up to 100 messages; a **worker**
 * holds a job by a **lease** and keeps it by a **heartbeat**; a **card** is the bot message that shows a job;
 * **hostname** names a machine.
 */
import type { TaskName, TaskPayloads, TaskResults } from "./tasks.ts";

/** A `draft` waits for the owner's yes; the rest are what every queue calls them. */
export const JOB_STATES = ["draft", "waiting", "active", "completed", "failed", "cancelled"] as const;
export type JobState = (typeof JOB_STATES)[number];

/** How far a job is. Absolute numbers, so that saying them twice changes nothing. */
export interface JobProgress {
  /** Messages settled: saved, had before, or failed. */
  done: number;
  /** Messages given to this job; for a scan, matching messages found so far. */
  total: number;
  /** Fetched by this job. */
  saved: number;
  /** Already on disk before it. */
  had: number;
  failed: number;
  /** Bytes fetched by this job. */
  bytes: number;
  /** Bytes of all its files, where Telegram tells. */
  totalBytes: number;
  /** Messages a scan has looked at. */
  seen: number;
  /** Of these: new to the database, changed since they were recorded; and known ones that Telegram has no more. */
  fresh: number;
  edited: number;
  gone: number;
}
export const NO_PROGRESS: JobProgress = {
  done: 0,
  total: 0,
  saved: 0,
  had: 0,
  failed: 0,
  bytes: 0,
  totalBytes: 0,
  seen: 0,
  fresh: 0,
  edited: 0,
  gone: 0,
};

/** Why a running job stands still, for the owner's eyes. */
export interface JobWait {
  until: Date;
  /** FLOOD_WAIT, FLOOD_PREMIUM_WAIT, NETWORK, DISK, FOLDER, …: who asked, not a sentence. */
  reason: string;
}

export type Job<T extends TaskName = TaskName> = {
  [Name in T]: {
    /** Made by the program (`newId`), never by a database, so that it is the same in every store. */
    id: string;
    /** The job the owner asked for, when this one is part of it. */
    rootId: string | null;
    task: Name;
    payload: TaskPayloads[Name];
    title: string;
    state: JobState;
    /** Higher first; questions 100, what the owner starts 0. */
    priority: number;
    /** The owner set it aside; it keeps its state and is not claimed. */
    paused: boolean;
    /** The only machine that may claim it, when the files it needs lie there. */
    hostname: string | null;
    attempts: number;
    maxAttempts: number;
    runAt: Date;
    lockedBy: string | null;
    lockedUntil: Date | null;
    progress: JobProgress;
    wait: JobWait | null;
    result: TaskResults[Name] | null;
    error: string | null;
    createdAt: Date;
    startedAt: Date | null;
    endedAt: Date | null;
  };
}[T];

/** What is needed to add a job; the rest has defaults. */
export type NewJob<T extends TaskName = TaskName> = {
  [Name in T]: {
    id: string;
    task: Name;
    payload: TaskPayloads[Name];
    title: string;
    rootId?: string | null;
    state?: "draft" | "waiting";
    priority?: number;
    hostname?: string | null;
    maxAttempts?: number;
    /** Unique: the same update of Telegram's, delivered twice, adds one job. */
    requestKey?: string | null;
    runAt?: Date;
  };
}[T];

/** What is worth remembering about a job. `root` events are told to the owner, the rest are for /log and the card. */
export type JobEvent =
  | { type: "started"; worker: string }
  | { type: "file-failed"; messageId: number; reason: string }
  | { type: "waiting"; until: string; reason: string }
  | { type: "retrying"; at: string; reason: string }
  | { type: "completed" }
  | { type: "cancelled" }
  | { type: "failed"; reason: string };

/** A root with its parts, as a card shows it. */
export interface Family {
  root: Job;
  state: JobState;
  paused: boolean;
  /** True while the scan still finds work, so that `progress.total` may grow. */
  counting: boolean;
  progress: JobProgress;
  wait: JobWait | null;
  /** Why it failed, where it did: the root's own reason, or that of one of its parts. */
  failure?: string | null;
  parts: number;
  /** Hostnames that hold parts now. */
  hostnames: string[];
}

const SHOWN_FIRST: readonly JobState[] = ["draft", "active", "waiting", "failed", "cancelled", "completed"];

/** The state to show for a job and its parts: over only when every part is. */
export function familyState(states: Iterable<JobState>): JobState {
  const present = new Set(states);
  return SHOWN_FIRST.find((state) => present.has(state)) ?? "completed";
}

export const isOver = (state: JobState): boolean =>
  state === "completed" || state === "failed" || state === "cancelled";
