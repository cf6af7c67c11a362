import { newId } from "../core/id.ts";
import type { MessageKey, StoredMessage } from "../core/media.ts";
import { heldBy } from "./claims.ts";
import { countAll, countDownloaded } from "./count-messages.ts";
import { addAttempt } from "./download-log.ts";
import { presentWithin } from "./gone.ts";
import { insert } from "./insert.ts";
import { fromRow, type MessageRow } from "./message-row.ts";
import { withSums } from "./message-sums.ts";
import type { Holder, MessageRepository, SavedFile } from "./ports/messages.ts";
import { recordMessages } from "./record-messages.ts";
import { scannedRanges } from "./scanned-ranges.ts";
import { allOf, countOf, first, marks, type Sql, type Store } from "./sql.ts";
import { clean, textOrNull, toTime, type Value } from "./values.ts";

const IDS_AT_ONCE = 1000;

export function messageRepository(store: Store): MessageRepository {
  return {
    record: (messages, hostname) => store.transaction((tx) => recordMessages(tx, messages, hostname)),

    async get({ chatId, messageId }) {
      const row = await first<MessageRow>(store, "SELECT * FROM messages WHERE chat_id = ? AND message_id = ?", [
        chatId,
        messageId,
      ]);
      return row && fromRow(row);
    },

    async of(chatId, messageIds) {
      const found: StoredMessage[] = [];
      for (let from = 0; from < messageIds.length; from += IDS_AT_ONCE) {
        const ids = messageIds.slice(from, from + IDS_AT_ONCE);
        const rows = await store.all<MessageRow>(
          `SELECT * FROM messages WHERE chat_id = ? AND message_id IN (${marks(ids)}) ORDER BY message_id`,
          [chatId, ...ids],
        );
        found.push(...rows.map(fromRow));
      }
      return found;
    },

    newestId: (chatId) =>
      countOf(store, "SELECT COALESCE(MAX(message_id), 0) AS total FROM messages WHERE chat_id = ?", [chatId]),

    saved: (key, file, holder) =>
      store.transaction(async (tx) => {
        if (holder && !(await holds(tx, holder))) return isSavedAs(tx, key, file);
        await noteSaved(tx, key, file);
        return true;
      }),

    async failed(key, failure) {
      const uid = failure.uid ?? newId();
      await store.transaction(async (tx) => {
        await noteFailed(tx, key, failure);
        await addAttempt(tx, {
          uid,
          ...key,
          status: "failed",
          hostname: failure.hostname,
          error: failure.error,
          at: new Date(),
        });
      });
    },

    async failedOf(rootId, { limit, offset }) {
      const where = "failed_root_id = ? AND status = 'failed'";
      const rows = await store.all<MessageRow>(
        `SELECT * FROM messages WHERE ${where} ORDER BY chat_id, message_id LIMIT ? OFFSET ?`,
        [rootId, limit, offset],
      );
      const total = await countOf(store, `SELECT COUNT(*) AS total FROM messages WHERE ${where}`, [rootId]);
      return { messages: rows.map((row) => ({ ...fromRow(row), error: textOrNull(row.error) })), total };
    },

    async ownedFiles(fileKeys, hostname) {
      const owned = new Map<string, StoredMessage>();
      for (let from = 0; from < fileKeys.length; from += IDS_AT_ONCE) {
        const keys = fileKeys.slice(from, from + IDS_AT_ONCE);
        const rows = await store.all<MessageRow>(
          `SELECT * FROM messages WHERE file_key IN (${marks(keys)}) AND download_hostname = ?
            AND status IN ('downloaded', 'archived', 'deleted') AND local_file_path IS NOT NULL
            ORDER BY updated_at, chat_id, message_id`,
          [...keys, hostname],
        );
        for (const row of rows) owned.set(String(row.file_key), fromRow(row));
      }
      return owned;
    },

    countDownloaded: (chatId, mediaTypes) => countDownloaded(store, chatId, mediaTypes),

    presentWithin: (chatId, range, limit) => presentWithin(store, chatId, range, limit),

    scannedRanges: (chatId) => scannedRanges(store, chatId),

    count({ chatId, status }) {
      if (chatId === undefined && status === undefined) return countAll(store);
      const { where, values } = allOf({ "chat_id = ?": chatId, "status = ?": status });
      return countOf(store, `SELECT COUNT(*) AS total FROM messages WHERE ${where}`, values);
    },
  };
}

/** The row stays locked until the end, so that nobody takes the job over between this and what is written. */
async function holds(tx: Sql, { job, workerId }: Holder): Promise<boolean> {
  const { where, values } = heldBy(job, workerId);
  const lock = tx.dialect.name === "mysql" ? " FOR UPDATE" : "";
  return (await first(tx, `SELECT id FROM jobs WHERE ${where}${lock}`, values)) !== null;
}

async function isSavedAs(tx: Sql, { chatId, messageId }: MessageKey, { path, hostname }: SavedFile): Promise<boolean> {
  const row = await first<MessageRow>(
    tx,
    `SELECT message_id FROM messages WHERE chat_id = ? AND message_id = ? AND local_file_path = ? AND download_hostname = ?
      AND status IN ('downloaded', 'archived', 'deleted')`,
    [chatId, messageId, clean(path), hostname],
  );
  return row !== null;
}

async function noteSaved(tx: Sql, key: MessageKey, file: SavedFile): Promise<void> {
  const set = `status = CASE WHEN status IN ('archived', 'deleted') THEN status ELSE 'downloaded' END,
    local_file_path = ?, download_hostname = ?, sha256 = ?, file_size = COALESCE(file_size, ?), root_id = ?,
    failed_root_id = NULL, error = NULL, updated_at = ${tx.dialect.now}`;
  const values = [clean(file.path), file.hostname, file.sha256, file.bytes, file.rootId];
  // Where Telegram told no size, the file does: that changes more than one sum.
  const known = await first<{ size: number | null }>(
    tx,
    "SELECT file_size AS size FROM messages WHERE chat_id = ? AND message_id = ?",
    [key.chatId, key.messageId],
  );
  const statusOnly = known !== null && known.size !== null;
  await withSums(tx, [key], () => change(tx, key, set, values), { statusOnly });
  await addAttempt(tx, {
    // One line for one file of one job, however often the end of its work is repeated.
    uid: `${file.rootId}:${key.chatId}:${key.messageId}`,
    ...key,
    status: "success",
    hostname: file.hostname,
    error: null,
    at: new Date(),
  });
}

async function noteFailed(
  tx: Sql,
  key: MessageKey,
  failure: { hostname: string; error: string; rootId: string },
): Promise<void> {
  const set = `status = CASE WHEN status = 'retrieved' THEN 'failed' ELSE status END,
    error = ?, failed_root_id = ?, root_id = ?, updated_at = ${tx.dialect.now}`;
  const values = [clean(failure.error), failure.rootId, failure.rootId];
  await withSums(tx, [key], () => change(tx, key, set, values), { statusOnly: true });
}

/** What was done to a message is kept even where the message itself was never recorded here. */
async function change(tx: Sql, key: MessageKey, set: string, values: readonly Value[]): Promise<void> {
  const update = () =>
    tx.run(`UPDATE messages SET ${set} WHERE chat_id = ? AND message_id = ?`, [...values, key.chatId, key.messageId]);
  if ((await update()) > 0) return;
  const unknown = {
    chat_id: key.chatId,
    message_id: key.messageId,
    message_date: toTime(new Date(0)),
    message_text: "",
  };
  await insert(tx, { table: "messages", key: ["chat_id", "message_id"], update: {} }, [unknown]);
  await update();
}
