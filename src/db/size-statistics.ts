/** Sizes of files: the sums say in which bucket a quantile lies, and an index of sizes which size it is. */
import type { ChatId } from "../core/media.ts";
import { kindOf } from "../core/message-kind.ts";
import { QUANTILES, rankOf, type SizeStatistics } from "../core/statistics.ts";
import { fromRow, type MessageRow } from "./message-row.ts";
import { first, type Sql } from "./sql.ts";

interface Bucket {
  low: number;
  files: number;
}

const COUNTED =
  "status <> 'deleted' AND gone_at IS NULL AND media_type NOT IN ('none', 'other') AND file_size IS NOT NULL";

export async function sizesOf(sql: Sql, chatId: ChatId | null, largest: number): Promise<SizeStatistics> {
  const rows = await sql.all<{ bucket: number; files: number }>(
    "SELECT bucket, files FROM message_sizes WHERE chat_id = ? AND files > 0 ORDER BY bucket",
    [chatId ?? 0],
  );
  const buckets = rows.map(({ bucket, files }): Bucket => ({ low: Number(bucket), files: Number(files) }));
  const files = buckets.reduce((sum, bucket) => sum + bucket.files, 0);
  const quantiles: SizeStatistics["quantiles"] = [];
  for (const share of files === 0 ? [] : QUANTILES) {
    quantiles.push({ share, bytes: await sizeAt(sql, chatId, buckets, rankOf(share, files)) });
  }
  return {
    files,
    average: files === 0 ? 0 : (await bytesOf(sql, chatId)) / files,
    quantiles,
    largest: await largestOf(sql, chatId, largest),
  };
}

async function bytesOf(sql: Sql, chatId: ChatId | null): Promise<number> {
  const row = await first<{ bytes: number | null }>(
    sql,
    `SELECT SUM(bytes) AS bytes FROM message_kinds WHERE status <> 'gone'${chatId === null ? "" : " AND chat_id = ?"}`,
    chatId === null ? [] : [chatId],
  );
  return Number(row?.bytes ?? 0);
}

/** The size of the file at a place in the order of sizes. */
async function sizeAt(sql: Sql, chatId: ChatId | null, buckets: readonly Bucket[], rank: number): Promise<number> {
  let before = 0;
  for (const { low, files } of buckets) {
    if (rank >= before + files) {
      before += files;
      continue;
    }
    // Sizes of up to three digits are buckets of their own.
    if (low < 1000) return low;
    const step = 10 ** (String(low).length - 3);
    const row = await first<{ size: number }>(
      sql,
      `SELECT file_size AS size FROM messages WHERE ${chatId === null ? "" : "chat_id = ? AND "}file_size >= ? AND file_size < ?
        AND ${COUNTED} ORDER BY file_size LIMIT 1 OFFSET ?`,
      [...(chatId === null ? [] : [chatId]), low, low + step, rank - before],
    );
    return Number(row?.size ?? low);
  }
  return 0;
}

/** First how large they are, by the index alone; sorting all files by more than their sizes would read them all. */
async function largestOf(sql: Sql, chatId: ChatId | null, limit: number): Promise<SizeStatistics["largest"]> {
  const within = chatId === null ? "" : "chat_id = ? AND ";
  const values = chatId === null ? [] : [chatId];
  const last = await first<{ size: number }>(
    sql,
    `SELECT file_size AS size FROM messages WHERE ${within}file_size >= 0 AND ${COUNTED}
      ORDER BY file_size DESC LIMIT 1 OFFSET ?`,
    [...values, limit - 1],
  );
  const rows = await sql.all<MessageRow>(
    `SELECT * FROM messages WHERE ${within}file_size >= ? AND ${COUNTED}
      ORDER BY file_size DESC, chat_id, message_id LIMIT ?`,
    [...values, Number(last?.size ?? 0), limit],
  );
  return rows.map(fromRow).map((message) => ({
    chatId: message.chatId,
    messageId: message.messageId,
    name: message.media.fileName,
    kind: kindOf(message),
    bytes: message.media.size ?? 0,
    date: message.date,
  }));
}
