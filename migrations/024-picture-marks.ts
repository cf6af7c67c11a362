import { type ColumnType, instant, integer, key, type Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

const word: ColumnType = { mysql: "VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin", sqlite: "TEXT" };
const digits: ColumnType = { mysql: "VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin", sqlite: "TEXT" };

/** What pictures look like, by their content: one row serves all copies on all machines. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "picture_marks",
    {
      // "sha256:…" or "file:…", as /duplicates names contents.
      content: { type: key, notNull: true },
      // Null where there is none, with the reason.
      mark: { type: digits },
      why: { type: word },
      // Of the bytes that were looked at.
      sha256: { type: key },
      width: { type: integer },
      height: { type: integer },
      marked_at: { type: instant },
    },
    { primary: ["content"] },
  );
