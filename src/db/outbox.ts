/**
 * What home has that central does not. Triggers note the key of each written row within the writer's own transaction, so
 * no repository knows of it; copies from central are written while they look away.
 */
import type { Row, SharedTable } from "../core/merge.ts";
import { keyOf, SHARED, SHARED_TABLES, writeRows } from "./shared-rows.ts";
import { countOf, marks, type Sql, type Store } from "./sql.ts";

export interface Outbox {
  /** How many rows are owed. */
  owed(): Promise<number>;
  /** Some keys of a table that are owed, with the last note of each. */
  next(table: SharedTable, limit: number): Promise<Owed[]>;
  /** Central has them; what was written again since stays owed. */
  strike(table: SharedTable, handed: readonly Owed[]): Promise<void>;
  /** Central does not take this row. It stays here, and is not tried again before the next start. */
  refuse(table: SharedTable, row: Owed): Promise<void>;
  /** Writes copies, none of them over a row that is owed. */
  copy(table: SharedTable, rows: readonly Row[]): Promise<void>;
  /** Changes home without owing it. */
  quietly<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  columns(table: SharedTable): readonly string[];
}
export interface Owed {
  key: string;
  seq: number;
}

export async function openOutbox(home: Store): Promise<Outbox> {
  await home.run(
    "CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT NOT NULL, row_key TEXT NOT NULL, refused INTEGER NOT NULL DEFAULT 0)",
  );
  await home.run("CREATE INDEX IF NOT EXISTS outbox_key ON outbox (tbl, row_key, seq)");
  await home.run("CREATE TABLE IF NOT EXISTS copying (now INTEGER NOT NULL, alone INTEGER NOT NULL)");
  await home.run("INSERT INTO copying SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM copying)");
  for (const table of SHARED_TABLES) {
    for (const event of ["INSERT", "UPDATE"]) await home.run(trigger(table, event));
  }
  await home.run("UPDATE outbox SET refused = 0 WHERE refused = 1");
  const columns = new Map<SharedTable, string[]>();
  for (const table of SHARED_TABLES) {
    const rows = await home.all<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`);
    columns.set(
      table,
      rows.map(({ name }) => name),
    );
  }
  return outboxOf(home, (table) => columns.get(table) ?? []);
}

const trigger = (table: SharedTable, event: string): string =>
  `CREATE TRIGGER IF NOT EXISTS owe_${table}_${event.toLowerCase()} AFTER ${event} ON ${table}
    WHEN (SELECT now FROM copying) = 0
    BEGIN INSERT INTO outbox (tbl, row_key) VALUES ('${table}', ${SHARED[table].map((column) => `NEW.${column}`).join(" || ':' || ")}); END`;

function outboxOf(home: Store, columns: Outbox["columns"]): Outbox {
  const quietly = <T>(work: (tx: Sql) => Promise<T>): Promise<T> =>
    home.transaction(async (tx) => {
      await tx.run("UPDATE copying SET now = 1");
      const result = await work(tx);
      await tx.run("UPDATE copying SET now = 0");
      return result;
    });
  return {
    columns,
    quietly,
    owed: () => countOf(home, "SELECT COUNT(*) AS total FROM (SELECT 1 FROM outbox GROUP BY tbl, row_key)"),
    next: (table, limit) =>
      home.all<Owed>(
        `SELECT row_key AS "key", MAX(seq) AS seq FROM outbox WHERE tbl = ? AND refused = 0 GROUP BY row_key LIMIT ?`,
        [table, limit],
      ),
    strike: (table, handed) =>
      home.transaction(async (tx) => {
        for (const { key, seq } of handed) {
          await tx.run("DELETE FROM outbox WHERE tbl = ? AND row_key = ? AND seq <= ?", [table, key, seq]);
        }
      }),
    refuse: async (table, { key, seq }) => {
      await home.run("UPDATE outbox SET refused = 1 WHERE tbl = ? AND row_key = ? AND seq <= ?", [table, key, seq]);
    },
    async copy(table, rows) {
      if (rows.length === 0) return;
      await quietly(async (tx) => {
        const owed = await owedAmong(
          tx,
          table,
          rows.map((row) => keyOf(table, row)),
        );
        const free = rows.filter((row) => !owed.has(keyOf(table, row)));
        await writeRows(tx, table, free, columns(table));
      });
    },
  };
}

const KEYS_AT_ONCE = 500;

async function owedAmong(tx: Sql, table: SharedTable, keys: readonly string[]): Promise<Set<string>> {
  const owed = new Set<string>();
  for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
    const some = keys.slice(from, from + KEYS_AT_ONCE);
    const rows = await tx.all<{ key: string }>(
      `SELECT DISTINCT row_key AS "key" FROM outbox WHERE tbl = ? AND row_key IN (${marks(some)})`,
      [table, ...some],
    );
    for (const { key } of rows) owed.add(key);
  }
  return owed;
}
