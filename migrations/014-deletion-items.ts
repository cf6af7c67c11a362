import { bigint, flag, instant, key, type Schema, text, words } from "./schema.ts";
import { ensureTable } from "./tables.ts";

const STATES = ["planned", "copied", "copy_failed", "sent", "deleted", "refused", "gone", "kept"];

/** The frozen list: one row a message, written before and after each call. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "deletion_items",
    {
      deletion_id: { type: key, notNull: true },
      message_id: { type: bigint, notNull: true },
      state: { type: words(...STATES), notNull: true, default: "'planned'" },
      effect: { type: words("everyone", "me"), notNull: true },
      own: { type: flag, notNull: true, default: "0" },
      message_type: { type: key, notNull: true },
      message_date: { type: instant },
      sender_name: { type: text },
      fingerprint: { type: key, notNull: true },
      reason: { type: text },
      sent_datetime: { type: instant },
      settled_datetime: { type: instant },
      copy_path: { type: text },
    },
    {
      primary: ["deletion_id", "message_id"],
      indexes: [
        { name: "deletion_items_state", columns: ["deletion_id", "state", "message_id"] },
        { name: "deletion_items_settled", columns: ["state", "settled_datetime"] },
      ],
    },
  );
