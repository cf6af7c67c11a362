import { bigint, type ColumnType, flag, key, type Schema, seconds } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/** Names of words in plain Latin letters; see core/search-index.ts. */
const names: ColumnType = { mysql: "MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin", sqlite: "TEXT" };

/** The words of every message, for /search. What was recorded before is written down by and by, after the start. */
export const up = async (schema: Schema): Promise<void> => {
  await ensureTable(
    schema,
    "search_messages",
    {
      chat_id: { type: bigint, notNull: true },
      message_id: { type: bigint, notNull: true },
      message_date: { type: seconds },
      digest: { type: key, notNull: true },
      // SQLite has them in its own kind of index only.
      words: { type: names },
    },
    {
      primary: ["id"],
      counter: true,
      indexes: [{ name: "search_messages_key", columns: ["chat_id", "message_id"], unique: true }],
    },
  );
  if (!schema.mysql) {
    if (!(await schema.hasTable("search_words")))
      await schema.change(
        "CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii')",
      );
  } else if (!(await schema.indexes("search_messages")).some(({ columns }) => columns[0] === "words")) {
    await schema.change("ALTER TABLE search_messages ADD FULLTEXT INDEX search_messages_words (words)");
  }
  await ensureTable(
    schema,
    "search_progress",
    {
      name: { type: key, notNull: true },
      chat_id: { type: bigint, notNull: true, default: "0" },
      message_id: { type: bigint, notNull: true, default: "0" },
      done: { type: flag, notNull: true, default: "0" },
    },
    { primary: ["name"] },
  );
};
