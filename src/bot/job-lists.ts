/** Jobs as the owner counts them: what they asked for, not what the program asks itself. */

import type { Family, JobState } from "../core/job.ts";
import type { TaskName } from "../core/tasks.ts";
import { localTime, startOfDay } from "../core/zone.ts";
import type { Db, Page } from "../db/db.ts";
import type { NumberedFamily } from "./views/jobs.ts";

export const RUNNING_STATES: JobState[] = ["active", "waiting"];
export const FINISHED_STATES: JobState[] = ["completed", "failed", "cancelled"];

export async function countJobs(db: Db): Promise<{ running: number; waiting: number }> {
  const { families } = await db.jobs.roots({ states: RUNNING_STATES }, { limit: 500, offset: 0 });
  const shown = families.filter(isShown);
  const running = shown.filter(({ state, paused, wait }) => state === "active" && !paused && !wait).length;
  return { running, waiting: shown.length - running };
}

export async function countFinishedToday(db: Db, now: Date, timeZone: string): Promise<number> {
  const since = startOfDay(localTime(now, timeZone), timeZone);
  const { families } = await db.jobs.roots({ states: FINISHED_STATES, since }, { limit: 500, offset: 0 });
  return families.filter(isShown).length;
}

export async function listJobs(
  db: Db,
  states: JobState[],
  page: Page,
): Promise<{ jobs: NumberedFamily[]; total: number }> {
  const { families, total } = await db.jobs.roots({ states }, page);
  return { jobs: await withNumbers(db, families.filter(isShown)), total };
}

export async function withNumbers(db: Db, families: readonly Family[]): Promise<NumberedFamily[]> {
  const cards = new Map(
    (await db.jobCards.ofJobs(families.map(({ root }) => root.id))).map((card) => [card.jobId, card]),
  );
  return families.map((family) => ({ number: cards.get(family.root.id)?.number ?? null, family }));
}

/** Reading the list of chats is the program's own errand. */
const isShown = ({ root }: Family): boolean => SHOWN_TASKS.includes(root.task);
const SHOWN_TASKS: readonly TaskName[] = [
  "scan",
  "index",
  "archive",
  "upload-archive",
  "duplicates",
  "free-duplicates",
  "look-alikes",
  "remove-look-alike",
];
