/** Whether a machine with the owner's account is at work, by what the workers report. */
import type { WorkerRecord } from "../db/db.ts";

/** Workers report every few seconds; one that has been silent for so long is gone. */
export const ALIVE_MS = 60_000;

export type AccountState =
  | { kind: "connected"; account: NonNullable<WorkerRecord["account"]>; trouble: null }
  | { kind: "signed-out"; trouble: null }
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
  return alive.length > 0 ? { kind: "signed-out", trouble: null } : { kind: "no-worker", trouble: null };
}
