import { addJobs } from "./add-jobs.ts";
import { type ClaimOptions, claims } from "./claims.ts";
import { families } from "./families.ts";
import { fromRow, type JobRow } from "./job-row.ts";
import type { JobRepository } from "./ports/jobs.ts";
import { recordPage } from "./scan-page.ts";
import { first, type Store } from "./sql.ts";
import { fromJson, type Value } from "./values.ts";

const OPEN = "state IN ('draft', 'waiting', 'active')";

export function jobRepository(store: Store, options: ClaimOptions): JobRepository {
  const { now } = store.dialect;

  /** One UPDATE of those of a family that are not over. */
  const changeOpen = async (rootId: string, set: string, values: Value[]): Promise<boolean> => {
    const text = `UPDATE jobs SET ${set}, updated_at = ${now} WHERE family_id = ? AND ${OPEN}`;
    return (await store.run(text, [...values, rootId])) > 0;
  };

  return {
    ...claims(store, options),
    ...families(store),

    add: (jobs) => addJobs(store, jobs),
    async get(id) {
      const row = await first<JobRow>(store, "SELECT * FROM jobs WHERE id = ?", [id]);
      return row && fromRow(row);
    },

    scanned: (job, workerId, page) => recordPage(store, job, workerId, page),
    async scanCursor(jobId) {
      const row = await first<{ scan_cursor: unknown }>(store, "SELECT scan_cursor FROM jobs WHERE id = ?", [jobId]);
      return fromJson(row?.scan_cursor);
    },

    async confirm(id) {
      const text = `UPDATE jobs SET state = 'waiting', updated_at = ${now} WHERE id = ? AND state = 'draft'`;
      return (await store.run(text, [id])) > 0;
    },
    cancel: (rootId) =>
      changeOpen(
        rootId,
        `state = 'cancelled', ended_at = ${now}, wait_until = NULL, wait_reason = NULL,
          locked_by = NULL, locked_hostname = NULL, locked_until = NULL`,
        [],
      ),
    setPaused: (rootId, paused) => changeOpen(rootId, `paused = ?, ordered_at = ${now}`, [paused ? 1 : 0]),
    setPriority: (rootId, priority) => changeOpen(rootId, `claim_order = ?, ordered_at = ${now}`, [-priority]),
  };
}
