/** Keeps the account connected: tries again while the network is away, and waits for a new login where it takes one. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { FatalError, RetryLaterError } from "../core/errors.ts";
import type { Account, Telegram } from "./telegram.ts";

const LOOK_EVERY_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Another process lets go of the session sooner or later; nothing in the file changes then. */
const IN_USE_AGAIN_MS = 5_000;

export interface AccountDeps {
  telegram: Telegram;
  /** Changes when somebody has logged in anew. */
  loginStamp: () => string | null;
  signal: AbortSignal;
  log: Logger;
  onConnected: (account: Account) => void;
}

export class AccountKeeper {
  account: Account | null = null;
  /** Why there is none, a code of FatalError or NETWORK. */
  trouble: string | null = null;
  readonly #deps: AccountDeps;
  #waiters: (() => void)[] = [];
  #lost: { error: FatalError } | null = null;
  #wake: () => void = () => {};

  constructor(deps: AccountDeps) {
    this.#deps = deps;
  }

  /** Runs until stopped. */
  async run(): Promise<void> {
    const { telegram, signal, log, loginStamp } = this.#deps;
    for (let failures = 0; !signal.aborted; ) {
      const stamp = loginStamp();
      try {
        const account = await telegram.connect(signal);
        failures = 0;
        this.account = account;
        this.trouble = null;
        log.info({ account: account.id, premium: account.premium }, "Connected to Telegram.");
        for (const resume of this.#waiters.splice(0)) resume();
        this.#deps.onConnected(account);
        const { error } = await this.#untilLost();
        this.account = null;
        await telegram.close();
        throw error;
      } catch (error) {
        if (signal.aborted) return;
        const pause = Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** failures++);
        await this.#afterFailure(error, stamp, pause);
      }
    }
  }

  /** Resolves when the account is connected, or everything stops. */
  ready(): Promise<void> {
    const { signal } = this.#deps;
    if (this.account || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  /** A job has found out that the session is no good any more. */
  lose(error: FatalError): void {
    this.account = null;
    this.#lost = { error };
    this.#wake();
  }

  #untilLost(): Promise<{ error: FatalError }> {
    const { signal } = this.#deps;
    return new Promise((resolve, reject) => {
      this.#wake = () => {
        if (!this.#lost) return;
        const lost = this.#lost;
        this.#lost = null;
        resolve(lost);
      };
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  }

  async #afterFailure(error: unknown, stamp: string | null, pauseMs: number): Promise<void> {
    const { log } = this.#deps;
    if (error instanceof RetryLaterError) {
      if (this.trouble === null) log.warn({ err: error }, "Telegram cannot be reached: trying on.");
      this.trouble = error.reason;
      return this.#pause(Math.max(pauseMs, Math.min(LONGEST_PAUSE_MS, error.at.getTime() - Date.now())));
    }
    if (!(error instanceof FatalError)) {
      log.error({ err: error }, "Connecting to Telegram failed in an unexpected way: trying on.");
      this.trouble = "UNEXPECTED";
      return this.#pause(pauseMs);
    }
    if (this.trouble !== error.code) log.error({ code: error.code }, error.message);
    this.trouble = error.code;
    if (error.code === "SESSION_IN_USE") return this.#pause(IN_USE_AGAIN_MS);
    while (!this.#deps.signal.aborted && this.#deps.loginStamp() === stamp) await this.#pause(LOOK_EVERY_MS);
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#deps.signal }).catch(() => {});
  }
}
