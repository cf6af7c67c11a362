/** Jobs as the owner counts them: what they asked for, not what the program asks itself. */

import type { Family, JobState } from "../core/job.ts";
import type { TaskName } from "../core/tasks.ts";
import { localTime, startOfDay } from "../core/zone.ts";
import type { Db, Page } from "../db/db.ts";
import { deletionsOver, deletionsUnderWay, type NumberedDeletion } from "./deletion/as-jobs.ts";
import type { NumberedFamily } from "./views/jobs.ts";

export const RUNNING_STATES: JobState[] = ["active", "waiting"];
export const FINISHED_STATES: JobState[] = ["completed", "failed", "cancelled"];
/** A deletion is several jobs of the program's and one of the owner's. */
export type Listed = NumberedFamily | NumberedDeletion;

/** Reading the list of chats is the program's own errand. */
const SHOWN_TASKS: readonly TaskName[] = [
  "scan",
  "index",
  "archive",
  "upload-archive",
  "duplicates",
  "free-duplicates",
  "restore",
];

export async function countJobs(db: Db, now = new Date()): Promise<{ running: number; waiting: number }> {
  const { families } = await db.jobs.roots({ states: RUNNING_STATES, tasks: SHOWN_TASKS }, { limit: 500, offset: 0 });
  const running = families.filter(({ state, paused, wait }) => state === "active" && !paused && !wait).length;
  const deletions = await deletionsUnderWay(db, now);
  const asking = deletions.filter(({ deletion }) => deletion.state === "asking").length;
  return { running: running + deletions.length - asking, waiting: families.length - running + asking };
}

export async function countFinishedToday(db: Db, now: Date, timeZone: string): Promise<number> {
  const since = startOfDay(localTime(now, timeZone), timeZone);
  const where = { states: FINISHED_STATES, since, tasks: SHOWN_TASKS };
  const { total } = await db.jobs.roots(where, { limit: 1, offset: 0 });
  return total + (await deletionsOver(db, { since }, { limit: 1, offset: 0 }, now)).total;
}

/** Without the deletions. */
export async function listJobs(
  db: Db,
  states: JobState[],
  page: Page,
): Promise<{ jobs: NumberedFamily[]; total: number }> {
  const { families, total } = await db.jobs.roots({ states, tasks: SHOWN_TASKS }, page);
  return { jobs: await withNumbers(db, families), total };
}

/** What is under way: deletions first, since they may wait for an answer. */
export async function listRunning(db: Db, { limit, offset }: Page, now: Date): Promise<Listed[]> {
  const deletions = await deletionsUnderWay(db, now);
  const first = deletions.slice(offset, offset + limit);
  const rest = { limit: limit - first.length, offset: Math.max(0, offset - deletions.length) };
  return [...first, ...(rest.limit > 0 ? (await listJobs(db, RUNNING_STATES, rest)).jobs : [])];
}

/** What is over, the newest first. */
export async function listFinished(
  db: Db,
  { limit, offset }: Page,
  now: Date,
): Promise<{ jobs: Listed[]; total: number }> {
  const upTo = { limit: offset + limit, offset: 0 };
  const [families, deletions] = [await listJobs(db, FINISHED_STATES, upTo), await deletionsOver(db, {}, upTo, now)];
  const all: Listed[] = [...families.jobs, ...deletions.deletions].sort((one, other) => beganAt(other) - beganAt(one));
  return { jobs: all.slice(offset, offset + limit), total: families.total + deletions.total };
}

const beganAt = (one: Listed): number =>
  ("deletion" in one ? one.deletion.createdAt : one.family.root.createdAt).getTime();

export async function withNumbers(db: Db, families: readonly Family[]): Promise<NumberedFamily[]> {
  const cards = new Map(
    (await db.jobCards.ofJobs(families.map(({ root }) => root.id))).map((card) => [card.jobId, card]),
  );
  return families.map((family) => ({ number: cards.get(family.root.id)?.number ?? null, family }));
}
