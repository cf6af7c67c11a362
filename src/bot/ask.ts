/** Questions to the workers: a job of high priority whose result is waited for while the owner looks on. */
import { AccessError, UserError } from "../core/errors.ts";
import { newId } from "../core/id.ts";
import { isOver, type JobWait } from "../core/job.ts";
import type { TaskName, TaskPayloads, TaskResults } from "../core/tasks.ts";
import type { Db } from "../db/db.ts";
import { accountState } from "./account.ts";

const POLL_MS = 120;
/** A worker that is there takes a question at once; without one there is no use in waiting long. */
const CLAIMED_WITHIN_MS = 4_000;
const TYPING_MS = 4_000;
export const QUESTION_PRIORITY = 100;

/** The program stops while an answer is awaited. */
export class StoppedError extends Error {
  override name = "StoppedError";
}
/** Nobody with a connected account is at work. */
export class AccountNeededError extends UserError {
  override name = "AccountNeededError";
  readonly state: "no-worker" | "signed-out" | "trouble";
  readonly trouble: string | null;
  constructor(state: "no-worker" | "signed-out" | "trouble", trouble: string | null) {
    super("I need your account first.");
    this.state = state;
    this.trouble = trouble;
  }
}
/** No answer in time; `wait` says why, if Telegram asked for it. */
export class NoAnswerError extends UserError {
  override name = "NoAnswerError";
  readonly wait: JobWait | null;
  constructor(message: string, wait: JobWait | null) {
    super(message);
    this.wait = wait;
  }
}

export type Ask = <T extends TaskName>(
  task: T,
  payload: TaskPayloads[T],
  options: {
    title: string;
    timeoutMs: number;
    typing?: () => Promise<unknown>;
    /** The only machine that can answer. */
    hostname?: string | null;
  },
) => Promise<TaskResults[T]>;

export function createAsk(deps: { db: Db; signal: AbortSignal; now: () => Date; jobAdded: () => void }): Ask {
  const { db, signal, now } = deps;
  return async (task, payload, { title, timeoutMs, typing, hostname = null }) => {
    const id = newId();
    const question = { id, task, payload, title, hostname, priority: QUESTION_PRIORITY, maxAttempts: 2 };
    await db.jobs.add([question as Parameters<typeof db.jobs.add>[0][number]]);
    deps.jobAdded();

    const asked = performance.now();
    let typed = Number.NEGATIVE_INFINITY;
    for (;;) {
      const job = await db.jobs.get(id);
      if (job?.state === "completed") return job.result as TaskResults[typeof task];
      if (!job || isOver(job.state)) throw new AccessError(job?.error ?? "The question was cancelled.");

      const waited = performance.now() - asked;
      const unclaimed = waited > CLAIMED_WITHIN_MS && job.state === "waiting" && job.attempts === 0;
      const missing = unclaimed ? await whoIsMissing() : null;
      if (signal.aborted || missing || waited > timeoutMs) {
        await db.jobs.cancel(id);
        if (signal.aborted) throw new StoppedError("The program stops.");
        throw missing ?? new NoAnswerError(title, job.wait);
      }
      if (typing && waited - typed > TYPING_MS) {
        typed = waited;
        // A sign of life, no more: that it could not be shown changes nothing.
        typing().catch(() => undefined);
      }
      await pause(POLL_MS);
    }
  };

  async function whoIsMissing(): Promise<AccountNeededError | null> {
    const state = accountState(await db.workers.list(), now());
    // One that is just connecting will take the question by itself.
    if (state.kind === "connected" || state.kind === "connecting") return null;
    return new AccountNeededError(state.kind, state.trouble);
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener("abort", end, { once: true });
    });
  }
}
