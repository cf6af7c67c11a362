import { instant, json, key, type Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "settings",
    {
      name: { type: key, notNull: true },
      content: { type: json, notNull: true },
      updated_at: { type: instant },
    },
    { primary: ["name"] },
  );
