/** What a database forgets with time. Messages, chats and the owner's jobs are never among it. */
import { QUESTION_TASKS } from "../core/tasks.ts";
import type { DatabaseLog } from "./database-log.ts";
import { isAway } from "./faults.ts";
import { marks, type Store } from "./sql.ts";
import type { Value } from "./values.ts";

const ROWS_AT_ONCE = 1000;
const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

interface Forgotten {
  table: string;
  key: string;
  where: string;
  values: readonly Value[];
  /** Null: only if the owner wants logs to be forgotten. */
  afterMs: number | null;
}

const FORGOTTEN: readonly Forgotten[] = [
  { table: "download_log", key: "id", where: "attempt_datetime < ", values: [], afterMs: null },
  { table: "action_log", key: "id", where: "status <> 'started' AND ended_datetime < ", values: [], afterMs: null },
  { table: "job_events", key: "uid", where: "told_at IS NOT NULL AND event_at < ", values: [], afterMs: null },
  // Answered long ago and shown nowhere.
  {
    table: "jobs",
    key: "id",
    where: `root_id IS NULL AND task IN (${marks(QUESTION_TASKS)}) AND state IN ('completed', 'failed', 'cancelled') AND ended_at < `,
    values: QUESTION_TASKS,
    afterMs: DAY_MS,
  },
  { table: "workers", key: "worker_id", where: "last_seen_at < ", values: [], afterMs: 30 * DAY_MS },
];

/** Deletes what is older, a few rows at a time so that nobody waits; answers with the number of rows. */
export async function forgetOld(store: Store, keepLogsDays: number | null): Promise<number> {
  let forgotten = 0;
  for (const { table, key, where, values, afterMs } of FORGOTTEN) {
    const age = afterMs ?? (keepLogsDays === null ? null : keepLogsDays * DAY_MS);
    if (age === null) continue;
    for (;;) {
      // The inner SELECT is a table of its own, since MySQL reads no table that it is deleting from.
      const some = `SELECT ${key} FROM ${table} WHERE ${where}${store.dialect.later} LIMIT ${ROWS_AT_ONCE}`;
      const rows = await store.run(`DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM (${some}) AS old)`, [
        ...values,
        -age,
      ]);
      forgotten += rows;
      if (rows < ROWS_AT_ONCE) break;
    }
  }
  return forgotten;
}

export interface Housekeeping {
  stop(): Promise<void>;
}

/** Once an hour, where the store is at hand. Several machines may do it; the second finds nothing. */
export function keepHouse(
  storeAtHand: () => Store | null,
  keepLogsDays: number | null,
  log: DatabaseLog,
): Housekeeping {
  let running: Promise<void> = Promise.resolve();
  const sweep = async () => {
    const store = storeAtHand();
    if (!store) return;
    try {
      const rows = await forgetOld(store, keepLogsDays);
      if (rows > 0) log.info({ rows, keepLogsDays }, "Old lines of logs were forgotten.");
    } catch (error) {
      if (!isAway(error)) log.error({ error: error instanceof Error ? error.message : error }, "Housekeeping failed.");
    }
  };
  const timer = setInterval(() => {
    running = sweep();
  }, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
