/** What is written down of deletions. Only ever in the shared database: with that one away, every call is refused. */
import type {
  ConfirmAnswer,
  Confirmation,
  Deletion,
  DeletionItem,
  DeletionState,
  DeletionSummary,
  ItemCounts,
  ItemState,
} from "../../core/deletion.ts";
import type { Page } from "./page.ts";

export type DeletionChange = Partial<
  Pick<
    Deletion,
    | "everyone"
    | "backup"
    | "includeUncopied"
    | "hostname"
    | "folder"
    | "manifestSha256"
    | "messageId"
    | "confirmedAt"
    | "readyAt"
    | "endedAt"
    | "told"
    | "error"
  >
>;

export interface SettledItem {
  messageId: number;
  state: Extract<ItemState, "planned" | "copied" | "copy_failed" | "deleted" | "refused" | "gone" | "kept">;
  reason?: string | null;
  copyPath?: string | null;
}

export interface DeletionRepository {
  /** In state `planning`, with the next number. Asked twice with one id, it is one. */
  create(
    deletion: Pick<Deletion, "id" | "chatId" | "chatTitle" | "filter" | "everyone" | "ownerChatId" | "replyToId"> &
      Partial<Pick<Deletion, "scheduleId" | "cap">>,
  ): Promise<Deletion>;
  /** Replaces the frozen list; only while planning. False where that is over. */
  freeze(id: string, items: readonly DeletionItem[], summary: DeletionSummary, everyone: boolean): Promise<boolean>;
  get(id: string): Promise<Deletion | null>;
  byNumber(number: number): Promise<Deletion | null>;
  /** Newest first. */
  list(
    where: { withCopy?: boolean; over?: boolean; since?: Date },
    page: Page,
  ): Promise<{ deletions: Deletion[]; total: number }>;
  /** What is under way, or has not been told. */
  open(): Promise<Deletion[]>;
  /** By message id, upwards. */
  items(id: string, where: { states?: readonly ItemState[]; above?: number }, limit: number): Promise<DeletionItem[]>;
  counts(id: string): Promise<ItemCounts>;
  /** How many there are of each reason. */
  reasons(id: string, states: readonly ItemState[]): Promise<{ reason: string; count: number }[]>;
  /** True for exactly one caller, and only along the machine's ways. */
  move(id: string, from: readonly DeletionState[], to: DeletionState, change?: DeletionChange): Promise<boolean>;
  /** What is shown where, and the like; changes no state. */
  note(id: string, change: DeletionChange): Promise<void>;
  /** A new yes to be given; every earlier one of the deletion is void. */
  issue(confirmation: Confirmation): Promise<void>;
  confirmation(token: string): Promise<Confirmation | null>;
  /** Uses a yes and moves the deletion on, in one transaction. */
  confirm(
    token: string,
    by: { ownerId: number; chatId: number; messageId: number; now: Date },
    step: { from: readonly DeletionState[]; to: DeletionState; change: DeletionChange },
  ): Promise<ConfirmAnswer>;
  /** Before a call: these become `sent`, unless the deletion is no longer running. */
  sending(id: string, messageIds: readonly number[], at: Date): Promise<boolean>;
  /** What became of messages. Deleted ones are `deleted` in `messages` too, with the path of their copy. */
  settle(id: string, items: readonly SettledItem[], at: Date): Promise<void>;
  /** Everything not sent stays where it is, for this reason. */
  keepRest(id: string, reason: string, at: Date): Promise<number>;
  /** Messages deleted, or about to be, over all deletions since then. */
  spent(since: Date): Promise<number>;
}
