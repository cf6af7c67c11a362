/** SIGINT, SIGTERM and SIGHUP become one AbortSignal. */
import type { Logger } from "./logger.ts";

/** npm and the terminal both pass on one Ctrl-C: two signals so close together are one wish. */
const SAME_WISH_MS = 500;

export interface StopOptions {
  log: Logger;
  /** A stop that takes longer is ended by force. */
  deadlineMs: number;
  exit?: (code: number) => void;
}

export interface StopSignal {
  signal: AbortSignal;
  /** Stops for a reason other than a signal. */
  stop(reason: string): void;
  /** No longer listens, so that the process may end by itself. */
  release(): void;
}

/** The first signal asks everything to stop; a second one, later, ends the process at once. */
export function listenForStop({ log, deadlineMs, exit = process.exit }: StopOptions): StopSignal {
  const controller = new AbortController();
  let askedAt = 0;
  let deadline: NodeJS.Timeout | undefined;

  const stop = (reason: string) => {
    if (controller.signal.aborted) return;
    askedAt = Date.now();
    log.info({ reason }, "Stopping: jobs keep what they have and go on at the next start.");
    deadline = setTimeout(() => {
      log.error(`Not everything stopped within ${deadlineMs / 1000} s: ending by force.`);
      exit(1);
    }, deadlineMs).unref();
    controller.abort(new Error(`Stopped by ${reason}.`));
  };
  const onSignal = (name: NodeJS.Signals) => {
    if (!controller.signal.aborted) return stop(name);
    if (Date.now() - askedAt < SAME_WISH_MS) return;
    log.warn({ reason: name }, "Asked twice: ending at once.");
    exit(130);
  };

  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    stop,
    release() {
      clearTimeout(deadline);
      for (const name of names) process.off(name, onSignal);
    },
  };
}
