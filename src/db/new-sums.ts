/**
 * What messages that are new to the database add to the sums of /stats, counted here instead of by the database: a scan
 * brings thousands of them, and says all that counts. A test compares it with what sums-sql.ts counts.
 */
import { type SumsTable, sumsTables } from "../../migrations/sums-sql.ts";
import { extensionOf } from "../core/file-type.ts";
import type { Message } from "../core/media.ts";
import { isFile, kindOf } from "../core/message-kind.ts";
import { insert, type Merge, type RowValues } from "./insert.ts";
import type { Sql } from "./sql.ts";
import { cleanOrNull } from "./values.ts";

const FIRST_DATE = Date.UTC(2000, 0, 1);
const HOUR_S = 3600;
const QUARTER_S = 900;
/** MySQL's collation takes a text of blanks and invisible signs alone for an empty one. */
const VISIBLE = /[^\s\p{C}\p{M}\p{Z}]/u;

/** Whether every database counts it as this file does; the few others are left to the database itself. */
export const isPlain = ({ date, text }: Message): boolean =>
  date.getTime() % 1000 === 0 && (text === "" || VISIBLE.test(text));

/** Adds messages that are in the table for the first time, all of them plain. */
export async function addNewSums(tx: Sql, messages: readonly Message[]): Promise<void> {
  const counted = messages.filter(({ date }) => date.getTime() >= FIRST_DATE);
  for (const one of sumsTables(tx.dialect.name === "mysql")) {
    const rows = new Map<string, RowValues>();
    for (const message of counted) {
      const row = ROWS[one.table]?.(message);
      if (!row) continue;
      add(rows, one, { chat_id: message.chatId, ...row });
      if (one.ofAll) add(rows, one, { chat_id: 0, ...row });
    }
    const plan = { table: one.table, key: ["chat_id", ...Object.keys(one.keys)], update: updatesOf(one) };
    const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    await insert(tx, plan, sorted);
  }
}

/** What one message is to each table. */
const ROWS: { [table: string]: (message: Message) => RowValues | null } = {
  message_kinds: (message) => ({
    kind: kindOf(message),
    extension: isFile(message) ? extensionOf(message.media) : "",
    status: "retrieved",
    ...tallyOf(message),
  }),
  message_senders: (message) => ({
    sender_id: message.senderId ?? 0,
    ...tallyOf(message),
    sender_name: cleanOrNull(message.senderName),
  }),
  message_hours(message) {
    const seconds = message.date.getTime() / 1000;
    const quarter = Math.floor((seconds % HOUR_S) / QUARTER_S);
    const { files, bytes } = tallyOf(message);
    const row: RowValues = { hour: Math.floor(seconds / HOUR_S), messages: 1 };
    for (const each of [0, 1, 2, 3]) {
      row[`messages${each}`] = each === quarter ? 1 : 0;
      row[`files${each}`] = each === quarter ? files : 0;
      row[`bytes${each}`] = each === quarter ? bytes : 0;
    }
    return row;
  },
  message_sizes: (message) =>
    isFile(message) && message.media.size !== null ? { bucket: bucketOf(message.media.size), files: 1 } : null,
};

const tallyOf = (message: Message) => ({
  messages: 1,
  files: isFile(message) ? 1 : 0,
  bytes: isFile(message) ? (message.media.size ?? 0) : 0,
});

/** The first three digits, as BUCKET in sums-sql.ts. */
function bucketOf(size: number): number {
  if (size < 1000) return size;
  for (let step = 10; step <= 10 ** 11; step *= 10) if (size < step * 1000) return size - (size % step);
  return 0;
}

function add(rows: Map<string, RowValues>, one: SumsTable, row: RowValues): void {
  const key = [row.chat_id, ...Object.keys(one.keys).map((column) => row[column])].join(" ");
  const known = rows.get(key);
  if (!known) {
    rows.set(key, { ...row });
    return;
  }
  for (const sum of Object.keys(one.sums)) known[sum] = exactSum(known[sum], row[sum]);
  for (const label of Object.keys(one.labels ?? {})) known[label] = row[label] ?? known[label] ?? null;
}

/** As digits where it is more than a number holds: the tables have 64 bits. */
function exactSum(one: RowValues[string] = 0, other: RowValues[string] = 0): number | string {
  const sum = Number(one) + Number(other);
  return Number.isSafeInteger(sum) ? sum : String(BigInt(String(one)) + BigInt(String(other)));
}

function updatesOf(one: SumsTable): { [column: string]: Merge } {
  const sum: Merge = (kept, fresh) => `${kept} + ${fresh}`;
  const label: Merge = (kept, fresh) => `COALESCE(${fresh}, ${kept})`;
  return Object.fromEntries([
    ...Object.keys(one.sums).map((column): [string, Merge] => [column, sum]),
    ...Object.keys(one.labels ?? {}).map((column): [string, Merge] => [column, label]),
  ]);
}
