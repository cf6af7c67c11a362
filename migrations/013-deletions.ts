import { bigint, flag, instant, integer, json, key, name, type Schema, text, words } from "./schema.ts";
import { ensureTable } from "./tables.ts";

const STATES = [
  "planning",
  "preview",
  "copying",
  "copied",
  "asking",
  "grace",
  "ready",
  "running",
  "stopping",
  "interrupted",
  "done",
  "kept",
];

/** What the owner wanted deleted, and how far it has come. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "deletions",
    {
      id: { type: key, notNull: true },
      number: { type: integer, notNull: true },
      chat_id: { type: bigint, notNull: true },
      chat_title: { type: text },
      filter: { type: json, notNull: true },
      state: { type: words(...STATES), notNull: true },
      for_everyone: { type: flag, notNull: true, default: "0" },
      backup: { type: flag, notNull: true, default: "1" },
      include_uncopied: { type: flag, notNull: true, default: "0" },
      hostname: { type: name },
      folder: { type: text },
      manifest_sha256: { type: key },
      summary: { type: json },
      owner_chat_id: { type: bigint, notNull: true },
      message_id: { type: bigint },
      reply_to_id: { type: bigint },
      confirmed_datetime: { type: instant },
      ready_datetime: { type: instant },
      ended_datetime: { type: instant },
      told: { type: flag, notNull: true, default: "0" },
      error: { type: text },
      created_at: { type: instant },
      updated_at: { type: instant },
    },
    {
      primary: ["id"],
      indexes: [
        { name: "deletions_number", columns: ["number"], unique: true },
        { name: "deletions_open", columns: ["told", "state"] },
      ],
    },
  );
