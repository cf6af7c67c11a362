/** Ten million messages into an empty, migrated schema: rows first, in the order of their keys, and the indexes after. */
import { fillAllSums } from "../../src/db/message-sums.ts";
import { openStore } from "../../src/db/open-store.ts";
import type { Store } from "../../src/db/sql.ts";
import { CHATS, chatOf, chatSizes } from "./chats.ts";
import { fillLogs } from "./logs.ts";
import { messagesSql, wordsSql } from "./messages-sql.ts";

const LARGE_TABLES = ["messages", "search_messages"];

export async function fillLarge(url: string, messages: number, say: (line: string) => void): Promise<void> {
  const store = await openStore(url, { queryLimit: false });
  const began = Date.now();
  const told = (what: string) => say(`${what} after ${Math.round((Date.now() - began) / 1000)} s`);
  try {
    const indexes = new Map<string, string[]>();
    for (const table of LARGE_TABLES) indexes.set(table, await dropIndexes(store, table));
    const sizes = chatSizes(messages);
    // The lowest key first: chat ids fall with their number.
    for (let chat = CHATS - 1; chat >= 0; chat--) {
      await store.run(messagesSql(chat, sizes[chat]!));
      await store.run(wordsSql(chat));
      if (chat % 20 === 0) told(`messages and words down to chat ${chat}`);
    }
    await fillLogs(store);
    for (const [table, additions] of indexes) {
      // All of one kind in one statement, which reads the table once.
      const plain = additions.filter((addition) => !addition.includes("FULLTEXT"));
      await store.run(`ALTER TABLE ${table} ${plain.join(", ")}`);
      told(`indexes of ${table}`);
      for (const addition of additions.filter((one) => !plain.includes(one)))
        await store.run(`ALTER TABLE ${table} ${addition}`);
      told(`all indexes of ${table}`);
    }
    await fillAllSums(store);
    told("sums");
    const last = { chat: chatOf(0), message: sizes[0]! };
    await store.run(
      `INSERT INTO search_progress (name, chat_id, message_id, done) VALUES ('messages', ?, ?, 1)
        ON DUPLICATE KEY UPDATE done = 1`,
      [last.chat, last.message],
    );
    for (const { name } of await store.all<{ name: string }>(
      "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()",
    ))
      await store.all(`ANALYZE TABLE ${name}`);
    told("statistics of the tables");
  } finally {
    await store.close();
  }
}

/** Answers with what brings them back. */
async function dropIndexes(store: Store, table: string): Promise<string[]> {
  const rows = await store.all<{ name: string; type: string; repeats: number; columns: string }>(
    `SELECT INDEX_NAME AS name, MAX(INDEX_TYPE) AS type, MAX(NON_UNIQUE) AS repeats,
        GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX) AS columns
      FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND INDEX_NAME <> 'PRIMARY'
      GROUP BY INDEX_NAME`,
    [table],
  );
  await store.run(`ALTER TABLE ${table} ${rows.map(({ name }) => `DROP INDEX ${name}`).join(", ")}`);
  return rows.map(({ name, type, repeats, columns }) => {
    const kind = type === "FULLTEXT" ? "FULLTEXT " : Number(repeats) === 0 ? "UNIQUE " : "";
    return `ADD ${kind}INDEX ${name} (${columns})`;
  });
}
