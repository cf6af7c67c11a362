/** Says of a machine that only answers the owner that it is there; a worker says so itself. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "./db/db.ts";
import type { Logger } from "./logger.ts";

const BEAT_MS = 5_000;

export interface PresenceDeps {
  db: Db;
  workerId: string;
  hostname: string;
  roles: readonly string[];
  version: string;
  signal: AbortSignal;
  log: Logger;
}

export function startPresence(deps: PresenceDeps): { stopped: Promise<void>; stop(): Promise<void> } {
  const { db, workerId, hostname, roles, version, log } = deps;
  const stopping = new AbortController();
  const signal = AbortSignal.any([deps.signal, stopping.signal]);
  const startedAt = new Date();
  const stopped = (async () => {
    while (!signal.aborted) {
      try {
        await db.workers.beat({
          workerId,
          hostname,
          roles: [...roles],
          version,
          startedAt,
          account: null,
          trouble: null,
          freeBytes: null,
          downloadDir: null,
        });
      } catch (error) {
        log.warn({ err: error }, "This machine could not say that it is there.");
      }
      await sleep(BEAT_MS, undefined, { signal }).catch(() => {});
    }
    await db.workers.remove(workerId).catch(() => {});
  })();
  return {
    stopped,
    stop() {
      stopping.abort();
      return stopped;
    },
  };
}
