import { integer, key, type Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/** Which schedule a deletion is a run of, and how many messages it may take at most. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "deletions",
    { schedule_id: { type: key }, cap: { type: integer } },
    { primary: ["id"], indexes: [{ name: "deletions_schedule", columns: ["schedule_id", "number"] }] },
  );
