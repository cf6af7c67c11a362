/** Deletions as the owner counts them among the jobs: with a number of the same row, from the yes to the report. */
import { type Deletion, type DeletionState, type ItemCounts, isDeletionOver } from "../../core/deletion.ts";
import { RetryLaterError } from "../../core/errors.ts";
import type { Db, Page } from "../../db/db.ts";

export interface NumberedDeletion {
  number: number | null;
  deletion: Deletion;
  counts: ItemCounts;
}

/** Before the yes it is a question, no job. */
const NOT_YET: readonly DeletionState[] = ["planning", "preview"];

/** Given with the yes; kept for good. The board follows no deletion, so its card is closed from the beginning. */
export async function numberOf(db: Db, deletion: Deletion, now: Date): Promise<number> {
  const { id: jobId, ownerChatId: chatId, replyToId } = deletion;
  const card = await db.jobCards.open({ jobId, chatId, replyToId });
  if (card.closedAt === null) await db.jobCards.update(jobId, { closedAt: now });
  return card.number;
}

/** Newest first; none while the shared database is away, which has them all. */
export const deletionsUnderWay = (db: Db, now: Date): Promise<NumberedDeletion[]> =>
  orNone(async () => {
    const open = (await db.deletions.open()).filter(({ state }) => !isDeletionOver(state) && !NOT_YET.includes(state));
    return numbered(db, open.reverse(), now);
  }, []);

export const deletionsOver = (
  db: Db,
  where: { since?: Date },
  page: Page,
  now: Date,
): Promise<{ deletions: NumberedDeletion[]; total: number }> =>
  orNone(
    async () => {
      const { deletions, total } = await db.deletions.list({ ...where, over: true }, page);
      return { deletions: await numbered(db, deletions, now), total };
    },
    { deletions: [], total: 0 },
  );

export async function deletionJob(db: Db, id: string, now: Date): Promise<NumberedDeletion | null> {
  const deletion = await orNone(() => db.deletions.get(id), null);
  if (!deletion || NOT_YET.includes(deletion.state)) return null;
  const [one = null] = await numbered(db, [deletion], now);
  return one;
}

async function numbered(db: Db, deletions: readonly Deletion[], now: Date): Promise<NumberedDeletion[]> {
  const found: NumberedDeletion[] = [];
  for (const deletion of deletions)
    found.push({
      deletion,
      number: await numberOf(db, deletion, now),
      counts: await db.deletions.counts(deletion.id),
    });
  return found;
}

async function orNone<T>(read: () => Promise<T>, none: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RetryLaterError && error.reason === "DATABASE") return none;
    throw error;
  }
}
