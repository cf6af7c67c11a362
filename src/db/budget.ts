import { insert } from "./insert.ts";
import type { BudgetRepository } from "./ports/budget.ts";
import { first, type Sql, type Store } from "./sql.ts";

/**
 * One number for each kind of request: when the next one may go out if all that were allowed are spread evenly. Who asks
 * moves it on, under the row's lock, so two machines are never given the same turn.
 */
export function budgetRepository(store: Store): BudgetRepository {
  const now = store.dialect.milliseconds;
  const { greatest } = store.dialect;

  const move = (kind: string, freeAt: string, values: number[]): Promise<number> =>
    store.transaction(async (tx) => {
      const change = () => tx.run(`UPDATE request_budget SET free_at = ${freeAt} WHERE kind = ?`, [...values, kind]);
      if ((await change()) === 0) {
        await insert(tx, { table: "request_budget", key: ["kind"], update: {} }, [{ kind, free_at: 0 }]);
        await change();
      }
      return msUntilFree(tx, kind);
    });

  const msUntilFree = async (sql: Sql, kind: string): Promise<number> => {
    const row = await first<{ ahead: number | string }>(
      sql,
      `SELECT free_at - ${now} AS ahead FROM request_budget WHERE kind = ?`,
      [kind],
    );
    return Number(row?.ahead ?? 0);
  };

  return {
    async take(kind, calls, { perSecond, burst }) {
      const spacing = 1000 / perSecond;
      const ahead = await move(kind, `${greatest("free_at", now)} + ?`, [Math.ceil(calls * spacing)]);
      // The last of these calls may go out when only a burst's worth lies before it.
      return Math.max(0, Math.round(ahead - burst * spacing));
    },
    async rest(kind, ms) {
      await move(kind, greatest("free_at", `${now} + ?`), [Math.ceil(ms)]);
    },
  };
}
