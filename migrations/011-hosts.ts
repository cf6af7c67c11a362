import { flag, instant, name, type Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/** What is said of a machine, whichever worker it runs today. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "hosts",
    {
      hostname: { type: name, notNull: true },
      draining: { type: flag, notNull: true, default: "0" },
      updated_at: { type: instant },
    },
    { primary: ["hostname"] },
  );
