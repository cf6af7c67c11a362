import { fromRow, type MessageRow } from "./message-row.ts";
import { withSums } from "./message-sums.ts";
import type { ArchiveRepository } from "./ports/archives.ts";
import { countOf, marks, type Store } from "./sql.ts";

/** What an archive reads and proves. Refused while central is away: home's copies are no whole chats. */
export function archiveRepository(store: Store): ArchiveRepository {
  return {
    async after(chatId, messageId, limit) {
      const rows = await store.all<MessageRow>(
        "SELECT * FROM messages WHERE chat_id = ? AND message_id > ? ORDER BY message_id LIMIT ?",
        [chatId, messageId, limit],
      );
      return rows.map(fromRow);
    },

    count: (chatId) => countOf(store, "SELECT COUNT(*) AS total FROM messages WHERE chat_id = ?", [chatId]),

    async prove(chatId, messageIds) {
      if (messageIds.length === 0) return;
      const keys = messageIds.map((messageId) => ({ chatId, messageId }));
      const update = `UPDATE messages SET status = 'archived', updated_at = ${store.dialect.now}
        WHERE chat_id = ? AND message_id IN (${marks(messageIds)})
          AND (status = 'downloaded' OR (status = 'retrieved' AND file_key IS NULL))`;
      await store.transaction((tx) =>
        withSums(tx, keys, () => tx.run(update, [chatId, ...messageIds]), { statusOnly: true }),
      );
    },
  };
}
