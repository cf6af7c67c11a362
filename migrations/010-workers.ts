import { bigint, instant, json, key, name, type Schema, text } from "./schema.ts";
import { ensureTable } from "./tables.ts";

export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "workers",
    {
      worker_id: { type: key, notNull: true },
      hostname: { type: name, notNull: true },
      roles: { type: json, notNull: true },
      version: { type: name },
      started_at: { type: instant },
      last_seen_at: { type: instant },
      account: { type: json },
      trouble: { type: name },
      free_bytes: { type: bigint },
      download_dir: { type: text },
    },
    { primary: ["worker_id"], indexes: [{ name: "workers_hostname", columns: ["hostname"] }] },
  );
