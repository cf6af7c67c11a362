/** /stats from the sums that are kept with every write: small questions, however many messages there are. */
import type {
  ChatTally,
  DayTally,
  DiskState,
  HourTally,
  KindTally,
  MessageKind,
  SenderTally,
  Tally,
} from "../core/statistics.ts";
import { weekdayOf } from "../core/statistics.ts";
import { byZone } from "./hours-by-zone.ts";
import { fromRow, type MessageRow } from "./message-row.ts";
import type { StatisticsRepository } from "./ports/statistics.ts";
import { sizesOf } from "./size-statistics.ts";
import { countOf, first, type Store } from "./sql.ts";
import { textOrNull, toTime, type Value } from "./values.ts";

const SUMS = "SUM(messages) AS messages, SUM(files) AS files, SUM(bytes) AS bytes";
type Row = { [column: string]: unknown };
const tally = (row: Row): Tally => ({
  messages: Number(row.messages ?? 0),
  files: Number(row.files ?? 0),
  bytes: Number(row.bytes ?? 0),
});

export function statisticsRepository(store: Store): StatisticsRepository {
  return {
    async kinds(chatId) {
      const rows = await store.all<Row>(
        `SELECT kind, extension, status, ${SUMS} FROM message_kinds ${chatId === null ? "" : "WHERE chat_id = ?"}
          GROUP BY kind, extension, status HAVING SUM(messages) > 0`,
        chatId === null ? [] : [chatId],
      );
      return rows.map(
        (row): KindTally => ({
          kind: String(row.kind) as MessageKind,
          extension: String(row.extension),
          disk: DISK[String(row.status)] ?? "missing",
          ...tally(row),
        }),
      );
    },

    async chats(limit) {
      const rows = await store.all<Row>(
        `SELECT s.*, c.title FROM (SELECT chat_id, ${SUMS} FROM message_kinds WHERE status <> 'gone'
            GROUP BY chat_id HAVING SUM(messages) > 0 ORDER BY messages DESC, chat_id LIMIT ?) AS s
          LEFT JOIN chats AS c ON c.chat_id = s.chat_id ORDER BY s.messages DESC, s.chat_id`,
        [limit],
      );
      return rows.map(
        (row): ChatTally => ({ chatId: Number(row.chat_id), title: textOrNull(row.title) ?? "", ...tally(row) }),
      );
    },

    async senders(chatId, limit) {
      const of = chatId ?? 0;
      const rows = await store.all<Row>(
        `SELECT * FROM message_senders WHERE chat_id = ? AND messages > 0 ORDER BY messages DESC, sender_id LIMIT ?`,
        [of, limit],
      );
      const top = rows.map(
        (row): SenderTally => ({
          senderId: Number(row.sender_id),
          name: textOrNull(row.sender_name),
          ...tally(row),
        }),
      );
      const total = await countOf(
        store,
        "SELECT COUNT(*) AS total FROM message_senders WHERE chat_id = ? AND messages > 0",
        [of],
      );
      return { count: total, top };
    },

    async span(chatId) {
      const row = await first<Row>(
        store,
        "SELECT MIN(hour) AS low, MAX(hour) AS high FROM message_hours WHERE chat_id = ? AND messages > 0",
        [chatId ?? 0],
      );
      return row?.low === null || row?.low === undefined
        ? null
        : { from: Number(row.low) * 4, to: (Number(row.high) + 1) * 4 };
    },

    async days(chatId, segments) {
      const div = store.dialect.name === "mysql" ? "DIV" : "/";
      const rows = await byZone(store, chatId, segments, (hour) => `(${hour}) ${div} 24`, [
        "messages",
        "files",
        "bytes",
      ]);
      const days = new Map<number, DayTally>();
      for (const row of rows) {
        const day = Number(row.part);
        const known = days.get(day) ?? { day, messages: 0, files: 0, bytes: 0 };
        const more = tally(row);
        days.set(day, {
          day,
          messages: known.messages + more.messages,
          files: known.files + more.files,
          bytes: known.bytes + more.bytes,
        });
      }
      return [...days.values()].filter(({ messages }) => messages > 0).sort((a, b) => a.day - b.day);
    },

    async hours(chatId, segments) {
      // Hours of a week that begins on a Thursday, as 1970 did.
      const rows = await byZone(store, chatId, segments, (hour) => `(${hour}) % 168`, ["messages"]);
      const hours = new Map<number, HourTally>();
      for (const row of rows) {
        const part = Number(row.part);
        const one = hours.get(part) ?? { weekday: weekdayOf(Math.floor(part / 24)), hour: part % 24, messages: 0 };
        hours.set(part, { ...one, messages: one.messages + Number(row.messages) });
      }
      return [...hours.values()].filter(({ messages }) => messages > 0);
    },

    sizes: (chatId, largest) => sizesOf(store, chatId, largest),

    async page({ chatId, after, before, types, minSize, maxSize }, beyond, limit) {
      const parts: string[] = ["gone_at IS NULL", "status <> 'deleted'", "message_date >= '2000-01-01'"];
      const values: Value[] = [];
      const add = (condition: string, ...more: Value[]) => {
        parts.push(condition);
        values.push(...more);
      };
      if (chatId !== null) add("chat_id = ?", chatId);
      if (after) add("message_date >= ?", toTime(after));
      if (before) add("message_date < ?", toTime(before));
      if (types) add(`media_type IN (${types.map(() => "?").join(", ") || "NULL"})`, ...types);
      if (minSize !== undefined) add("file_size >= ?", minSize);
      if (maxSize !== undefined) add("file_size <= ?", maxSize);
      if (beyond) {
        const at = toTime(beyond.date);
        add(
          "(message_date > ? OR (message_date = ? AND (chat_id > ? OR (chat_id = ? AND message_id > ?))))",
          at,
          at,
          beyond.chatId,
          beyond.chatId,
          beyond.messageId,
        );
        add("message_date >= ?", at);
      }
      const rows = await store.all<MessageRow>(
        `SELECT * FROM messages WHERE ${parts.join(" AND ")} ORDER BY message_date, chat_id, message_id LIMIT ?`,
        [...values, limit],
      );
      return rows.map(fromRow);
    },
  };
}

const DISK: { [status: string]: DiskState } = {
  retrieved: "missing",
  downloaded: "saved",
  archived: "saved",
  failed: "failed",
  gone: "gone",
};
