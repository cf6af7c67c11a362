import { bigint, type Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/** Stretches of a chat's ids that a scan has looked through whole, so that the next one asks for the rest only. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "scanned_ranges",
    {
      chat_id: { type: bigint, notNull: true },
      low_id: { type: bigint, notNull: true },
      high_id: { type: bigint, notNull: true },
    },
    { primary: ["chat_id", "low_id"] },
  );
