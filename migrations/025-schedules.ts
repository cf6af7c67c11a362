import { bigint, instant, integer, json, key, name, type Schema, text, words } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/** What recurs, and when it is due next. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "schedules",
    {
      id: { type: key, notNull: true },
      number: { type: integer, notNull: true },
      task: { type: key, notNull: true },
      chat_id: { type: bigint, notNull: true },
      chat_title: { type: text },
      wish: { type: json, notNull: true },
      timing: { type: json, notNull: true },
      time_zone: { type: name, notNull: true },
      state: { type: words("on", "paused", "removed"), notNull: true, default: "'on'" },
      next_run_datetime: { type: instant, notNull: true },
      last_run_datetime: { type: instant },
      last_run_id: { type: key },
      missed_datetime: { type: instant },
      owner_chat_id: { type: bigint, notNull: true },
      created_at: { type: instant },
      updated_at: { type: instant },
    },
    {
      primary: ["id"],
      indexes: [
        { name: "schedules_number", columns: ["number"], unique: true },
        { name: "schedules_due", columns: ["state", "next_run_datetime"] },
      ],
    },
  );
