/** Rows as they go between the two stores: whole, by their key, whatever is in them. */
import type { Row, SharedTable } from "../core/merge.ts";
import { insert, type Merge, replace } from "./insert.ts";
import { indexMessages } from "./search-writer.ts";
import { marks, type Sql } from "./sql.ts";
import { toTime } from "./values.ts";

/** What machines share, in the order in which it is handed over, with the key that means the same in both stores. */
export const SHARED: { [Table in SharedTable]: readonly string[] } = {
  chats: ["chat_id"],
  messages: ["chat_id", "message_id"],
  jobs: ["id"],
  download_log: ["uid"],
  action_log: ["uid"],
  job_events: ["uid"],
  job_cards: ["job_id"],
  settings: ["name"],
  drafts: ["id"],
  hosts: ["hostname"],
};
export const SHARED_TABLES = Object.keys(SHARED) as SharedTable[];

/** Numbered by each store for itself. */
const OWN_COLUMNS = ["id"];

/** A row's key as one text, as the outbox notes it. */
export const keyOf = (table: SharedTable, row: Row): string => SHARED[table].map((column) => row[column]).join(":");

/** Rows by the texts of their keys; `lock` holds them until the transaction ends. */
export async function readRows(
  sql: Sql,
  table: SharedTable,
  keys: readonly string[],
  options: { lock?: boolean } = {},
): Promise<Row[]> {
  if (keys.length === 0) return [];
  const columns = SHARED[table];
  const parts = keys.map((key) => (columns.length === 1 ? [key] : key.split(":").map(Number)));
  const where =
    columns.length === 1
      ? `${columns[0]} IN (${marks(keys)})`
      : `(${columns.join(", ")}) IN (${sql.dialect.name === "sqlite" ? "VALUES " : ""}${parts.map(() => "(?, ?)").join(", ")})`;
  const lock = options.lock && sql.dialect.name === "mysql" ? " FOR UPDATE" : "";
  const rows = await sql.all<{ [column: string]: unknown }>(
    `SELECT * FROM ${table} WHERE ${where}${lock}`,
    parts.flat(),
  );
  return rows.map(plain);
}

/** As text and numbers, the same whichever database a row comes from. */
export function plain(row: { [column: string]: unknown }): Row {
  const result: Row = {};
  for (const [column, value] of Object.entries(row)) {
    if (value === null || value === undefined) result[column] = null;
    else if (value instanceof Date) result[column] = Number.isNaN(value.getTime()) ? null : toTime(value);
    else if (typeof value === "number" || typeof value === "string") result[column] = value;
    else if (typeof value === "boolean") result[column] = Number(value);
    else if (Buffer.isBuffer(value)) result[column] = value.toString("utf8");
    else result[column] = JSON.stringify(value);
  }
  return result;
}

/** Writes rows over those of the same key. Columns that only the other store has stay away. */
export async function writeRows(
  sql: Sql,
  table: SharedTable,
  rows: readonly Row[],
  columns: readonly string[],
): Promise<void> {
  if (rows.length === 0) return;
  const kept = columns.filter((column) => SHARED[table].includes(column) || !OWN_COLUMNS.includes(column));
  const update = Object.fromEntries(
    kept.filter((column) => !SHARED[table].includes(column)).map((column): [string, Merge] => [column, replace]),
  );
  const shaped = rows.map((row) => Object.fromEntries(kept.map((column) => [column, row[column] ?? null])));
  await insert(sql, { table, key: SHARED[table], update }, shaped);
  if (table !== "messages") return;
  await indexMessages(
    sql,
    rows.map((row) => ({ chatId: Number(row.chat_id), messageId: Number(row.message_id) })),
  );
}
