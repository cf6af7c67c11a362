/** What /stats tells of messages: plain numbers, whether they come from sums or from the messages themselves. */
import type { ChatId } from "./media.ts";

export interface Tally {
  messages: number;
  /** Messages that carry a file. */
  files: number;
  /** Of those files, where Telegram tells. */
  bytes: number;
}
export const noTally = (): Tally => ({ messages: 0, files: 0, bytes: 0 });

export const MESSAGE_KINDS = [
  "photo",
  "video",
  "round",
  "audio",
  "voice",
  "gif",
  "sticker",
  "document",
  "text",
  "service",
  "other",
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** How far a file has come: on a disk, not yet, or in vain. Of messages that Telegram has no more, "gone". */
export const DISK_STATES = ["saved", "missing", "failed", "gone"] as const;
export type DiskState = (typeof DISK_STATES)[number];

export interface KindTally extends Tally {
  kind: MessageKind;
  /** Without the dot; "" for what is no file or has none. */
  extension: string;
  disk: DiskState;
}

export interface SenderTally extends Tally {
  /** 0 where Telegram does not say. */
  senderId: ChatId;
  name: string | null;
}
export interface ChatTally extends Tally {
  chatId: ChatId;
  title: string;
}
export interface DayTally extends Tally {
  /** Days since 1970 by the zone's calendar. */
  day: number;
}
export interface HourTally {
  /** 0 for Monday. */
  weekday: number;
  hour: number;
  messages: number;
}
export interface LargeFile {
  chatId: ChatId;
  messageId: number;
  name: string | null;
  kind: MessageKind;
  bytes: number;
  date: Date;
}
export interface SizeStatistics {
  /** Files whose size is known. */
  files: number;
  average: number;
  /** The smallest size that so large a share of the files does not exceed. */
  quantiles: { share: number; bytes: number }[];
  largest: LargeFile[];
}
/** Least, quarter, median, three quarters, nine tenths, all but one of a hundred, largest. */
export const QUANTILES = [0, 0.25, 0.5, 0.75, 0.9, 0.99, 1] as const;

/** The place, from 0, of the file that a share means among so many in order of size. */
export const rankOf = (share: number, files: number): number => Math.max(0, Math.ceil(share * files) - 1);

export interface Statistics {
  kinds: KindTally[];
  senders: { count: number; top: SenderTally[] };
  chats: ChatTally[];
  days: DayTally[];
  hours: HourTally[];
  sizes: SizeStatistics;
}

/** All that is there, without what is gone. */
export function totalOf(kinds: readonly KindTally[]): Tally {
  return sum(kinds.filter(({ disk }) => disk !== "gone"));
}

export function sum(tallies: readonly Tally[]): Tally {
  const total = noTally();
  for (const { messages, files, bytes } of tallies) {
    total.messages += messages;
    total.files += files;
    total.bytes += bytes;
  }
  return total;
}

/** Tallies of one name put together, the most messages first, then by name. */
export function grouped<T extends Tally>(
  tallies: readonly T[],
  nameOf: (one: T) => string,
): (Tally & { name: string })[] {
  const found = new Map<string, Tally & { name: string }>();
  for (const one of tallies) {
    const name = nameOf(one);
    const group = found.get(name) ?? { name, ...noTally() };
    found.set(name, group);
    group.messages += one.messages;
    group.files += one.files;
    group.bytes += one.bytes;
  }
  return [...found.values()].sort((a, b) => b.messages - a.messages || (a.name < b.name ? -1 : 1));
}

const DAY_MS = 86_400_000;

/** "2024-05" of a day since 1970. */
export const monthOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 7);
export const yearOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 4);

/** 0 for Monday: 1 January 1970 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
