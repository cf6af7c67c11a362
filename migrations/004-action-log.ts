import { bigint, instant, json, key, name, type Schema, text, words } from "./schema.ts";
import { ensureTable } from "./tables.ts";

export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "action_log",
    {
      uid: { type: key },
      action_type: { type: words("scan", "download", "archive", "delete", "analyze"), notNull: true },
      status: { type: words("started", "completed", "failed", "cancelled"), notNull: true, default: "'started'" },
      hostname: { type: name },
      chat_id: { type: bigint },
      job_id: { type: key },
      started_datetime: { type: instant },
      ended_datetime: { type: instant },
      parameters: { type: json },
      result: { type: json },
      error_message: { type: text },
    },
    {
      primary: ["id"],
      counter: true,
      indexes: [
        { name: "action_log_uid", columns: ["uid"], unique: true },
        { name: "action_log_type", columns: ["action_type"] },
        { name: "action_log_status", columns: ["status"] },
        { name: "action_log_hostname", columns: ["hostname"] },
        { name: "action_log_time", columns: ["started_datetime"] },
        { name: "action_log_chat", columns: ["chat_id", "started_datetime"] },
      ],
    },
  );
