/** Files of one machine in the order of their content, for /duplicates. */
import type { DuplicateRepository, KeptFile } from "./ports/duplicates.ts";
import { countOf, type Store } from "./sql.ts";
import { time, type Value } from "./values.ts";

type Row = { [column: string]: unknown };

const COLUMNS = "chat_id, message_id, message_date, sha256, file_key, file_size, local_file_path";
/** What one machine has on its disk. */
export const OWN = "download_hostname = ? AND local_file_path IS NOT NULL";

/** A page of a machine's files in the order of their content, those of which `which` holds. */
export async function contentFiles(
  store: Store,
  hostname: string,
  by: "sha256" | "file_key",
  after: KeptFile | null,
  limit: number,
  which = "1 = 1",
): Promise<KeptFile[]> {
  const rest = by === "file_key" ? " AND sha256 IS NULL" : "";
  const values: Value[] = [hostname];
  let below = `${by} IS NOT NULL`;
  if (after) {
    below = `${by} >= ? AND (${by} > ? OR (${by} = ? AND (chat_id > ? OR (chat_id = ? AND message_id > ?))))`;
    values.push(after.content, after.content, after.content, after.chatId, after.chatId, after.messageId);
  }
  const rows = await store.all<Row>(
    `SELECT ${COLUMNS} FROM messages WHERE ${OWN} AND ${below}${rest} AND ${which}
      ORDER BY ${by}, chat_id, message_id LIMIT ?`,
    [...values, limit],
  );
  return rows.map((row) => fileOf(row, by));
}

export function duplicateRepository(store: Store): DuplicateRepository {
  return {
    files: (hostname, by, after, limit) => contentFiles(store, hostname, by, after, limit),

    async ofContent(hostname, by, content) {
      const rows = await store.all<Row>(`SELECT ${COLUMNS} FROM messages WHERE ${OWN} AND ${by} = ?`, [
        hostname,
        content,
      ]);
      return rows.map((row) => fileOf(row, by));
    },

    async moved(hostname, by, content, from, to) {
      return store.run(
        `UPDATE messages SET local_file_path = ?, updated_at = ${store.dialect.now}
          WHERE download_hostname = ? AND ${by} = ? AND local_file_path = ?`,
        [to, hostname, content, from],
      );
    },

    elsewhere: (hostname, sha256) =>
      countOf(
        store,
        "SELECT COUNT(*) AS total FROM messages WHERE sha256 = ? AND download_hostname <> ? AND local_file_path IS NOT NULL",
        [sha256, hostname],
      ),
  };
}

const fileOf = (row: Row, by: "sha256" | "file_key"): KeptFile => ({
  chatId: Number(row.chat_id),
  messageId: Number(row.message_id),
  date: time(row.message_date),
  content: String(row[by]),
  size: row.file_size === null ? null : Number(row.file_size),
  path: String(row.local_file_path),
});
