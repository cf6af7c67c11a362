import type { Fault, FaultOrder } from "../world/types/faults.ts";
import type { JournalEntry } from "../world/types/journal.ts";
import type { Line } from "../world/types/lines.ts";
import type { Entity, ForwardInfo, ReplyInfo, ReplyMarkup, ServiceAction } from "../world/types/message.ts";

/** What travels through the control door. */

export interface PhoneVersion {
  /** Unix ms. */
  at: number;
  text: string;
  entities: Entity[];
  replyMarkup: ReplyMarkup | null;
}

/** A message of the chat with the bot, as the phone shows it, with every earlier version of it. */
export interface PhoneMessage {
  id: number;
  from: "bot" | "me";
  /** Unix ms of arrival. */
  at: number;
  /** Unix seconds. */
  date: number;
  editDate: number | null;
  text: string;
  entities: Entity[];
  replyMarkup: ReplyMarkup | null;
  replyTo: ReplyInfo | null;
  media: MediaSummary | null;
  service: ServiceAction | null;
  forward: ForwardInfo | null;
  /** Arrived without a sound. */
  silent: boolean;
  deleted: boolean;
  pinned: boolean;
  /** Emoji, by whom. */
  reactions: { emoji: string; by: number[] }[];
  /** All versions, the first and the present one included. */
  edits: PhoneVersion[];
}

export interface MediaSummary {
  kind: string;
  as: string | null;
  name: string | null;
  size: number | null;
  fileId: string | null;
}

/** The truth about one file of a chat. */
export interface WorldFileRow {
  messageId: number;
  name: string | null;
  size: number;
  sha256: string;
  mediaType: string;
  mimeType: string;
  /** Unix seconds of the message. */
  date: number;
  fileId: string;
  dcId: number;
}

export interface WorldChatRow {
  chatId: number;
  kind: string;
  title: string;
  username: string | null;
  messages: number;
  topMessageId: number;
  unread: number;
  archived: boolean;
}

export interface WorldMessageRow {
  id: number;
  chatId: number;
  fromId: number;
  date: number;
  editDate: number | null;
  text: string;
  entities: Entity[];
  service: ServiceAction | null;
  groupedId: string | null;
  topicId: number | null;
  replyTo: ReplyInfo | null;
  forward: ForwardInfo | null;
  media: MediaSummary | null;
  out: boolean;
}

export interface RpcPage {
  rpcs: JournalEntry[];
  /** Ask for what comes after this one next time. */
  last: number;
}

export interface Served {
  files: { fileId: string; size: string; bytes: number; parts: number; repeated: number }[];
  sessions: Record<string, number>;
}

export interface SessionRow {
  session: string;
  accountId: number | null;
  dcId: number;
  device: string;
  line: Line;
}

/** Who acts on a phone. */
export type Hand = "owner" | "second" | "stranger";

/** A message to add to a chat. */
export interface NewMessage {
  /** Marked id of the sender; default: somebody of the chat who is not the owner. */
  from?: number;
  text?: string;
  entities?: Entity[];
  /** Unix seconds; default: now. */
  date?: number;
  media?: {
    type: string;
    size: number;
    name?: string | null;
    mimeType?: string;
    key?: string;
    dcId?: 1 | 2;
  };
  service?: ServiceAction;
  replyTo?: number;
  topicId?: number;
  /** Messages with the same one are an album. */
  album?: string;
}

/** A chat to build. Everything but kind and title has a default. */
export interface NewChat {
  kind: "private" | "group" | "supergroup" | "channel";
  title: string;
  username?: string | null;
  noforwards?: boolean;
  archived?: boolean;
  unread?: number;
  ownerIs?: "creator" | "admin" | "junior-admin" | "member" | "none";
  messages?: {
    count: number;
    /** How many of them carry a file. Or `mediaShare`, 0 to 1. */
    media?: number;
    mediaShare?: number;
    types?: Record<string, number>;
    sizeMin?: number;
    sizeMax?: number;
    seed?: number;
    /** Unix seconds. */
    from?: number;
    to?: number;
    languages?: string[];
    albums?: boolean;
    duplicates?: number;
    gapEvery?: number;
  };
  shortPages?: boolean;
  /** Of a supergroup: it becomes a forum with General and these. */
  topics?: string[];
}

export type { Fault, FaultOrder, JournalEntry, Line };
