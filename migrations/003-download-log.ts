import { bigint, instant, key, name, type Schema, text, words } from "./schema.ts";
import { ensureTable } from "./tables.ts";

export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "download_log",
    {
      uid: { type: key },
      message_id: { type: bigint, notNull: true },
      chat_id: { type: bigint, notNull: true },
      download_status: { type: words("success", "failed", "retry"), notNull: true },
      hostname: { type: name },
      error_message: { type: text },
      attempt_datetime: { type: instant },
    },
    {
      primary: ["id"],
      counter: true,
      indexes: [
        { name: "download_log_uid", columns: ["uid"], unique: true },
        { name: "download_log_message", columns: ["chat_id", "message_id"] },
        { name: "download_log_status", columns: ["download_status"] },
        { name: "download_log_hostname", columns: ["hostname"] },
        { name: "download_log_time", columns: ["attempt_datetime"] },
      ],
    },
  );
