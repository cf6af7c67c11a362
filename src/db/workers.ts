import { insert, replace } from "./insert.ts";
import type { WorkerRecord, WorkerRepository } from "./ports/workers.ts";
import { first, type Store } from "./sql.ts";
import { cleanOrNull, fromJson, numberOrNull, textOrNull, time, toJson, toTime } from "./values.ts";

type WorkerRow = { [column: string]: unknown };

const PLAN = {
  table: "workers",
  key: ["worker_id"],
  update: {
    hostname: replace,
    roles: replace,
    version: replace,
    account: replace,
    trouble: replace,
    free_bytes: replace,
    download_dir: replace,
  },
};

export function workerRepository(store: Store): WorkerRepository {
  return {
    async beat(worker) {
      await insert(store, PLAN, [
        {
          worker_id: worker.workerId,
          hostname: worker.hostname,
          roles: toJson(worker.roles),
          version: worker.version,
          started_at: toTime(worker.startedAt),
          account: toJson(worker.account),
          trouble: worker.trouble,
          free_bytes: worker.freeBytes,
          download_dir: cleanOrNull(worker.downloadDir),
        },
      ]);
      // By the database's clock, so that machines can be compared.
      await store.run(`UPDATE workers SET last_seen_at = ${store.dialect.now} WHERE worker_id = ?`, [worker.workerId]);
      const host = await first<{ draining: number }>(store, "SELECT draining FROM hosts WHERE hostname = ?", [
        worker.hostname,
      ]);
      return { draining: Boolean(host?.draining) };
    },
    async list() {
      const rows = await store.all<WorkerRow>(
        `SELECT w.*, COALESCE(h.draining, 0) AS draining FROM workers AS w
          LEFT JOIN hosts AS h ON h.hostname = w.hostname ORDER BY w.hostname, w.worker_id`,
      );
      return rows.map(fromRow);
    },
    async setDraining(hostname, draining) {
      await insert(store, { table: "hosts", key: ["hostname"], update: { draining: replace }, stamp: "updated_at" }, [
        { hostname, draining: draining ? 1 : 0 },
      ]);
    },
    async remove(workerId) {
      await store.run("DELETE FROM workers WHERE worker_id = ?", [workerId]);
    },
  };
}

const fromRow = (row: WorkerRow): WorkerRecord => ({
  workerId: String(row.worker_id),
  hostname: String(row.hostname),
  roles: fromJson<string[]>(row.roles) ?? [],
  version: textOrNull(row.version) ?? "",
  startedAt: time(row.started_at),
  lastSeenAt: time(row.last_seen_at),
  account: fromJson<NonNullable<WorkerRecord["account"]>>(row.account),
  trouble: textOrNull(row.trouble),
  freeBytes: numberOrNull(row.free_bytes),
  downloadDir: textOrNull(row.download_dir),
  draining: Boolean(row.draining),
});
