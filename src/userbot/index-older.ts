/** Messages recorded before /search had an index are taken into it, a little at a time, while nothing else is in haste. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Db } from "../db/db.ts";

const AT_ONCE = 500;
const PAUSE_MS = 50;
const AFTER_TROUBLE_MS = 30_000;

export async function indexOlder(db: Db, signal: AbortSignal, log: Logger): Promise<void> {
  while (!signal.aborted) {
    try {
      if (await db.search.indexNext(AT_ONCE)) return;
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ err: error }, "Older messages could not be taken into the index of /search: tried again later.");
      await sleep(AFTER_TROUBLE_MS, undefined, { signal }).catch(() => {});
    }
  }
}
