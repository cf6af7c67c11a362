import type { Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/** Each machine's files in the order of their content, so that equal ones are neighbours. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "messages",
    {},
    {
      primary: ["chat_id", "message_id"],
      indexes: [
        { name: "messages_content", columns: ["download_hostname", "sha256", "chat_id", "message_id"] },
        { name: "messages_sha256", columns: ["sha256"] },
      ],
    },
  );
