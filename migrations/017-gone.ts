import { instant, type Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/** When a scan found that Telegram has a message no more. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "messages",
    { gone_at: { type: instant } },
    { primary: ["chat_id", "message_id"], indexes: [{ name: "messages_gone", columns: ["chat_id", "gone_at"] }] },
  );
