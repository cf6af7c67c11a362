import type { Context } from "grammy";
import type { Logger } from "pino";
import type { Settings } from "../core/settings.ts";
import type { Db } from "../db/db.ts";
import type { Ask } from "./ask.ts";
import type { Command } from "./command.ts";
import type { DeletionWatch } from "./deletion/watch.ts";
import type { Voice } from "./voice.ts";

/** What every handler may use; built once in index.ts. */
export interface Services {
  db: Db;
  log: Logger;
  now: () => Date;
  /** Fires when the bot stops, so that nothing waits for an answer any more. */
  signal: AbortSignal;
  commands: readonly Command[];
  ask: Ask;
  deletions: Pick<DeletionWatch, "confirmed" | "scheduled" | "nudge" | "expired" | "withdrawn">;
  /** This machine's name: files that lie on it can be sent from here. Null where it was not told. */
  hostname: string | null;
  /** Wakes the worker of this process, if there is one, and the board. */
  jobAdded(): void;
  /** Prepares the command menu of the owner's chat; quiet where Telegram does not know the chat yet. */
  offerMenu(): Promise<void>;
}

export type BotContext = Context & {
  services: Services;
  settings: Settings;
  voice: Voice;
  /** This very update has made its sender the owner. */
  claimed?: true;
};
