import type { AccountView } from "./account-view.ts";
import type { WorldAccount, WorldChat, WorldUser } from "./chat.ts";
import type { Faults } from "./faults.ts";
import type { FileStore } from "./file-store.ts";
import type { Journal } from "./journal.ts";
import type { KeyStore } from "./keys.ts";
import type { Lines } from "./lines.ts";

/** The one state behind both doors. */
export interface World {
  readonly seed: number;
  readonly clock: WorldClock;
  readonly people: People;
  readonly content: FileStore;
  readonly faults: Faults;
  readonly lines: Lines;
  readonly journal: Journal;
  /** Auth keys, sessions and logins that were made; kept by --state so that a session survives a restart. */
  readonly keys: KeyStore;
  /** The account that owns bot and program. */
  readonly ownerId: number;
  readonly apiId: number;
  readonly apiHash: string;
  /** The world through one account's eyes; the same object each time. Throws for a user who has no account. */
  as(accountId: number): AccountView;
  account(userId: number): WorldAccount | null;
  accounts(): WorldAccount[];
  accountByPhone(phone: string): WorldAccount | null;
  accountByToken(token: string): WorldAccount | null;
  chat(chatId: number): WorldChat | null;
  chats(): WorldChat[];
  /** Everything that needs no account: who is t.me/name. */
  findUsername(username: string): { peerId: number } | null;
}

export interface WorldClock {
  /** Unix seconds. */
  now(): number;
  /** Unix milliseconds. */
  nowMs(): number;
  /** Moves the world's time forward (or back) against the machine's. */
  shift(seconds: number): void;
}

export interface People {
  get(userId: number): WorldUser | null;
  all(): WorldUser[];
}
