import { insert } from "./insert.ts";
import type { DownloadLogEntry, DownloadLogRepository } from "./ports/download-log.ts";
import { allOf, countOf, type Sql, type Store } from "./sql.ts";
import { cleanOrNull, oneOf, textOrNull, time, toTime } from "./values.ts";

const STATUSES = ["success", "failed", "retry"] as const;

/** One line of an attempt; the same uid twice is one line. */
export async function addAttempt(sql: Sql, entry: DownloadLogEntry): Promise<void> {
  await insert(sql, { table: "download_log", key: ["uid"], update: {} }, [
    {
      uid: entry.uid,
      message_id: entry.messageId,
      chat_id: entry.chatId,
      download_status: oneOf(STATUSES, entry.status, "download status"),
      hostname: entry.hostname,
      error_message: cleanOrNull(entry.error),
      attempt_datetime: toTime(entry.at),
    },
  ]);
}

export function downloadLogRepository(store: Store): DownloadLogRepository {
  return {
    add: (entry) => addAttempt(store, entry),
    async of({ chatId, messageId }) {
      const rows = await store.all<{ [column: string]: unknown }>(
        "SELECT * FROM download_log WHERE chat_id = ? AND message_id = ? ORDER BY attempt_datetime, id",
        [chatId, messageId],
      );
      return rows.map((row) => ({
        uid: textOrNull(row.uid) ?? String(row.id),
        chatId: Number(row.chat_id),
        messageId: Number(row.message_id),
        status: row.download_status as DownloadLogEntry["status"],
        hostname: textOrNull(row.hostname) ?? "",
        error: textOrNull(row.error_message),
        at: time(row.attempt_datetime),
      }));
    },
    count({ status, chatId }) {
      const { where, values } = allOf({ "download_status = ?": status, "chat_id = ?": chatId });
      return countOf(store, `SELECT COUNT(*) AS total FROM download_log WHERE ${where}`, values);
    },
    async machinesOf(rootId) {
      // The key of a success begins with its job, so that the unique index finds them; ";" follows ":".
      const rows = await store.all<{ hostname: unknown; files: number }>(
        `SELECT hostname, COUNT(*) AS files FROM download_log
          WHERE uid >= ? AND uid < ? AND download_status = 'success' GROUP BY hostname ORDER BY files DESC, hostname`,
        [`${rootId}:`, `${rootId};`],
      );
      return rows.map(({ hostname, files }) => ({ hostname: textOrNull(hostname) ?? "", files: Number(files) }));
    },
  };
}
