/** Says to central, which answers and is not trusted yet, that this machine still works on what it holds. */
import type { Outbox } from "./outbox.ts";
import { first, type Store } from "./sql.ts";

interface HeldRow {
  id: string;
  claims: number;
}

const LEASE_MS = 45_000;

/**
 * As long as nobody else has claimed a job since it was copied, it is this machine's: in the hands of its worker, or
 * waiting here since a restart. One that another machine has taken over is lost here too, and its worker stops.
 */
export async function renewLeases(home: Store, outbox: Outbox, central: Store): Promise<void> {
  const held = await home.all<HeldRow>(
    `SELECT id, copied_claims AS claims FROM jobs WHERE bystander = 0 AND copied_claims IS NOT NULL
      AND (state = 'waiting' OR (state = 'active' AND locked_until > ${home.dialect.now}))`,
  );
  for (const { id, claims } of held) {
    const renewed = await central.run(
      `UPDATE jobs SET locked_until = ${central.dialect.later} WHERE id = ? AND state = 'active' AND claims = ?`,
      [LEASE_MS, id, claims],
    );
    if (renewed > 0) continue;
    const theirs = await first(central, "SELECT 1 AS theirs FROM jobs WHERE id = ? AND claims <> ?", [id, claims]);
    if (!theirs) continue;
    await outbox.quietly((tx) =>
      tx.run(
        "UPDATE jobs SET state = 'waiting', locked_by = NULL, bystander = 1 WHERE id = ? AND state IN ('active', 'waiting')",
        [id],
      ),
    );
  }
}
