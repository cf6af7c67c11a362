/** Pictures that look alike and are not the same: what the owner is shown of them, and what may be asked for. */
import type { ChatId } from "./media.ts";

export interface SeenPicture {
  /** "sha256:…" or "file:…", as the database knows the content. */
  content: string;
  /** Of the bytes that were looked at. */
  sha256: string;
  width: number;
  height: number;
  bytes: number;
  /** Where its message stands; of several the oldest. */
  chatId: ChatId;
  messageId: number;
  /** An ISO instant. */
  date: string;
  /** Every place of it on this machine. */
  paths: string[];
}

export interface LookAlikeReport {
  hostname: string;
  /** Those with the most bytes first. The first picture of each is the one that all others look like. */
  groups: { pictures: SeenPicture[] }[];
  totalGroups: number;
  /** In all groups. */
  pictures: number;
  /** All pictures of the machine that could be looked at. */
  looked: number;
  /** Broken, too large, or with too little in them to tell. */
  unclear: number;
  /** Recorded, but not there. */
  missing: number;
}

/** One picture goes, after a yes; one of the others is there at that moment, or nothing happens. */
export interface RemovalOrder {
  remove: SeenPicture;
  stay: SeenPicture[];
}

export type RemovalRefusal = "missing" | "changed" | "last" | "not-a-file" | "not-allowed" | "unknown";
