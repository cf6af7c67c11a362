import type { Job, JobProgress, JobWait } from "../core/job.ts";
import { JOB_STATES } from "../core/job.ts";
import type { TaskName, TaskPayloads } from "../core/tasks.ts";
import { cleanOrNull, fromJson, oneOf, textOrNull, time, timeOrNull, toTimeOrNull, type Value } from "./values.ts";

/** A row of `jobs`. */
export type JobRow = { [column: string]: unknown };

/** How often a job may be begun without getting any further. */
export const DEFAULT_ATTEMPTS = 10;

/** A job as its worker holds it: `claims` is the number that proves it is still the same claim. */
export type ClaimedJob = Job & { claims: number };

export function fromRow(row: JobRow): ClaimedJob {
  const job = {
    id: String(row.id),
    rootId: textOrNull(row.root_id),
    task: String(row.task) as TaskName,
    payload: fromJson<TaskPayloads[TaskName]>(row.payload),
    title: textOrNull(row.title) ?? "",
    state: oneOf(JOB_STATES, String(row.state), "job state"),
    // Adding 0, since minus 0 is not 0 to everyone.
    priority: -Number(row.claim_order) + 0,
    paused: Boolean(row.paused),
    hostname: textOrNull(row.hostname),
    attempts: Number(row.attempts),
    maxAttempts: Number(row.max_attempts),
    claims: Number(row.claims),
    // A job that was due at once has a date long past: it counts from when it was added.
    runAt: later(time(row.run_at), time(row.created_at)),
    lockedBy: textOrNull(row.locked_by),
    lockedUntil: timeOrNull(row.locked_until),
    progress: progressOf(row),
    wait: waitOf(row),
    result: fromJson(row.result),
    error: textOrNull(row.error),
    createdAt: time(row.created_at),
    startedAt: timeOrNull(row.started_at),
    endedAt: timeOrNull(row.ended_at),
  };
  // The task's name decides the shape of payload and result; whoever added the row was held to that by NewJob.
  return job as ClaimedJob;
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);

export const progressOf = (row: JobRow): JobProgress => ({
  done: Number(row.done),
  total: Number(row.total),
  saved: Number(row.saved),
  had: Number(row.had),
  failed: Number(row.failed),
  bytes: Number(row.bytes),
  totalBytes: Number(row.total_bytes),
  seen: Number(row.seen),
  fresh: Number(row.fresh ?? 0),
  edited: Number(row.edited ?? 0),
  gone: Number(row.gone ?? 0),
});

function waitOf(row: JobRow): JobWait | null {
  const until = timeOrNull(row.wait_until);
  return until && { until, reason: textOrNull(row.wait_reason) ?? "" };
}

/** The columns of progress and wait, for the SET of an UPDATE. */
export const HOW_FAR =
  "done = ?, total = ?, saved = ?, had = ?, failed = ?, bytes = ?, total_bytes = ?, seen = ?, fresh = ?, edited = ?, gone = ?, wait_until = ?, wait_reason = ?";
export const howFar = (progress: JobProgress, wait: JobWait | null): Value[] => [
  progress.done,
  progress.total,
  progress.saved,
  progress.had,
  progress.failed,
  progress.bytes,
  progress.totalBytes,
  progress.seen,
  progress.fresh,
  progress.edited,
  progress.gone,
  toTimeOrNull(wait?.until ?? null),
  cleanOrNull(wait?.reason ?? null),
];
