import type { Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/**
 * Walks down the words of all messages, or of a chat's, from the newest: for words that too many messages have. SQLite has
 * the words in its own kind of index only, and walks down the messages.
 */
export const up = async (schema: Schema): Promise<void> => {
  if (!schema.mysql) return;
  await ensureTable(
    schema,
    "search_messages",
    {},
    {
      primary: ["id"],
      counter: true,
      indexes: [
        { name: "search_messages_date", columns: ["message_date", "chat_id", "message_id"] },
        { name: "search_messages_chat", columns: ["chat_id", "message_date", "message_id"] },
      ],
    },
  );
};
