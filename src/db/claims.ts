/** A job changes hands in one UPDATE that says who holds it; the number of rows is the answer. Times are the database's. */
import type { Job, JobState } from "../core/job.ts";
import { type ClaimedJob, fromRow, HOW_FAR, howFar, type JobRow } from "./job-row.ts";
import type { Claim, Hold, JobRepository } from "./ports/jobs.ts";
import { first, marks, type Sql, type Store } from "./sql.ts";
import { clean, cleanOrNull, toJson, type Value } from "./values.ts";

/** How many due jobs to look at: when others take the first ones meanwhile, there is a next. */
const CANDIDATES = 8;
const LOOKS = 5;

const FREE = "locked_by = NULL, locked_hostname = NULL, locked_until = NULL";

export interface ClaimOptions {
  /** Asked before each claim: whether jobs that were copied here for an outage, but are not this machine's, may be taken. */
  takesBystanders: () => boolean;
  /** Asked before each claim: whether jobs of machines that have not been heard of may be taken over. */
  takesOver?: () => boolean;
}

type Claims = Pick<JobRepository, "claim" | "takeBack" | "heartbeat" | "complete" | "release" | "fail">;

export function claims(store: Store, options: ClaimOptions): Claims {
  const { now, later } = store.dialect;

  /** One UPDATE of a job that is still this worker's. */
  const change = (job: Pick<Job, "id">, workerId: string, set: string, values: Value[]) => {
    const held = heldBy(job, workerId);
    return store.run(`UPDATE jobs SET ${set}, updated_at = ${now} WHERE ${held.where}`, [...values, ...held.values]);
  };

  /** The same, to a state in which nobody holds it. Said twice, as after an answer that was lost, it is true twice. */
  const leave = async (job: Pick<Job, "id">, workerId: string, state: JobState, set: string, values: Value[]) => {
    if ((await change(job, workerId, `state = '${state}', ${FREE}, ${set}`, values)) > 0) return true;
    const { claims } = job as Partial<ClaimedJob>;
    const left = "SELECT 1 AS left_before FROM jobs WHERE id = ? AND state = ? AND claims = ?";
    return claims !== undefined && (await first(store, left, [job.id, state, claims])) !== null;
  };

  return {
    async claim(claim) {
      const takesOver = options.takesOver?.() ?? true;
      if (takesOver) await failHopeless(store, `locked_until < ${now}`, []);
      for (let look = 0; look < LOOKS; look++) {
        const candidates = await dueJobs(store, claim, { bystanders: options.takesBystanders(), takesOver });
        for (const candidate of candidates) {
          if (await take(store, candidate, claim)) {
            const row = await first<JobRow>(store, "SELECT * FROM jobs WHERE id = ?", [String(candidate.id)]);
            return row && fromRow(row);
          }
        }
        if (candidates.length < CANDIDATES) return null;
      }
      return null;
    },

    async takeBack(workerId) {
      await failHopeless(store, "locked_by = ?", [workerId]);
      return store.run(
        `UPDATE jobs SET state = 'waiting', ${FREE}, updated_at = ${now} WHERE locked_by = ? AND state = 'active'`,
        [workerId],
      );
    },

    async heartbeat(job, workerId, leaseMs, progress, wait): Promise<Hold> {
      // Getting further is no sign of a job that kills its worker, so the attempts count anew. This stands before the
      // new numbers, since MySQL sets columns one after another.
      const attempts = "attempts = CASE WHEN ? > done OR ? > seen THEN 1 ELSE attempts END";
      const changed = await change(job, workerId, `${attempts}, ${HOW_FAR}, locked_until = ${later}`, [
        progress.done,
        progress.seen,
        ...howFar(progress, wait),
        leaseMs,
      ]);
      if (changed === 0) return "lost";
      const row = await first<{ paused: number }>(store, "SELECT paused FROM jobs WHERE id = ?", [job.id]);
      return row?.paused ? "paused" : "held";
    },

    complete: (job, workerId, progress, result) =>
      leave(job, workerId, "completed", `${HOW_FAR}, result = ?, error = NULL, ended_at = ${now}`, [
        ...howFar(progress, null),
        toJson(result),
      ]),

    release(job, workerId, progress, { runAt, wait, spendsAttempt, error }) {
      // By how long from now, since this machine's clock is not the database's.
      const delay = Math.max(0, runAt.getTime() - Date.now());
      const attempts = spendsAttempt ? "attempts" : "CASE WHEN attempts > 0 THEN attempts - 1 ELSE 0 END";
      return leave(job, workerId, "waiting", `${HOW_FAR}, attempts = ${attempts}, run_at = ${later}, error = ?`, [
        ...howFar(progress, wait),
        delay,
        cleanOrNull(error),
      ]);
    },

    fail: (job, workerId, progress, error) =>
      leave(job, workerId, "failed", `${HOW_FAR}, error = ?, ended_at = ${now}`, [
        ...howFar(progress, null),
        clean(error),
      ]),
  };
}

