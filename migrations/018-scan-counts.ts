import { bigint, type Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/** What a scan found: messages new to the database, changed ones, and known ones that are gone. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "jobs",
    {
      fresh: { type: bigint, notNull: true, default: "0" },
      edited: { type: bigint, notNull: true, default: "0" },
      gone: { type: bigint, notNull: true, default: "0" },
    },
    { primary: ["id"] },
  );
