import { NO_PROGRESS } from "../../src/core/job.ts";
import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import { percentile, times } from "./measure.ts";

const COLUMNS = "id, root_id, family_id, task, payload, title, state, run_at, created_at";

/** How long a claim takes, and a whole claim with its end, while so many batches wait. */
export async function claims(url: string, waiting: number): Promise<object> {
  const store = await openStore(url);
  const { jobs } = repositoriesOf(store);
  const row = (n: string) =>
    `${n}, 'root', 'root', 'download', '{"chatId":-1,"messageIds":[1]}', 'bench', 'waiting', '2000-01-01 00:00:00', '2000-01-01 00:00:00'`;
  try {
    if (store.server === "sqlite") {
      await store.run(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${waiting})
          INSERT INTO jobs (${COLUMNS}) SELECT ${row("printf('b%010d', i)")} FROM n`,
      );
    } else {
      for (let from = 0; from < waiting; from += 100_000) {
        const rows = Math.min(100_000, waiting - from);
        await store.run(
          `INSERT INTO jobs (${COLUMNS}) WITH RECURSIVE d(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM d WHERE x < 9)
            SELECT ${row(`CONCAT('b', LPAD(${from} + a.x + 10 * b.x + 100 * c.x + 1000 * e.x + 10000 * f.x, 10, '0'))`)}
            FROM d a, d b, d c, d e, d f LIMIT ${rows}`,
        );
      }
    }
    const claim = () => jobs.claim({ workerId: "w", hostname: "bench", leaseMs: 60_000, tasks: ["scan", "download"] });
    const claimed = await times(300, claim);
    const whole = await times(300, async () => {
      const job = await claim();
      if (job) await jobs.complete(job, "w", NO_PROGRESS, {});
    });
    return { unit: "ms", waiting, claim: spread(claimed), claimAndComplete: spread(whole) };
  } finally {
    await store.close();
  }
}

export const spread = (sorted: readonly number[]) => ({
  median: percentile(sorted, 0.5),
  p95: percentile(sorted, 0.95),
});
