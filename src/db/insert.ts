import type { Sql } from "./sql.ts";
import type { Value } from "./values.ts";

/** Rows to a statement: few enough for SQLite's 32,766 values and MySQL's packet, many enough to be quick. */
const ROWS_AT_ONCE = 400;

export interface InsertPlan {
  table: string;
  /** The unique columns that tell whether a row is known. Rows are written in their order, so that writers rarely deadlock. */
  key: readonly string[];
  /** What becomes of a known row's column: an expression over what is kept and what is fresh. Not named: untouched. */
  update: { [column: string]: Merge };
  /** A column that gets the database's time in new rows and in known ones. */
  stamp?: string;
}
export type Merge = (kept: string, fresh: string) => string;

export const replace: Merge = (_kept, fresh) => fresh;
export const keepKnown: Merge = (kept, fresh) => `COALESCE(${kept}, ${fresh})`;
export const replaceByKnown: Merge = (kept, fresh) => `COALESCE(${fresh}, ${kept})`;

export type RowValues = { [column: string]: Value };

/** Writes rows of one shape; a known one is updated as the plan says, by default left alone. */
export async function insert(sql: Sql, plan: InsertPlan, rows: readonly RowValues[]): Promise<number> {
  let written = 0;
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const chunk = rows.slice(from, from + ROWS_AT_ONCE);
    const columns = Object.keys(chunk[0] ?? {});
    const fillers = sql.fillers(plan.table).filter(({ column }) => !columns.includes(column));
    const stamp = plan.stamp ? [plan.stamp] : [];
    const marks = `(${[...[...columns, ...fillers].map(() => "?"), ...stamp.map(() => sql.dialect.now)].join(", ")})`;
    const updates = Object.entries(plan.update)
      .filter(([column]) => columns.includes(column))
      .map(([column, merge]) => `${column} = ${merge(`${plan.table}.${column}`, sql.dialect.fresh(column))}`);
    if (plan.stamp && updates.length > 0) updates.push(`${plan.stamp} = ${sql.dialect.fresh(plan.stamp)}`);
    const names = [...columns, ...fillers.map(({ column }) => `\`${column}\``), ...stamp].join(", ");
    const values = chunk.flatMap((row) => [
      ...columns.map((column) => row[column]!),
      ...fillers.map(({ value }) => value),
    ]);
    written += await sql.run(
      `INSERT INTO ${plan.table} (${names}) VALUES ${chunk.map(() => marks).join(", ")} ${sql.dialect.onConflict(plan.key, updates)}`,
      values,
    );
  }
  return written;
}

/** Rows in the order of their key, and of several with one key the last: what one upsert statement can take. */
export function inKeyOrder<T>(items: readonly T[], compare: (a: T, b: T) => number): T[] {
  const sorted = [...items].sort(compare);
  return sorted.filter((item, position) => {
    const next = sorted[position + 1];
    return next === undefined || compare(item, next) !== 0;
  });
}
