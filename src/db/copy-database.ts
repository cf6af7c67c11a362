import { createHash } from "node:crypto";
import { UserError } from "../core/errors.ts";
import type { Row } from "../core/merge.ts";
import { insert } from "./insert.ts";
import { describeAddress } from "./maintain.ts";
import { openStore } from "./open-store.ts";
import { plain } from "./shared-rows.ts";
import { countOf, type Store } from "./sql.ts";

const ROWS_AT_ONCE = 1000;

/** All there is, by the key that orders it. The logs are numbered by the database, and keep their numbers. */
const TABLES: { [table: string]: readonly string[] } = {
  chats: ["chat_id"],
  messages: ["chat_id", "message_id"],
  scanned_ranges: ["chat_id", "low_id"],
  download_log: ["id"],
  action_log: ["id"],
  jobs: ["id"],
  job_events: ["uid"],
  job_cards: ["job_id"],
  settings: ["name"],
  drafts: ["id"],
  workers: ["worker_id"],
  hosts: ["hostname"],
};

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
      await refuseFull(target, to);
      const copied: CopiedTable[] = [];
      for (const [table, key] of Object.entries(TABLES)) {
        const one = await copyTable(source, target, table, key);
        onTable(one);
        copied.push(one);
      }
      return copied;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function refuseFull(target: Store, to: string): Promise<void> {
  for (const table of Object.keys(TABLES)) {
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
