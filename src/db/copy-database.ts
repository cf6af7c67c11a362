import { createHash } from "node:crypto";
import { UserError } from "../core/errors.ts";
import type { Row } from "../core/merge.ts";
import { connect } from "./connection.ts";
import { insert } from "./insert.ts";
import { describeAddress } from "./maintain.ts";
import { fillAllSums } from "./message-sums.ts";
import { migrate } from "./migrate.ts";
import { openStore } from "./open-store.ts";
import { plain } from "./shared-rows.ts";
import { countOf, type Store } from "./sql.ts";
import { createStore } from "./store.ts";

const ROWS_AT_ONCE = 1000;

/** What a database makes again by itself, or what means nothing elsewhere. */
const LEFT_OUT = /^(telegram_utilities_migrations|sqlite_.*|search_.*|request_budget)$/;

export interface CopiedTable {
  table: string;
  rows: number;
  /** The same for the same rows, in whatever order. */
  checksum: string;
  /** Columns of the source that this program does not know, and leaves behind. */
  leftBehind: string[];
}

/** Copies everything into an empty database, and reads it again there to see that it is the same. */
export async function copyDatabase(
  from: string,
  to: string,
  onTable: (copied: CopiedTable) => void,
): Promise<CopiedTable[]> {
  const source = await openStore(from, { silentMs: 600_000 });
  try {
    const target = await openStore(to, { silentMs: 600_000 });
    try {
      const tables = await tablesByKey();
      await refuseFull(target, to, [...tables.keys()]);
      const copied: CopiedTable[] = [];
      for (const [table, key] of tables) {
        const one = await copyTable(source, target, table, key);
        onTable(one);
        copied.push(one);
      }
      await fillAllSums(target);
      return copied;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Every table that the migrations make, with its key, as an empty database shows them. The logs keep their numbers. */
async function tablesByKey(): Promise<Map<string, string[]>> {
  const sequelize = connect("sqlite::memory:");
  const empty = createStore(sequelize, { server: "sqlite", fillers: new Map() });
  try {
    await migrate(sequelize);
    const found = await empty.all<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid",
    );
    const tables = new Map<string, string[]>();
    for (const { name } of found) {
      if (LEFT_OUT.test(name)) continue;
      const key = await empty.all<{ name: string }>(
        `SELECT name FROM pragma_table_info('${name}') WHERE pk > 0 ORDER BY pk`,
      );
      tables.set(
        name,
        key.map((column) => column.name),
      );
    }
    return tables;
  } finally {
    await empty.close();
  }
}

async function refuseFull(target: Store, to: string, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const rows = await countOf(target, `SELECT COUNT(*) AS total FROM ${table}`);
    if (rows > 0) {
      throw new UserError(`${describeAddress(to)} has ${rows} rows in ${table} already. Copy into an empty database.`);
    }
  }
}

async function copyTable(source: Store, target: Store, table: string, key: readonly string[]): Promise<CopiedTable> {
  const known = await columnsOf(target, table);
  const there = checksum();
  let leftBehind: string[] = [];
  for await (const rows of pages(source, table, key)) {
    leftBehind = Object.keys(rows[0] ?? {}).filter((column) => !known.includes(column));
    const shaped = rows.map((row) => pick(row, known));
    for (const row of shaped) there.add(row);
    await target.transaction((tx) => insert(tx, { table, key, update: {} }, shaped));
  }
  const here = checksum();
  for await (const rows of pages(target, table, key)) for (const row of rows) here.add(pick(row, known));
  if (here.rows() !== there.rows() || here.digest() !== there.digest()) {
    throw new UserError(
      `${table} is not the same in the copy: ${there.rows()} rows were read, ${here.rows()} arrived. Empty the target, and copy again while nothing writes to the source.`,
    );
  }
  return { table, rows: here.rows(), checksum: here.digest(), leftBehind };
}

async function columnsOf(store: Store, table: string): Promise<string[]> {
  const rows = await store.all<{ name: string }>(
    store.server === "sqlite"
      ? `SELECT name FROM pragma_table_info('${table}')`
      : `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS
          WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '${table}'`,
  );
  return rows.map(({ name }) => name);
}

/** A table's rows in the order of its key, however many there are. */
async function* pages(store: Store, table: string, key: readonly string[]): AsyncGenerator<Row[]> {
  const order = key.join(", ");
  let after: Row | undefined;
  for (;;) {
    const where = after ? `WHERE ${beyond(key)}` : "";
    const values = after
      ? key.flatMap((_, depth) => key.slice(0, depth + 1).map((column) => after?.[column] ?? null))
      : [];
    const rows = await store.all<{ [column: string]: unknown }>(
      `SELECT * FROM ${table} ${where} ORDER BY ${order} LIMIT ${ROWS_AT_ONCE}`,
      values,
    );
    if (rows.length === 0) return;
    const page = rows.map(plain);
    yield page;
    after = page.at(-1);
  }
}

/** `(a > ?) OR (a = ? AND b > ?)`: what comes after a key. */
const beyond = (key: readonly string[]): string =>
  key
    .map((_, depth) => {
      const equal = key.slice(0, depth).map((column) => `${column} = ?`);
      return `(${[...equal, `${key[depth]} > ?`].join(" AND ")})`;
    })
    .join(" OR ");

const pick = (row: Row, columns: readonly string[]): Row =>
  Object.fromEntries(columns.map((column): [string, Row[string]] => [column, row[column] ?? null]));

/** Over rows in any order: databases do not agree on how names are sorted. */
function checksum() {
  const sum = new Uint8Array(32);
  let rows = 0;
  return {
    add(row: Row) {
      rows++;
      const hash = createHash("sha256")
        .update(JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
        .digest();
      for (let index = 0; index < sum.length; index++) sum[index] = (sum[index] ?? 0) ^ (hash[index] ?? 0);
    },
    rows: () => rows,
    digest: () => Buffer.from(sum).toString("hex"),
  };
}
