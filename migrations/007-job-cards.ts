import { bigint, instant, integer, key, type Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "job_cards",
    {
      job_id: { type: key, notNull: true },
      number: { type: integer, notNull: true },
      chat_id: { type: bigint, notNull: true },
      message_id: { type: bigint },
      reply_to_id: { type: bigint },
      milestone: { type: integer, notNull: true, default: "-1" },
      end_message_id: { type: bigint },
      closed_at: { type: instant },
      updated_at: { type: instant },
    },
    {
      primary: ["job_id"],
      indexes: [
        { name: "job_cards_number", columns: ["number"] },
        { name: "job_cards_open", columns: ["closed_at"] },
      ],
    },
  );
