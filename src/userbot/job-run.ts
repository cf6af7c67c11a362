/** One claimed job, from claim to end: its task runs, its heartbeat says how far it is, and its end is written once. */
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { AccessError, FatalError, RetryLaterError, UserError } from "../core/errors.ts";
import type { Job, JobProgress, JobWait } from "../core/job.ts";
import type { TaskName, TaskResults } from "../core/tasks.ts";
import type { Task, TaskContext } from "./task.ts";
import { tasks } from "./tasks/index.ts";
import { LostLease } from "./tasks/scan-writer.ts";

/** A dead machine's share is taken over when it has run out: within a minute of its last sign of life. */
export const LEASE_MS = 45_000;
const HEARTBEAT_MS = 1_000;
/** The end of a job is worth more than one try. */
const END_TRIES = 5;
const BACK_OFF_MS = 5_000;

/** Why a job is put down in the middle: it goes on later, and no attempt is spent. */
export class SetAside extends Error {
  override name = "SetAside";
}

export interface JobRunDeps extends Omit<TaskContext, "job" | "signal" | "wait" | "emit" | "confirm"> {
  /** What stands in the way of this task now, where anything does. */
  waitOf: (task: TaskName) => JobWait | null;
  /** The session is no good any more. */
  onFatal: (error: FatalError) => void;
}

/** Resolves when the job is out of this worker's hands, whatever became of it. */
export async function runJob(job: Job, stop: AbortSignal, deps: JobRunDeps): Promise<void> {
  const { db, workerId, log } = deps;
  const aborter = new AbortController();
  setMaxListeners(0, aborter.signal);
  const onStop = () => aborter.abort(new SetAside("The program stops."));
  if (stop.aborted) onStop();
  stop.addEventListener("abort", onStop, { once: true });
  const { progress } = deps;
  const run: Run = { job, aborter, progress, wait: null, heldUntil: Date.now() + LEASE_MS };
  const beating = new AbortController();
  const heart = beat(run, beating.signal, deps);
  let outcome: { result: TaskResults[TaskName] } | { error: unknown };
  try {
    outcome = { result: await perform(job, run, deps) };
  } catch (error) {
    outcome = { error: aborter.signal.aborted ? aborter.signal.reason : error };
  }
  beating.abort();
  await heart;
  stop.removeEventListener("abort", onStop);
  for (let attempt = 1; ; attempt++) {
    try {
      await end(job, run.progress, outcome, deps);
      return;
    } catch (error) {
      log.error({ err: error, job: job.id }, "The end of a job could not be written.");
      if (attempt >= END_TRIES) return;
      await sleep(500 * attempt);
    }
  }

  function perform<T extends TaskName>(typed: Job<T>, state: Run, given: JobRunDeps): Promise<TaskResults[T]> {
    const task = tasks[typed.task] as Task<T>;
    const rootId = typed.rootId ?? typed.id;
    return task(typed, {
      ...given,
      job: typed,
      progress: state.progress,
      signal: state.aborter.signal,
      wait: (wait) => {
        state.wait = wait;
      },
      confirm: () => confirmHeld(state, given),
      emit: (event, key) =>
        db.jobEvents.add({ uid: `${event.type}:${key}`, jobId: typed.id, rootId, event, at: new Date() }),
    });
  }

  async function end(over: Job, progress: JobProgress, what: typeof outcome, { onFatal }: JobRunDeps): Promise<void> {
    if ("result" in what) {
      await db.jobs.complete(over, workerId, progress, what.result);
      return;
    }
    const { error } = what;
    const now = new Date();
    if (error instanceof LostLease) return;
    if (error instanceof SetAside) {
      await db.jobs.release(over, workerId, progress, { runAt: now, wait: null, spendsAttempt: false, error: null });
    } else if (error instanceof RetryLaterError) {
      const wait = { until: error.at, reason: error.reason };
      log.warn({ job: over.id, reason: error.reason, until: error.at }, "A job waits.");
      await db.jobs.release(over, workerId, progress, { runAt: error.at, wait, spendsAttempt: false, error: null });
    } else if (error instanceof FatalError) {
      onFatal(error);
      await db.jobs.release(over, workerId, progress, { runAt: now, wait: null, spendsAttempt: false, error: null });
    } else if (error instanceof UserError || error instanceof AccessError) {
      await db.jobs.fail(over, workerId, progress, error.message);
    } else {
      log.error({ err: error, job: over.id, task: over.task, attempt: over.attempts }, "A job failed unexpectedly.");
      const sentence = `Something went wrong inside the program (${error instanceof Error ? error.message : String(error)}).`;
      if (over.attempts >= over.maxAttempts) await db.jobs.fail(over, workerId, progress, sentence);
      else {
        const runAt = new Date(now.getTime() + BACK_OFF_MS * over.attempts);
        await db.jobs.release(over, workerId, progress, { runAt, wait: null, spendsAttempt: true, error: sentence });
      }
    }
  }
}

interface Run {
  job: Job;
  aborter: AbortController;
  progress: JobProgress;
  wait: JobWait | null;
  /** Until then nobody else can have it, by what this process knows. */
  heldUntil: number;
}

/**
 * Costs nothing while the lease is sure; a process that was stopped, or cut off, asks the database first. A job that is
 * only set aside is still this worker's, and what is whole may be written down.
 */
async function confirmHeld(run: Run, deps: JobRunDeps): Promise<void> {
  const { signal } = run.aborter;
  if (!signal.aborted && Date.now() >= run.heldUntil) await renew(run, deps);
  if (signal.reason instanceof LostLease) throw signal.reason;
}

async function renew(run: Run, { db, workerId, waitOf }: JobRunDeps): Promise<void> {
  const asked = Date.now();
  const wait = run.wait ?? waitOf(run.job.task);
  const hold = await db.jobs.heartbeat(run.job, workerId, LEASE_MS, run.progress, wait);
  if (hold === "lost") run.aborter.abort(new LostLease("The job is another one's now, or cancelled."));
  else run.heldUntil = asked + LEASE_MS;
  if (hold === "paused") run.aborter.abort(new SetAside("The owner has set the job aside."));
}

/** Renews the lease and says how far it is, until told to stop; notices a pause, a cancel and a lease that is gone. */
async function beat(run: Run, over: AbortSignal, deps: JobRunDeps): Promise<void> {
  while (!over.aborted) {
    await sleep(HEARTBEAT_MS, undefined, { signal: over }).catch(() => {});
    if (over.aborted) return;
    try {
      await renew(run, deps);
    } catch (error) {
      deps.log.warn({ err: error, job: run.job.id }, "A heartbeat could not be written.");
      if (Date.now() > run.heldUntil) run.aborter.abort(new LostLease("The lease has run out."));
    }
  }
}
