import { insert } from "./insert.ts";
import type { ActionLogEntry, ActionLogRepository } from "./ports/action-log.ts";
import { allOf, countOf, type Store } from "./sql.ts";
import { cleanOrNull, fromJson, numberOrNull, oneOf, textOrNull, time, timeOrNull, toJson, toTime } from "./values.ts";

const TYPES = ["scan", "download", "archive", "delete", "analyze"] as const;

export function actionLogRepository(store: Store): ActionLogRepository {
  return {
    async start(entry) {
      await insert(store, { table: "action_log", key: ["uid"], update: {} }, [
        {
          uid: entry.uid,
          action_type: oneOf(TYPES, entry.type, "action type"),
          status: "started",
          hostname: entry.hostname,
          chat_id: entry.chatId,
          job_id: entry.jobId,
          parameters: toJson(entry.parameters),
          started_datetime: toTime(new Date()),
        },
      ]);
    },
    async end(uid, status, result, error = null) {
      await store.run(
        `UPDATE action_log SET status = ?, result = ?, error_message = ?, ended_datetime = ${store.dialect.now}
          WHERE uid = ? AND status = 'started'`,
        [status, toJson(result), cleanOrNull(error), uid],
      );
    },
    async list({ chatId, type, since, before }, { limit, offset }) {
      const { where, values } = allOf({
        "chat_id = ?": chatId,
        "action_type = ?": type,
        "started_datetime >= ?": since && toTime(since),
        "started_datetime < ?": before && toTime(before),
      });
      const rows = await store.all<{ [column: string]: unknown }>(
        `SELECT * FROM action_log WHERE ${where} ORDER BY started_datetime DESC, id DESC LIMIT ? OFFSET ?`,
        [...values, limit, offset],
      );
      const total = await countOf(store, `SELECT COUNT(*) AS total FROM action_log WHERE ${where}`, values);
      return { entries: rows.map(fromRow), total };
    },
  };
}

const fromRow = (row: { [column: string]: unknown }): ActionLogEntry => ({
  uid: textOrNull(row.uid) ?? String(row.id),
  type: row.action_type as ActionLogEntry["type"],
  status: row.status as ActionLogEntry["status"],
  hostname: textOrNull(row.hostname) ?? "",
  chatId: numberOrNull(row.chat_id),
  jobId: textOrNull(row.job_id),
  startedAt: time(row.started_datetime),
  endedAt: timeOrNull(row.ended_datetime),
  parameters: fromJson(row.parameters),
  result: fromJson(row.result),
  error: textOrNull(row.error_message),
});
