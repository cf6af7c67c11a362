import { bigint, flag, instant, integer, json, name, type Schema, text, words } from "./schema.ts";
import { ensureTable } from "./tables.ts";

export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "chats",
    {
      chat_id: { type: bigint, notNull: true },
      title: { type: text },
      username: { type: name },
      chat_type: { type: words("user", "group", "channel", "supergroup"), notNull: true, default: "'user'" },
      last_scan_datetime: { type: instant },
      // Decimal digits of 64 bits, which no number of the program holds exactly.
      access_hash: { type: name },
      unread: { type: integer, notNull: true, default: "0" },
      last_message_datetime: { type: instant },
      archived: { type: flag, notNull: true, default: "0" },
      folders: { type: json },
      is_forum: { type: flag, notNull: true, default: "0" },
      is_bot: { type: flag, notNull: true, default: "0" },
      is_self: { type: flag, notNull: true, default: "0" },
      restricted: { type: flag, notNull: true, default: "0" },
      linked_chat_id: { type: bigint },
      // Title and username in lower case, since SQLite knows the cases of English only.
      search_text: { type: text },
      updated_at: { type: instant },
    },
    {
      primary: ["chat_id"],
      indexes: [
        { name: "chats_username", columns: ["username"] },
        { name: "chats_activity", columns: ["last_message_datetime"] },
      ],
    },
  );