/** True in SQL for the one row that this claim of the job still holds. */
export function heldBy(job: Pick<Job, "id">, workerId: string): { where: string; values: Value[] } {
  const claims = (job as Partial<ClaimedJob>).claims;
  return {
    where: `id = ? AND state = 'active' AND locked_by = ?${claims === undefined ? "" : " AND claims = ?"}`,
    values: claims === undefined ? [job.id, workerId] : [job.id, workerId, claims],
  };
}

type Candidate = { id: string; claims: number; state: string };

async function dueJobs(
  store: Store,
  { hostname, tasks }: Claim,
  { bystanders, takesOver }: { bystanders: boolean; takesOver: boolean },
): Promise<Candidate[]> {
  const { now } = store.dialect;
  const mine = `paused = 0 AND (hostname IS NULL OR hostname = ?) AND task IN (${marks(tasks)})${bystanders ? "" : " AND bystander = 0"}`;
  const columns = "SELECT id, claims, state FROM jobs WHERE";
  const expired = takesOver
    ? await store.all<Candidate>(
        `${columns} locked_until < ${now} AND state = 'active' AND attempts < max_attempts AND ${mine}
          ORDER BY claim_order, id LIMIT ${CANDIDATES}`,
        [hostname, ...tasks],
      )
    : [];
  const waiting = await store.all<Candidate>(
    `${columns} state = 'waiting' AND ${mine} AND run_at <= ${now} ORDER BY claim_order, id LIMIT ${CANDIDATES}`,
    [hostname, ...tasks],
  );
  return [...expired, ...waiting];
}

async function take(store: Store, candidate: Candidate, { workerId, hostname, leaseMs }: Claim): Promise<boolean> {
  const { now, later } = store.dialect;
  const changed = await store.run(
    `UPDATE jobs SET state = 'active', attempts = attempts + 1, claims = claims + 1, bystander = 0,
        locked_by = ?, locked_hostname = ?,
        locked_until = ${later}, wait_until = NULL, wait_reason = NULL, started_at = COALESCE(started_at, ${now}),
        updated_at = ${now}
      WHERE id = ? AND claims = ? AND state = ? AND paused = 0`,
    [workerId, hostname, leaseMs, candidate.id, candidate.claims, candidate.state],
  );
  return changed > 0;
}

/** A job that took its worker down on every attempt would do so for ever. */
async function failHopeless(sql: Sql, abandoned: string, values: Value[]): Promise<void> {
  const { now } = sql.dialect;
  const where = `${abandoned} AND state = 'active' AND attempts >= max_attempts`;
  for (const row of await sql.all<JobRow>(`SELECT * FROM jobs WHERE ${where}`, values)) {
    const job = fromRow(row);
    const error = `The program ended ${job.attempts} times while it worked on this, without getting further.`;
    await sql.run(
      `UPDATE jobs SET state = 'failed', error = ?, ended_at = ${now}, ${FREE}, updated_at = ${now}
        WHERE id = ? AND claims = ? AND ${where}`,
      [error, job.id, job.claims, ...values],
    );
  }
}
