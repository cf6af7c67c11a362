/**
 * Deleting, as a machine of states. The owner's yes is needed to enter `grace`; nothing is sent before `running`; no state
 * leads from a restart to `running` without a new yes.
 */
import type { ChatId } from "./media.ts";
import type { MediaFilter } from "./media-filter.ts";

export const DELETION_STATES = [
  /** A worker freezes the list of messages. */
  "planning",
  /** The owner sees what would go. */
  "preview",
  /** A yes was given; a worker copies. */
  "copying",
  /** Everything that comes before the grace is done. */
  "copied",
  /** The owner is asked again: copies failed, or the program was restarted. */
  "asking",
  /** Counting down, nothing is sent. */
  "grace",
  /** The grace is over; a worker may begin, soon or not at all. */
  "ready",
  "running",
  /** The owner said stop; the batch under way is settled, no other begins. */
  "stopping",
  /** Ended in the middle; will be reported and asked about. */
  "interrupted",
  "done",
  /** Over without anything sent. */
  "kept",
] as const;
export type DeletionState = (typeof DELETION_STATES)[number];

const NEXT: Record<DeletionState, readonly DeletionState[]> = {
  planning: ["preview", "kept"],
  preview: ["copying", "copied", "kept"],
  copying: ["copied", "asking", "kept"],
  copied: ["grace", "asking", "kept", "done"],
  asking: ["copied", "kept", "done"],
  grace: ["ready", "asking", "kept", "done"],
  ready: ["running", "interrupted", "kept", "done"],
  running: ["done", "stopping", "interrupted"],
  stopping: ["done"],
  interrupted: ["asking"],
  done: [],
  kept: [],
};

export const mayMove = (from: DeletionState, to: DeletionState): boolean => NEXT[from].includes(to);
export const isDeletionOver = (state: DeletionState): boolean => state === "done" || state === "kept";

export const ITEM_STATES = [
  "planned",
  "copied",
  "copy_failed",
  /** Telegram was asked and the answer is not written yet. */
  "sent",
  "deleted",
  "refused",
  /** Somebody else deleted it meanwhile. */
  "gone",
  "kept",
] as const;
export type ItemState = (typeof ITEM_STATES)[number];
export const isSettled = (state: ItemState): boolean =>
  state === "deleted" || state === "refused" || state === "gone" || state === "kept";

/** For whom a message vanishes. */
export type DeletionEffect = "everyone" | "me";

/** Why a message cannot be deleted, or was not. */
export const REASONS = [
  "service",
  "no-right",
  "not-member",
  "young-dice",
  "telegram",
  "changed",
  "copy-failed",
  "stopped",
  "undone",
] as const;
export type DeletionReason = (typeof REASONS)[number];

export interface DeletionItem {
  messageId: number;
  state: ItemState;
  effect: DeletionEffect;
  own: boolean;
  /** The kind, as the preview counts it. */
  type: string;
  date: Date;
  senderName: string | null;
  /** What it held when the owner was shown it: one that has changed since is not touched. */
  fingerprint: string;
  reason: string | null;
  /** Set before the first call that names it. */
  sentAt: Date | null;
  copyPath: string | null;
}

/** What the owner is shown before anything. Service messages and what Telegram refuses are not in the count. */
export interface DeletionSummary {
  count: number;
  own: number;
  others: number;
  first: string | null;
  last: string | null;
  byType: { type: string; count: number }[];
  everyone: number;
  onlyMe: number;
  /** Not possible, by reason. */
  refused: Partial<Record<DeletionReason, number>>;
  /** Own messages among all that match, where the right for others' is missing. */
  samples: number[];
  /** The filter names nothing but the chat. */
  wholeChat: boolean;
  /** May be copied at all. */
  copyable: boolean;
  /** Of a run with a cap: so many more are left for the next ones. */
  beyondCap?: number;
  /** More match than the day's cap allows; no list was kept. */
  overCap: boolean;
}

export interface Deletion {
  id: string;
  /** The short number the owner sees. */
  number: number;
  chatId: ChatId;
  chatTitle: string;
  filter: MediaFilter;
  state: DeletionState;
  /** Where there is a choice: for both sides, or for the owner alone. */
  everyone: boolean;
  backup: boolean;
  /** Messages without a copy go too: the owner said so for their number. */
  includeUncopied: boolean;
  /** The schedule it is a run of: then nothing asks for a yes, but a notice with Undo comes before the long grace. */
  scheduleId: string | null;
  /** At most so many of the oldest; null for all. */
  cap: number | null;
  /** The machine whose disk has the copy. */
  hostname: string | null;
  folder: string | null;
  manifestSha256: string | null;
  summary: DeletionSummary | null;
  /** The owner's chat with the bot, the message there that shows it, and the command. */
  ownerChatId: ChatId;
  messageId: number | null;
  replyToId: number | null;
  confirmedAt: Date | null;
  readyAt: Date | null;
  endedAt: Date | null;
  /** The end has been told. */
  told: boolean;
  error: string | null;
  createdAt: Date;
}

export type ItemCounts = Record<ItemState, number>;
export const NO_ITEMS: ItemCounts = {
  planned: 0,
  copied: 0,
  copy_failed: 0,
  sent: 0,
  deleted: 0,
  refused: 0,
  gone: 0,
  kept: 0,
};

/** Above so many, or with others' messages, or for a whole chat, a tap is not enough: the number is typed. */
export const TYPED_ABOVE = 500;
export const mustType = (summary: Pick<DeletionSummary, "others" | "wholeChat">, count: number): boolean =>
  count > TYPED_ABOVE || summary.others > 0 || summary.wholeChat;

/** A yes: for one number, one message, one owner, once, within this time. */
export const CONFIRM_WITHIN_MS = 10 * 60_000;
export interface Confirmation {
  token: string;
  deletionId: string;
  /** `uncopied` also lets messages go whose copy failed. */
  kind: "first" | "again" | "uncopied";
  number: number;
  typed: boolean;
  ownerId: number;
  chatId: ChatId;
  messageId: number;
  createdAt: Date;
  expiresAt: Date;
}
export type ConfirmAnswer = "yes" | "used" | "expired" | "stranger";

/** A clock that was set back makes no yes young again. */
const CLOCK_SLACK_MS = 5_000;
export const isInTime = ({ createdAt, expiresAt }: { createdAt: Date; expiresAt: Date }, now: Date): boolean =>
  now.getTime() >= createdAt.getTime() - CLOCK_SLACK_MS && now < expiresAt;

/** A worker begins so soon after the grace or asks again: nobody expects a deletion hours after Undo has gone. */
const BEGIN_WITHIN_MS = 60_000;
export const isStillReady = (readyAt: Date | null, now: Date): boolean =>
  readyAt !== null && isInTime({ createdAt: readyAt, expiresAt: new Date(readyAt.getTime() + BEGIN_WITHIN_MS) }, now);

/** What happens to the day's allowance. */
export const CAP_WINDOW_MS = 24 * 60 * 60_000;

/** When the countdown is shown anew, in seconds left. */
const SHOWN_AT = [60, 30, 10];
export const nextCountdown = (shown: number, left: number): number | null =>
  SHOWN_AT.find((step) => step < shown && left <= step && left > (SHOWN_AT[SHOWN_AT.indexOf(step) + 1] ?? 0)) ?? null;
