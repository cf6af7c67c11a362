import type { JobEvent } from "../core/job.ts";
import { insert } from "./insert.ts";
import type { JobEventRecord, JobEventRepository } from "./ports/job-events.ts";
import { marks, type Store } from "./sql.ts";
import { fromJson, time, timeOrNull, toJson, toTime } from "./values.ts";

type EventRow = { [column: string]: unknown };

export function jobEventRepository(store: Store): JobEventRepository {
  return {
    async add(event) {
      await insert(store, { table: "job_events", key: ["uid"], update: {} }, [
        {
          uid: event.uid,
          job_id: event.jobId,
          root_id: event.rootId,
          event: toJson(event.event),
          event_at: toTime(event.at),
        },
      ]);
    },
    async untold(rootIds, limit) {
      if (rootIds.length === 0) return [];
      const rows = await store.all<EventRow>(
        `SELECT * FROM job_events WHERE root_id IN (${marks(rootIds)}) AND told_at IS NULL ORDER BY event_at, uid LIMIT ?`,
        [...rootIds, limit],
      );
      return rows.map(fromRow);
    },
    async told(uids, at) {
      if (uids.length === 0) return;
      await store.run(`UPDATE job_events SET told_at = ? WHERE uid IN (${marks(uids)}) AND told_at IS NULL`, [
        toTime(at),
        ...uids,
      ]);
    },
    async of(rootId, { limit, offset }) {
      const rows = await store.all<EventRow>(
        "SELECT * FROM job_events WHERE root_id = ? ORDER BY event_at, uid LIMIT ? OFFSET ?",
        [rootId, limit, offset],
      );
      return rows.map(fromRow);
    },
  };
}

const fromRow = (row: EventRow): JobEventRecord => ({
  uid: String(row.uid),
  jobId: String(row.job_id),
  rootId: String(row.root_id),
  event: fromJson<JobEvent>(row.event) ?? { type: "completed" },
  at: time(row.event_at),
  toldAt: timeOrNull(row.told_at),
});
