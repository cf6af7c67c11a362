import type { ColumnType, Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

const extension: ColumnType = {
  mysql: "VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
  sqlite: "TEXT",
};

/** A file's extension in its one spelling, and what finds sizes without reading the rows. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "messages",
    { extension: { type: extension } },
    {
      primary: ["chat_id", "message_id"],
      indexes: [
        { name: "messages_chat_size", columns: ["chat_id", "file_size", "media_type", "status", "gone_at"] },
        { name: "messages_size", columns: ["file_size", "media_type", "status", "gone_at"] },
      ],
    },
  );
