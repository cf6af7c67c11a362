import type { Dialect } from "./dialect.ts";
import type { Value } from "./values.ts";

/** Where statements go: a store, or a transaction within it. `?` stands for a bound value. */
export interface Sql {
  readonly dialect: Dialect;
  all<Row>(sql: string, values?: readonly Value[]): Promise<Row[]>;
  /** Answers with the number of rows found to write to, whether or not they changed. */
  run(sql: string, values?: readonly Value[]): Promise<number>;
  /** Columns of a table that must be given a value although we know nothing of them, with a harmless one. */
  fillers(table: string): readonly Filler[];
}

/** A column of an adopted table that is NOT NULL and has no default. */
export interface Filler {
  column: string;
  value: Value;
}

export interface Store extends Sql {
  readonly server: "sqlite" | "mysql" | "mariadb";
  /** All or nothing. Run again from its start after a deadlock, so `work` touches nothing but the transaction. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** `?, ?, ?`, for IN (…). An empty list matches nothing. */
export const marks = (list: readonly unknown[]): string =>
  list.length === 0 ? "NULL" : list.map(() => "?").join(", ");

export async function first<Row>(sql: Sql, text: string, values: readonly Value[] = []): Promise<Row | null> {
  const rows = await sql.all<Row>(text, values);
  return rows[0] ?? null;
}

export async function countOf(sql: Sql, text: string, values: readonly Value[] = []): Promise<number> {
  const row = await first<{ total: number | string }>(sql, text, values);
  return Number(row?.total ?? 0);
}

/** All of these conditions, those without a value left out. `and` says what holds in any case. */
export function allOf(
  conditions: { [condition: string]: Value | readonly Value[] | undefined },
  always = "1 = 1",
): { where: string; values: Value[] } {
  const parts = [always];
  const values: Value[] = [];
  for (const [condition, value] of Object.entries(conditions)) {
    if (value === undefined) continue;
    const list: readonly Value[] = isList(value) ? value : [value];
    parts.push(condition.includes("(…)") ? condition.replace("…", marks(list)) : condition);
    values.push(...list);
  }
  return { where: parts.join(" AND "), values };
}
const isList = (value: Value | readonly Value[]): value is readonly Value[] => Array.isArray(value);
