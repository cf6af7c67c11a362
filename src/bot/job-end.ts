/** When and why a job ended, by its history. */
import type { Db } from "../db/db.ts";

const PAGE = 500;
/** A job with more failed files than this tells of them, not of how it ended. */
const PAGES = 40;

export interface JobEnd {
  /** Null where none was recorded. */
  at: Date | null;
  /** In words, where the job or one of its parts failed. */
  reason: string | null;
}

export async function lastEnd(db: Db, rootId: string): Promise<JobEnd> {
  const end: JobEnd = { at: null, reason: null };
  for (let page = 0; page < PAGES; page++) {
    const events = await db.jobEvents.of(rootId, { limit: PAGE, offset: page * PAGE });
    for (const { event, at } of events) {
      if (event.type === "failed") end.reason = event.reason;
      if (event.type === "failed" || event.type === "completed" || event.type === "cancelled") end.at = at;
    }
    if (events.length < PAGE) break;
  }
  return end;
}
