import { bigint, flag, instant, integer, key, type Schema, words } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/** A yes that may be given once: for one number, under one message, by one owner. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "deletion_confirmations",
    {
      token: { type: key, notNull: true },
      deletion_id: { type: key, notNull: true },
      kind: { type: words("first", "again", "uncopied"), notNull: true },
      number: { type: integer, notNull: true },
      typed: { type: flag, notNull: true, default: "0" },
      owner_id: { type: bigint, notNull: true },
      chat_id: { type: bigint, notNull: true },
      message_id: { type: bigint, notNull: true },
      created_at: { type: instant, notNull: true },
      expires_at: { type: instant, notNull: true },
      used_at: { type: instant },
    },
    { primary: ["token"], indexes: [{ name: "deletion_confirmations_of", columns: ["deletion_id"] }] },
  );
