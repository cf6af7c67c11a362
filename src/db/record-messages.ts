import type { Message } from "../core/media.ts";
import { type InsertPlan, inKeyOrder, insert, keepKnown, type Merge, replace, replaceByKnown } from "./insert.ts";
import { toRow } from "./message-row.ts";
import { withSums } from "./message-sums.ts";
import { indexMessages } from "./search-writer.ts";
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
  const rows = sorted.map((message) => ({
    ...toRow(message),
    status: "retrieved",
    retrieved_datetime: now,
    retrieved_hostname: hostname,
    gone_at: null,
    root_id: given?.wanted.has(message.messageId) ? given.rootId : null,
  }));
  if (rows.length === 0) return;
  await withSums(sql, sorted, () => insert(sql, PLAN, rows));
  await indexMessages(sql, sorted);
}
