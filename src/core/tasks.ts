/** The contract between the bot and the workers: every task, what it is given and what it answers. */
import type { DuplicateReport, FreeOrder } from "./duplicates.ts";
import type { LookAlikeReport, RemovalOrder, RemovalRefusal } from "./look-alikes.ts";
import type { ChatId } from "./media.ts";
import type { MediaFilter } from "./media-filter.ts";
import type { ArchiveFormat } from "./query-types.ts";

/** At most 100 messages of one chat: what one worker claims at a time. */
export interface MessageBatch {
  chatId: ChatId;
  messageIds: number[];
}
export const BATCH_SIZE = 100;

/** What each is given. */
export interface TaskPayloads {
  /** Reads the account's dialogs, folders and archive into `chats`. */
  chats: Record<string, never>;
  /** Finds one chat (and message) from @name, t.me link, id or title, records it and answers with it. */
  resolve: { query: string };
  /** Says what a download would fetch, before anything is fetched. */
  plan: { chatId: ChatId; filter: MediaFilter };
  /** Says how many messages a chat has. */
  count: { chatId: ChatId };
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
  /** Looks in the chat with the bot for a message of the bot's, sent since then. */
  told: { to: string; text: string; since: string };
  /** Finds what is kept more than once on the machine it runs on. */
  duplicates: Record<string, never>;
  /** Frees copies that the owner has confirmed, on the machine that holds them. */
  "free-duplicates": { orders: FreeOrder[]; how: "link" | "remove" };
  /** Looks at all pictures of the machine it runs on, and finds those that look alike. */
  "look-alikes": Record<string, never>;
  /** Removes one picture that the owner has pointed at, if one that looks like it stays. */
  "remove-look-alike": RemovalOrder;
  /** Posts the copy of a deletion again. */
  restore: { deletionId: string; chatId: ChatId };
}
export type TaskName = keyof TaskPayloads;
/** Tasks the bot waits for while the owner looks on; they are claimed before all others and are no jobs in /jobs. */
export const QUESTION_TASKS = [
  "resolve",
  "plan",
  "count",
  "delete-plan",
  "verify-archive",
  "send",
  "told",
] as const satisfies readonly TaskName[];

/** What each answers, kept as the result of its job. */
export interface TaskResults {
  chats: { count: number };
  resolve: { chatId: ChatId; messageIds: number[] | null; topicId: number | null; commentsOf: number | null } | null;
  plan: DownloadPlan;
  count: { messages: number };
  scan: { seen: number; matched: number };
  index: { chats: number };
  download: Record<string, never>;
  "delete-plan": { matched: number };
  "delete-copy": { copied: number; failed: number };
  delete: { deleted: number };
  /** `stopped` by the owner: the rest was not tried. */
  restore: { posted: number; missing: number; stopped?: boolean };
  send: { how: "forwarded" | "uploaded" };
  told: { found: boolean };
  duplicates: DuplicateReport;
  "free-duplicates": {
    freed: number;
    bytes: number;
    /** Left as they are, the first of them, and why. */
    kept: { path: string; reason: string }[];
    how: "link" | "remove";
  };
  "look-alikes": LookAlikeReport;
  /** `reason` null: it is removed. `bytes` is what that gave back. */
  "remove-look-alike": { path: string; bytes: number; reason: RemovalRefusal | null };
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
