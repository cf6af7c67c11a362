/**
 * Asks Telegram, and treats in one place what may stand between a question and its answer: waits that Telegram orders,
 * a network that is away, trouble on its side, a foreign data centre that has forgotten us. None of it spends anybody's
 * attempt; whoever has no more patience aborts.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "telegram/tl/index.js";
import type { Pace, TelegramWait } from "../telegram.ts";
import type { DataCenters, Lane } from "./datacenters.ts";
import { isServerTrouble, isSignedOut, signedOut, toProductError, waitOf } from "./errors.ts";
import { KeyUnknown, LineBroken, RpcFault, Unreadable } from "./fault.ts";

export interface CallOptions {
  signal: AbortSignal;
  dcId?: number;
  lane?: Lane;
  deadlineMs?: number;
  /** Waits and an unreachable network are thrown as RetryLaterError at once; for logins and for connecting. */
  impatient?: boolean;
}

/** Longer ones send the job back to the queue instead of keeping a worker. */
const LONGEST_WAIT_S = 15 * 60;
const SERVER_TRIES = 6;
const UNREADABLE_TRIES = 3;
const DEADLINE_MS = 30_000;
const LONGEST_PAUSE_MS = 30_000;

export class Caller {
  onWait: ((wait: TelegramWait | null) => void) | null = null;
  /** Questions of a login and of connecting are few, and do not ask it. */
  pace: Pace | null = null;
  readonly #dataCenters: DataCenters;
  /** Until when a method of a data centre rests, for everybody who calls it. */
  readonly #resting = new Map<string, { until: number; reason: string }>();
  #waiting = 0;

  constructor(dataCenters: DataCenters) {
    this.#dataCenters = dataCenters;
  }

  async call<R extends Api.AnyRequest>(request: R, options: CallOptions): Promise<R["__response"]> {
    const { signal, impatient = false, lane = "calls", deadlineMs = DEADLINE_MS } = options;
    const home = this.#dataCenters.homeDc;
    const dcId = options.dcId ?? home;
    const method = telegramName(request.className);
    const place = `${dcId}:${method}`;
    let networkTries = 0;
    let serverTries = 0;
    let unreadable = 0;
    let reintroduced = false;
    for (;;) {
      signal.throwIfAborted();
      if (!impatient) {
        await this.#rest(place, method, signal);
        await this.pace?.(method, signal);
      }
      try {
        const line = await this.#dataCenters.line(dcId, lane);
        return await line.request(request, { deadlineMs, signal });
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof KeyUnknown && dcId === home) throw signedOut(error);
        if (error instanceof LineBroken && !impatient) {
          const pause = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** networkTries++) * (0.75 + Math.random() / 2);
          await this.#pause(pause, "NETWORK", method, signal);
          continue;
        }
        if (error instanceof Unreadable && ++unreadable < UNREADABLE_TRIES) continue;
        if (!(error instanceof RpcFault)) throw toProductError(error);
        const wait = waitOf(error);
        if (wait && !impatient && wait.seconds <= LONGEST_WAIT_S) {
          // A second more: their clock rounds down.
          const until = Date.now() + (wait.seconds + 1) * 1000;
          const known = this.#resting.get(place)?.until ?? 0;
          this.#resting.set(place, { until: Math.max(until, known), reason: wait.reason });
          continue;
        }
        if (isServerTrouble(error) && !impatient && ++serverTries < SERVER_TRIES) {
          await this.#pause(500 * 2 ** serverTries, "SERVER", method, signal);
          continue;
        }
        if (isSignedOut(error) && dcId !== home && !reintroduced) {
          reintroduced = true;
          this.#dataCenters.forgetKey(dcId);
          continue;
        }
        throw toProductError(error);
      }
    }
  }

  async #rest(place: string, method: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      const rest = this.#resting.get(place);
      if (!rest) return;
      const left = rest.until - Date.now();
      if (left <= 0) {
        this.#resting.delete(place);
        return;
      }
      await this.#pause(left, rest.reason, method, signal);
    }
  }

  async #pause(ms: number, reason: string, method: string, signal: AbortSignal): Promise<void> {
    this.#waiting++;
    // The first stumble of a network is no news yet.
    if (ms > 1_000) this.onWait?.({ reason, until: new Date(Date.now() + ms), method });
    try {
      await sleep(ms, undefined, { signal });
    } catch {
      throw signal.reason;
    } finally {
      if (--this.#waiting === 0) this.onWait?.(null);
    }
  }
}

/** "upload.GetFile", as GramJS's class is called, is upload.getFile to everybody else. */
function telegramName(className: string): string {
  const dot = className.lastIndexOf(".") + 1;
  return className.slice(0, dot) + className.charAt(dot).toLowerCase() + className.slice(dot + 1);
}
