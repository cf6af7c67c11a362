/** Messages that Telegram has no more. */
import type { ChatId } from "../core/media.ts";
import { fromRow, type MessageRow } from "./message-row.ts";
import { withSums } from "./message-sums.ts";
import type { IdRange } from "./ports/messages.ts";
import { marks, type Sql } from "./sql.ts";
import { toTime } from "./values.ts";

const IDS_AT_ONCE = 1000;

/** Those not known to be gone, by their ids in a stretch, so many at a time. */
export async function presentWithin(sql: Sql, chatId: ChatId, { low, high }: IdRange, limit: number) {
  const rows = await sql.all<MessageRow>(
    `SELECT * FROM messages WHERE chat_id = ? AND message_id BETWEEN ? AND ? AND gone_at IS NULL
      ORDER BY message_id DESC LIMIT ?`,
    [chatId, low, high, limit],
  );
  return rows.map(fromRow);
}

/** What is known of the files stays: the status says how far a message came on the owner's machines. */
export async function markGone(tx: Sql, chatId: ChatId, messageIds: readonly number[]): Promise<void> {
  for (let from = 0; from < messageIds.length; from += IDS_AT_ONCE) {
    const ids = messageIds.slice(from, from + IDS_AT_ONCE);
    const keys = ids.map((messageId) => ({ chatId, messageId }));
    await withSums(tx, keys, () =>
      tx.run(
        `UPDATE messages SET gone_at = ?, updated_at = ${tx.dialect.now}
          WHERE chat_id = ? AND gone_at IS NULL AND message_id IN (${marks(ids)})`,
        [toTime(new Date()), chatId, ...ids],
      ),
    );
  }
}
