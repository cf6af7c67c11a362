import type { Message } from "../core/media.ts";
import {
  type InsertPlan,
  inKeyOrder,
  insert,
  keepKnown,
  type Merge,
  type RowValues,
  replace,
  replaceByKnown,
} from "./insert.ts";
import { countsOtherwise, type KnownRow, knownMessages, nameOf } from "./known-messages.ts";
import { toRow } from "./message-row.ts";
import { hold, withSums } from "./message-sums.ts";
import { addNewSums, isPlain } from "./new-sums.ts";
import { indexRows } from "./search-writer.ts";
import type { Sql } from "./sql.ts";
import { toTime } from "./values.ts";

/** What a second scan may change; status, path, hash and the machines that did it are not among it. */
const FROM_TELEGRAM = [
  "message_date",
  "edited_datetime",
  "sender_id",
  "outgoing",
  "message_text",
  "album_id",
  "topic_id",
  "reply_to_id",
  "service",
  "media_type",
  "round",
  "file_name",
  "mime_type",
  "file_size",
  "file_key",
  "dc_id",
  "extension",
  "duration",
  "width",
  "height",
  "restricted",
];

const PLAN: InsertPlan = {
  table: "messages",
  key: ["chat_id", "message_id"],
  update: {
    ...Object.fromEntries(FROM_TELEGRAM.map((column): [string, Merge] => [column, replace])),
    sender_name: replaceByKnown,
    // An empty object is known too: a message may lose its reactions, or an edit its marks.
    extra: replaceByKnown,
    // The first machine to see it stays named.
    retrieved_datetime: keepKnown,
    retrieved_hostname: keepKnown,
    root_id: replaceByKnown,
    // It is there, whatever was thought before.
    gone_at: replace,
  },
  stamp: "updated_at",
};

/** Upserts messages, in a transaction; those in `wanted` are given to the root. */
export async function recordMessages(
  sql: Sql,
  messages: readonly Message[],
  hostname: string,
  given?: { rootId: string; wanted: ReadonlySet<number> },
): Promise<void> {
  const now = toTime(new Date());
  const sorted = inKeyOrder(messages, (a, b) => a.chatId - b.chatId || a.messageId - b.messageId);
  const rows = sorted.map(
    (message): RowValues => ({
      ...toRow(message),
      status: "retrieved",
      retrieved_datetime: now,
      retrieved_hostname: hostname,
      gone_at: null,
      root_id: given?.wanted.has(message.messageId) ? given.rootId : null,
    }),
  );
  if (rows.length === 0) return;
  for (const chatId of new Set(sorted.map((message) => message.chatId))) await hold(sql, chatId);
  const known = await knownMessages(sql, sorted);
  const isNew = (message: Message) => !known.has(nameOf(message)) && isPlain(message);
  const changed = sorted.filter((message) => !isNew(message) && countsOtherwise(known.get(nameOf(message)), message));
  await withSums(sql, changed, () => insert(sql, PLAN, rows));
  await addNewSums(sql, sorted.filter(isNew));
  const texts = sorted.map((message, position) => textOf(rows[position]!, known.get(nameOf(message))));
  await indexRows(sql, texts, (row) => known.has(`${row.chat_id}:${row.message_id}`));
}

/** A name that Telegram does not tell this time stays. */
const textOf = (row: RowValues, known: KnownRow | undefined) => ({
  chat_id: row.chat_id,
  message_id: row.message_id,
  message_date: row.message_date,
  message_text: row.message_text,
  file_name: row.file_name,
  sender_name: row.sender_name ?? known?.sender_name ?? null,
});
