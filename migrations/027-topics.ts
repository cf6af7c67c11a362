import { bigint, type Schema, text } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/** What the topics of forums are called: their messages only carry a number. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "topics",
    {
      chat_id: { type: bigint, notNull: true },
      topic_id: { type: bigint, notNull: true },
      title: { type: text },
    },
    { primary: ["chat_id", "topic_id"] },
  );
