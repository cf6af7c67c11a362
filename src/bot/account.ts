/** Whether a machine with the owner's account is at work, by what the workers report. */
import type { Db, WorkerRecord } from "../db/db.ts";

/** Workers report every few seconds; one that has been silent for so long is gone. */
export const ALIVE_MS = 60_000;

export type AccountState =
  | { kind: "connected"; account: NonNullable<WorkerRecord["account"]>; trouble: null }
  | { kind: "signed-out"; trouble: null }
  /** A worker has started and does not know yet. */
  | { kind: "connecting"; trouble: null }
  | { kind: "trouble"; trouble: string }
  | { kind: "no-worker"; trouble: null };

export const isAlive = (worker: WorkerRecord, now: Date): boolean =>
  now.getTime() - worker.lastSeenAt.getTime() < ALIVE_MS;

export function accountState(workers: readonly WorkerRecord[], now: Date): AccountState {
  const alive = workers.filter((worker) => worker.roles.includes("worker") && isAlive(worker, now));
  const connected = alive.find(({ account, trouble }) => account && trouble === null);
  if (connected?.account) return { kind: "connected", account: connected.account, trouble: null };
  const trouble = alive.find((worker) => worker.trouble && worker.trouble !== "SIGNED_OUT")?.trouble;
  if (trouble) return { kind: "trouble", trouble };
  if (alive.length === 0) return { kind: "no-worker", trouble: null };
  return alive.some((worker) => worker.trouble === null)
    ? { kind: "connecting", trouble: null }
    : { kind: "signed-out", trouble: null };
}

const POLL_MS = 150;

/** The state, waited for a moment where a worker has just begun. */
export async function settledAccount(db: Db, now: () => Date, waitMs = 3_000): Promise<AccountState> {
  const until = performance.now() + waitMs;
  for (;;) {
    const state = accountState(await db.workers.list(), now());
    const open = state.kind === "connecting" || state.kind === "no-worker";
    if (!open || performance.now() >= until) return state;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
