/** The same wish twice at a time is one job: the second would only look for what the first is fetching. */
import type { Family } from "../core/job.ts";
import type { ChatId } from "../core/media.ts";
import type { MediaFilter } from "../core/media-filter.ts";
import type { Db, JobCard } from "../db/db.ts";
import { RUNNING_STATES } from "./job-lists.ts";

const LOOKED_AT = 100;

export interface Twin {
  family: Family;
  card: JobCard;
}

/** A job that is not over yet and does just that; null if there is none. */
export async function runningTwin(db: Db, wish: { chatId: ChatId; filter: MediaFilter }): Promise<Twin | null> {
  const { families } = await db.jobs.roots({ states: RUNNING_STATES }, { limit: LOOKED_AT, offset: 0 });
  const family = families.find(({ root }) => root.task === "scan" && same(root.payload, wish));
  const card = family && (await db.jobCards.get(family.root.id));
  return family && card ? { family, card } : null;
}

const same = (a: { chatId: ChatId; filter: MediaFilter }, b: typeof a): boolean =>
  a.chatId === b.chatId && inOrder(a.filter) === inOrder(b.filter);

/** JSON whose fields stand in a fixed order. */
const inOrder = (filter: MediaFilter): string =>
  JSON.stringify(Object.entries(filter).sort(([one], [other]) => (one < other ? -1 : 1)));
