/**
 * Polling handles updates one after another, so a handler that waits for Telegram would keep /cancel waiting too. After
 * a moment polling goes on without it; the update is kept in the database until its handler is done, since Telegram
 * then no longer keeps it for us.
 */
import type { MiddlewareFn } from "grammy";
import type { Update } from "grammy/types";
import type { SettingsRepository } from "../db/db.ts";
import { StoppedError } from "./ask.ts";
import type { BotContext } from "./context.ts";

const MOMENT_MS = 1_500;
const MEMORY = "unfinished-updates";
/** A command that made the program crash must not do so at every start; kills from outside count like crashes. */
const TRIES = 10;

interface Unfinished {
  update: Update;
  tries: number;
}

export interface Patience {
  middleware: MiddlewareFn<BotContext>;
  /** What an earlier run of the program left undone, oldest first: to try again, and what has been tried too often. */
  unfinished(): Promise<{ again: Update[]; givenUp: Update[] }>;
  /** The owner has been told that this one is left. */
  forget(update: Update): Promise<void>;
  /** Resolves when no handler runs. */
  idle(): Promise<void>;
}

export function createPatience(settings: SettingsRepository): Patience {
  const running = new Set<Promise<void>>();
  const kept = new Set<number>();
  let writing: Promise<void> = Promise.resolve();

  const change = (edit: (all: Unfinished[]) => Unfinished[]): Promise<void> => {
    const next = writing.then(async () => {
      await settings.remember(MEMORY, edit((await settings.recall<Unfinished[]>(MEMORY)) ?? []));
    });
    // A failed write must not stop the following ones; whoever asked for it sees the failure.
    writing = next.catch(() => undefined);
    return next;
  };
  const keep = async (update: Update) => {
    if (kept.has(update.update_id)) return;
    kept.add(update.update_id);
    await change((all) => [...all, { update, tries: 1 }]);
  };
  const forget = async (update: Update) => {
    if (kept.delete(update.update_id)) {
      await change((all) => all.filter((one) => one.update.update_id !== update.update_id));
    }
  };

  return {
    middleware: async ({ update }, next) => {
      const work = finish(next(), update);
      running.add(work);
      let over = false;
      void work
        .catch(() => undefined)
        .then(() => {
          over = true;
          running.delete(work);
        });
      await Promise.race([work, moment()]);
      if (over) return;
      await keep(update);
      // It may have ended while that was written.
      if (over) await forget(update);
    },
    async unfinished() {
      let left: Unfinished[] = [];
      await change((all) => {
        left = all;
        return all.map((one) => (isAnother(one) ? { ...one, tries: one.tries + 1 } : one));
      });
      for (const { update } of left) kept.add(update.update_id);
      return {
        again: left.filter(isAnother).map(({ update }) => update),
        givenUp: left.filter((one) => !isAnother(one)).map(({ update }) => update),
      };
    },
    forget,
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
      await writing;
    },
  };

  async function finish(work: Promise<void>, update: Update): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof StoppedError)) throw error;
      // The program stops before the answer came: the next start takes the command up again.
      await keep(update);
      return;
    }
    await forget(update);
  }
}

const isAnother = ({ tries }: Unfinished): boolean => tries < TRIES;

function moment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, MOMENT_MS).unref());
}
