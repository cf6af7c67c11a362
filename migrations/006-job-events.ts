import { instant, json, key, type Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "job_events",
    {
      uid: { type: key, notNull: true },
      job_id: { type: key, notNull: true },
      root_id: { type: key, notNull: true },
      event: { type: json, notNull: true },
      event_at: { type: instant, notNull: true },
      told_at: { type: instant },
    },
    {
      primary: ["uid"],
      indexes: [
        { name: "job_events_untold", columns: ["root_id", "told_at"] },
        { name: "job_events_of", columns: ["root_id", "uid"] },
        { name: "job_events_at", columns: ["event_at"] },
      ],
    },
  );
