/**
 * Words, used without synonyms: a **job** is a row of work; a **task** is the code that does it; a **root** job is what
 * the owner asked for, its **parts** are batches, together a **family**; a **batch** is up to 100 messages; a **worker**
 * holds a job by a **lease** and keeps it by a **heartbeat**; a **card** is the bot message that shows a job;
 * **hostname** names a machine.
 */
import type { DuplicateReport, FreeOrder } from "./duplicates.ts";
import type { ChatId } from "./media.ts";
import type { MediaFilter } from "./media-filter.ts";
import type { ArchiveFormat } from "./query-types.ts";

/** At most 100 messages of one chat: what one worker claims at a time. */
export interface MessageBatch {
  chatId: ChatId;
  messageIds: number[];
}
export const BATCH_SIZE = 100;

/** The contract between the bot and the workers: every task and what it is given. */
export interface TaskPayloads {
  /** Reads the account's dialogs, folders and archive into `chats`. */
  chats: Record<string, never>;
  /** Finds one chat (and message) from @name, t.me link, id or title, records it and answers with it. */
  resolve: { query: string };
  /** Says what a download would fetch, before anything is fetched. */
  plan: { chatId: ChatId; filter: MediaFilter };
  /** Records what a chat holds and, when `next` names a task, queues batches for it. */
  scan: { chatId: ChatId; filter: MediaFilter; next: "download" | null; full?: boolean; alone?: boolean };
  /** Scans several chats, or with null all that the account has, as parts of one job. */
  index: IndexWish;
  download: MessageBatch;
  /** Brings the index of a chat (null: of all chats) up to date, fetches its files where wanted, and writes it out. */
  archive: ArchiveWish;
  /** Compares an archive of this machine with its manifest. */
  "verify-archive": { folder: string };
  /** Sends an archive's file to Saved Messages by the account. */
  "upload-archive": { archiveJob: string; file: string; name: string };
  /** Freezes the list of messages of a deletion that is being planned. Deletes nothing. */
  "delete-plan": { deletionId: string };
  /** Copies the frozen messages with their media, and proves the copy. */
  "delete-copy": { deletionId: string };
  /** Deletes what was confirmed; taken up a second time, it only finds out how far it came. */
  delete: { deletionId: string };
  /** Brings one message into the owner's chat with the bot, by the account; `key` makes it one message there. */
  send: { chatId: ChatId; messageId: number; to: string; key: string };
  /** Finds what is kept more than once on the machine it runs on. */
  duplicates: Record<string, never>;
  /** Frees copies that the owner has confirmed, on the machine that holds them. */
  "free-duplicates": { orders: FreeOrder[]; how: "link" | "remove" };
  /** Posts the copy of a deletion again. */
  restore: { deletionId: string; chatId: ChatId };
}
export type TaskName = keyof TaskPayloads;
/** Tasks the bot waits for while the owner looks on; they are claimed before all others and are no jobs in /jobs. */
export const QUESTION_TASKS = [
  "resolve",
  "plan",
  "delete-plan",
  "verify-archive",
  "send",
] as const satisfies readonly TaskName[];

/** What a question answers, kept as the job's result. */
export interface TaskResults {
  chats: { count: number };
  resolve: { chatId: ChatId; messageIds: number[] | null; topicId: number | null; commentsOf: number | null } | null;
  plan: DownloadPlan;
  scan: { seen: number; matched: number };
  index: { chats: number };
  download: Record<string, never>;
  "delete-plan": { matched: number };
  "delete-copy": { copied: number; failed: number };
  delete: { deleted: number };
  restore: { posted: number; missing: number };
  send: { how: "forwarded" | "uploaded" };
  duplicates: DuplicateReport;
  "free-duplicates": {
    freed: number;
    bytes: number;
    /** Left as they are, the first of them, and why. */
    kept: { path: string; reason: string }[];
    how: "link" | "remove";
  };
  archive: ArchiveResult;
  "verify-archive": { files: number; bytes: number; faults: string[] };
  "upload-archive": { bytes: number };
}

export interface ArchiveWish {
  chatId: ChatId | null;
  filter: MediaFilter;
  format: ArchiveFormat;
  media: boolean;
  /** As one file, even where it is large. */
  zip: boolean;
}

export interface ArchiveResult {
  messages: number;
  chats: number;
  /** Chats whose owners do not allow it. */
  restricted: number;
  /** On the machine `hostname`. */
  folder: string;
  hostname: string;
  /** What can be handed over as one file: the only one, or a zip of all. */
  file: string | null;
  /** How that file is called when it is sent: "family-2026-11-22.json". */
  name: string;
  /** Of that file; of the whole folder where there is none. */
  bytes: number;
  /** Files that were wanted and are not in it. */
  missing: number;
}

export interface IndexWish {
  chatIds: ChatId[] | null;
  filter: MediaFilter;
  /** Also what was scanned before, for edits and for what is gone. */
  full: boolean;
}

export interface DownloadPlan {
  files: number;
  bytes: number;
  /** True where files or bytes were reckoned from a sample. */
  approximate: boolean;
  byType: { type: string; files: number; bytes: number }[];
  /** Already on disk, by the database. */
  owned: number;
  /** Bytes free where downloads go, on the machine that answered. */
  freeBytes: number;
  directory: string;
  /** When the chat holds nothing that matches: the newest message of the wanted types, if any. */
  newestOfType: string | null;
}

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
