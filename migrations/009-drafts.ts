import { bigint, flag, instant, json, key, type Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "drafts",
    {
      id: { type: key, notNull: true },
      kind: { type: key, notNull: true },
      content: { type: json, notNull: true },
      message_id: { type: bigint },
      taken: { type: flag, notNull: true, default: "0" },
      expires_at: { type: instant, notNull: true },
      updated_at: { type: instant },
    },
    { primary: ["id"], indexes: [{ name: "drafts_expiry", columns: ["expires_at"] }] },
  );
