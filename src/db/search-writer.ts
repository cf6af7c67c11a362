/** Keeps the words of messages in the index of /search, in the transaction that writes the messages. */
import { createHash } from "node:crypto";
import type { MessageKey } from "../core/media.ts";
import { indexNames } from "../core/search-index.ts";
import { type InsertPlan, insert, replace } from "./insert.ts";
import type { TextRow } from "./message-row.ts";
import { first, marks, type Sql } from "./sql.ts";
import { textOrNull, time, toTime, type Value } from "./values.ts";

const AT_ONCE = 400;

const PLAN: InsertPlan = {
  table: "search_messages",
  key: ["chat_id", "message_id"],
  update: { message_date: replace, digest: replace, words: replace },
};

type Row = { [column: string]: unknown };
type KeyRow = Row & { chat_id: unknown; message_id: unknown };

/** Reads these messages as they are in the table now, and writes down their words where they have changed. */
export async function indexMessages(sql: Sql, keys: readonly MessageKey[]): Promise<void> {
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const { where, values } = isOneOf(sql, keys.slice(from, from + AT_ONCE));
    const rows = await sql.all<TextRow>(
      `SELECT chat_id, message_id, message_date, message_text, file_name, sender_name FROM messages WHERE ${where}`,
      values,
    );
    await indexRows(sql, rows, () => true);
  }
}

/** The same for rows at hand. Those that have never been in the table cannot have words yet. */
export async function indexRows(
  sql: Sql,
  rows: readonly TextRow[],
  mayHaveWords: (row: TextRow) => boolean,
): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    const digests = await digestsOf(sql, some.filter(mayHaveWords));
    const changed = some
      .map((row) => entryOf(row))
      .filter((entry) => digests.get(nameOf(entry)) !== entry.digest)
      // What says nothing need not be there, unless it said something before.
      .filter((entry) => entry.words !== "" || digests.has(nameOf(entry)));
    if (changed.length > 0) await write(sql, changed);
  }
}

async function digestsOf(sql: Sql, rows: readonly TextRow[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const { where, values } = isOneOf(
    sql,
    rows.map((row) => ({ chatId: Number(row.chat_id), messageId: Number(row.message_id) })),
  );
  const known = await sql.all<KeyRow>(`SELECT chat_id, message_id, digest FROM search_messages WHERE ${where}`, values);
  return new Map(known.map((row) => [nameOf(row), String(row.digest)]));
}

/** (chat_id, message_id) among these. */
export function isOneOf(sql: Sql, keys: readonly MessageKey[], alias = ""): { where: string; values: Value[] } {
  const rows = keys.map(() => "(?, ?)").join(", ");
  return {
    where: `(${alias}chat_id, ${alias}message_id) IN (${sql.dialect.name === "sqlite" ? "VALUES " : ""}${rows})`,
    values: keys.flatMap(({ chatId, messageId }) => [chatId, messageId]),
  };
}

const nameOf = (row: { chat_id: unknown; message_id: unknown }): string => `${row.chat_id}:${row.message_id}`;

interface Entry extends Row {
  chat_id: number;
  message_id: number;
  message_date: string;
  digest: string;
  words: string;
}

function entryOf(row: TextRow): Entry {
  const words = indexNames([textOrNull(row.message_text), textOrNull(row.file_name), textOrNull(row.sender_name)]);
  const message_date = toTime(row.message_date === null ? new Date(0) : time(row.message_date));
  const digest = createHash("sha1").update(`${message_date} ${words}`).digest("base64url");
  return { chat_id: Number(row.chat_id), message_id: Number(row.message_id), message_date, digest, words };
}

async function write(sql: Sql, entries: readonly Entry[]): Promise<void> {
  const isSqlite = sql.dialect.name === "sqlite";
  const rows = entries.map(({ chat_id, message_id, message_date, digest, words }) => ({
    chat_id,
    message_id,
    message_date,
    digest,
    words: isSqlite ? null : words,
  }));
  rows.sort((a, b) => a.chat_id - b.chat_id || a.message_id - b.message_id);
  if (!isSqlite) {
    await insert(sql, PLAN, rows);
    return;
  }
  const last = Number((await first<Row>(sql, "SELECT MAX(id) AS id FROM search_messages"))?.id ?? 0);
  await insert(sql, PLAN, rows);
  const added = await sql.all<KeyRow>("SELECT id, chat_id, message_id FROM search_messages WHERE id > ?", [last]);
  const isAdded = new Set(added.map(nameOf));
  const changed = await idsOf(
    sql,
    rows.filter((row) => !isAdded.has(nameOf(row))),
  );
  if (changed.length > 0) {
    const ids = changed.map(({ id }) => Number(id));
    await sql.run(`DELETE FROM search_words WHERE rowid IN (${marks(ids)})`, ids);
  }
  const words = new Map(entries.map((entry) => [nameOf(entry), entry.words]));
  const found = [...added, ...changed];
  await sql.run(
    `INSERT INTO search_words (rowid, words) VALUES ${found.map(() => "(?, ?)").join(", ")}`,
    found.flatMap((row) => [Number(row.id), words.get(nameOf(row)) ?? ""]),
  );
}

async function idsOf(sql: Sql, rows: readonly { chat_id: number; message_id: number }[]): Promise<KeyRow[]> {
  if (rows.length === 0) return [];
  const keys = rows.map(({ chat_id, message_id }) => ({ chatId: chat_id, messageId: message_id }));
  const { where, values } = isOneOf(sql, keys);
  return sql.all<KeyRow>(`SELECT id, chat_id, message_id FROM search_messages WHERE ${where}`, values);
}

/** What was recorded before there was an index: takes the next `count` messages in; true when there are none left. */
export async function indexNext(tx: Sql, count: number): Promise<boolean> {
  const cursor = await first<Row>(tx, "SELECT * FROM search_progress WHERE name = 'messages'");
  if (Number(cursor?.done ?? 0) === 1) return true;
  const [chatId, messageId] = [Number(cursor?.chat_id ?? Number.MIN_SAFE_INTEGER), Number(cursor?.message_id ?? 0)];
  // Each database has its own way of going on in an index from where it stood.
  const isBeyond =
    tx.dialect.name === "sqlite" ? "(chat_id, message_id) > (?, ?)" : "chat_id > ? OR (chat_id = ? AND message_id > ?)";
  const rows = await tx.all<Row>(
    `SELECT chat_id, message_id FROM messages WHERE ${isBeyond} ORDER BY chat_id, message_id LIMIT ?`,
    tx.dialect.name === "sqlite" ? [chatId, messageId, count] : [chatId, chatId, messageId, count],
  );
  await indexMessages(
    tx,
    rows.map((row) => ({ chatId: Number(row.chat_id), messageId: Number(row.message_id) })),
  );
  const last = rows.at(-1);
  const row = {
    name: "messages",
    chat_id: Number(last?.chat_id ?? chatId),
    message_id: Number(last?.message_id ?? messageId),
    done: rows.length < count ? 1 : 0,
  };
  const update = { chat_id: replace, message_id: replace, done: replace };
  await insert(tx, { table: "search_progress", key: ["name"], update }, [row]);
  return rows.length < count;
}
