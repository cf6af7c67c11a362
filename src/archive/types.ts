/** What an archive is made of, and what a writer of one format has to do. */
import type { Chat, StoredMessage } from "../core/media.ts";
import type { ArchiveFormat } from "../core/query-types.ts";

export interface ArchivedChat extends Pick<Chat, "chatId" | "type" | "title" | "username" | "isSelf" | "isBot"> {
  /** The newest message when the archive was begun; what comes later is for the next one. */
  upTo: number;
  /** Of a forum: what its topics are called, by their numbers. */
  topics?: { [id: number]: string };
}

/** How the owner likes archives. */
export interface ArchiveLook {
  timeZone: string;
  /** A mark at the beginning of a CSV by which Excel knows UTF-8. */
  csvBom: boolean;
  /** Cells that a table program would take for a formula get an apostrophe in front. */
  csvEscapeFormulas: boolean;
}

/** Decides every byte of an archive, together with the messages. JSON-safe: an interrupted archive knows itself by it. */
export interface ArchiveOrder {
  /** The job's. */
  id: string;
  format: ArchiveFormat;
  media: boolean;
  look: ArchiveLook;
  /** ISO; of the order, not of its end, so that an interrupted archive is the same as an undisturbed one. */
  createdAt: string;
  /** What was asked for, in words; null for everything. */
  filter: string | null;
  /** True for the whole account: one archive over several chats. */
  all: boolean;
  chats: ArchivedChat[];
}

/** Why a file is not in the archive. */
export type Absent = "not-wanted" | "unavailable";
/** Where the file of a message is: a path within the archive with "/" between its steps, or why it is not there. */
export type FilePlace = { path: string } | { absent: Absent } | null;

export interface ArchivedMessage {
  message: StoredMessage;
  place: FilePlace;
}

/** One format. It writes into the folder it was given, and can go on where it was after `state()` was kept. */
export interface ArchiveWriter {
  beginChat(chat: ArchivedChat): void;
  add(archived: ArchivedMessage): void;
  endChat(): void;
  finish(): void;
  /** JSON-safe. */
  state(): unknown;
}

export interface ChatSpan {
  chatId: number;
  messages: number;
  firstId: number | null;
  lastId: number | null;
}
