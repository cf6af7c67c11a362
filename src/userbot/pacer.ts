/**
 * Keeps all machines of the account within one budget of requests, through the database. Turns are taken from it by the
 * handful and ahead of time, so that a machine that is alone and under the limit waits for nothing. While the database is
 * away its stand-in answers, which then is this machine's own budget.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { RetryLaterError } from "../core/errors.ts";
import type { Settings } from "../core/settings.ts";
import type { BudgetRepository } from "../db/db.ts";
import { rateOf } from "./pace-rates.ts";
import type { Pace, TelegramWait } from "./telegram.ts";

/** So many turns at most are in one machine's hand. */
const HANDFUL = 50;
/** Longer ones send the job back to the queue instead of keeping a worker. */
const LONGEST_WAIT_MS = 15 * 60_000;

export interface PacerDeps {
  budget: BudgetRepository;
  /** As the owner likes it now. */
  pace: () => Settings["requestPace"];
  /** Hears of every request, and of every one that was held back. */
  counted: (method: string, heldBack: boolean) => void;
  /** The program stops. */
  signal: AbortSignal;
  log: Logger;
}

export class Pacer {
  readonly #deps: PacerDeps;
  readonly #turns = new Map<string, Turns>();

  constructor(deps: PacerDeps) {
    this.#deps = deps;
  }

  /** Resolves when the call may go out. */
  readonly pace: Pace = async (method, signal) => {
    let turns = this.#turns.get(method);
    if (!turns) {
      turns = new Turns(method, this.#deps);
      this.#turns.set(method, turns);
    }
    const heldBack = await turns.take(signal);
    this.#deps.counted(method, heldBack);
  };

  /** What Telegram asks of one machine holds for all: it counts the account, not the machine. */
  readonly heard = (wait: TelegramWait | null): void => {
    if (wait?.reason !== "FLOOD_WAIT") return;
    const { budget, pace, log } = this.#deps;
    const { burst, perSecond } = rateOf(wait.method, pace());
    // A quiet time would let a burst go out before the end of the wait.
    const ms = wait.until.getTime() - Date.now() + (burst / perSecond) * 1_000;
    this.#turns.get(wait.method)?.drop();
    budget
      .rest(wait.method, ms)
      .catch((error: unknown) => log.warn({ err: error }, "The other machines could not be told to wait."));
  };
}

/** Turns of one method that this machine holds. */
class Turns {
  readonly #method: string;
  readonly #deps: PacerDeps;
  #left = 0;
  #fetching: Promise<boolean> | null = null;

  constructor(method: string, deps: PacerDeps) {
    this.#method = method;
    this.#deps = deps;
  }

  /** True where there was a wait. */
  async take(signal: AbortSignal): Promise<boolean> {
    for (let heldBack = false; ; ) {
      if (this.#left > 0) {
        this.#left--;
        // The next handful comes while these are used up; what goes wrong is told to whoever needs it.
        if (this.#left <= this.#handful / 2) this.#fetch().catch(() => {});
        return heldBack;
      }
      heldBack = (await unlessAborted(this.#fetch(), signal)) || heldBack;
    }
  }

  drop(): void {
    this.#left = 0;
  }

  get #handful(): number {
    return Math.max(1, Math.min(HANDFUL, Math.ceil(rateOf(this.#method, this.#deps.pace()).perSecond / 10)));
  }

  #fetch(): Promise<boolean> {
    this.#fetching ??= this.#fetchHandful().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetchHandful(): Promise<boolean> {
    const { budget, pace, signal, log } = this.#deps;
    const rate = rateOf(this.#method, pace());
    const count = this.#handful;
    let wait: number;
    try {
      wait = await budget.take(this.#method, count, rate);
    } catch (error) {
      // Without a budget the calls go on, at the pace that would be theirs alone.
      log.warn({ err: error, method: this.#method }, "The budget of requests could not be asked.");
      wait = (count / rate.perSecond) * 1_000;
    }
    if (wait > LONGEST_WAIT_MS)
      throw new RetryLaterError("Telegram asked to wait.", new Date(Date.now() + wait), "FLOOD_WAIT");
    if (wait > 0) await sleep(wait, undefined, { signal });
    this.#left += count;
    return wait > 0;
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
    work.catch(() => {});
  }
}
