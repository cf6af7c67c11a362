/** Says to central, which answers and is not trusted yet, that this machine still works on what it holds. */
import type { Outbox } from "./outbox.ts";
import { first, type Store } from "./sql.ts";

interface HeldRow {
  id: string;
  locked_by: string;
  claims: number;
  ms: number;
}

/**
 * Leases run at home meanwhile: for as long as each of them still runs there, it runs in central. One that another machine
 * has taken over is lost here too, and its worker stops.
 */
export async function renewLeases(home: Store, outbox: Outbox, central: Store): Promise<void> {
  const held = await home.all<HeldRow>(
    `SELECT id, locked_by, copied_claims AS claims, ms FROM (
        SELECT *, CAST(ROUND((julianday(locked_until) - julianday('now')) * 86400000) AS INTEGER) AS ms FROM jobs)
      WHERE state = 'active' AND bystander = 0 AND copied_claims IS NOT NULL AND ms > 0`,
  );
  for (const { id, locked_by, claims, ms } of held) {
    const renewed = await central.run(
      `UPDATE jobs SET locked_until = ${central.dialect.later} WHERE id = ? AND state = 'active' AND locked_by = ? AND claims = ?`,
      [ms, id, locked_by, claims],
    );
    if (renewed > 0) continue;
    const theirs = await first(central, "SELECT 1 AS theirs FROM jobs WHERE id = ? AND claims <> ?", [id, claims]);
    if (!theirs) continue;
    await outbox.quietly((tx) =>
      tx.run("UPDATE jobs SET state = 'waiting', locked_by = NULL, bystander = 1 WHERE id = ? AND state = 'active'", [
        id,
      ]),
    );
  }
}
