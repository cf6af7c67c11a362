import type { NewJob } from "../core/job.ts";
import { insert, type RowValues } from "./insert.ts";
import { DEFAULT_ATTEMPTS } from "./job-row.ts";
import { first, type Sql, type Store } from "./sql.ts";
import { clean, toJson, toTime } from "./values.ts";

const PLAN = { table: "jobs", key: ["id"], update: {} };

/** Adds jobs in one transaction; answers with their ids, or with the id that the same request got before. */
export function addJobs(store: Store, jobs: readonly NewJob[]): Promise<string[]> {
  return store.transaction(async (tx) => {
    const ids: string[] = [];
    for (const job of jobs) ids.push(await addJob(tx, job));
    return ids;
  });
}

async function addJob(tx: Sql, job: NewJob): Promise<string> {
  const key = job.requestKey ?? null;
  if (key === null) {
    await insert(tx, PLAN, [toRow(job)]);
    return job.id;
  }
  const known = () => first<{ id: string }>(tx, "SELECT id FROM jobs WHERE request_key = ?", [key]);
  const before = await known();
  if (before) return before.id;
  // Another process may add it right now: the unique request_key lets one of the two in.
  const columns = Object.keys(toRow(job));
  await tx.run(
    `${tx.dialect.insertIgnore} INTO jobs (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
    Object.values(toRow(job)),
  );
  return (await known())?.id ?? job.id;
}

/** A new row of `jobs`. */
export function toRow(job: NewJob): RowValues {
  const now = toTime(new Date());
  return {
    id: job.id,
    root_id: job.rootId ?? null,
    family_id: job.rootId ?? job.id,
    task: job.task,
    payload: toJson(job.payload),
    title: clean(job.title),
    state: job.state ?? "waiting",
    claim_order: -(job.priority ?? 0),
    hostname: job.hostname ?? null,
    max_attempts: job.maxAttempts ?? DEFAULT_ATTEMPTS,
    // A little in the past, so that a machine whose clock is ahead of the database's need not wait.
    run_at: job.runAt ? toTime(job.runAt) : "2000-01-01 00:00:00.000",
    request_key: job.requestKey ?? null,
    created_at: now,
    updated_at: now,
  };
}
