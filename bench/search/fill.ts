/** Long histories of words, some much used and most of them rare, as in a language. */
import { openStore } from "../../src/db/open-store.ts";
import { indexNext } from "../../src/db/search-writer.ts";
import { onServer } from "../../test/support/database.ts";

const CHATS = 200;
const WORDS_EACH = 8;
/** Of so many words the first is said in every fifth message or so, the last almost never. */
export const VOCABULARY = 50_000;

/** Letters that the index writes as they are, so that SQL can fill it. */
export const wordOf = (rank: number): string => `t${Math.floor(rank).toString(23)}`;
const rankInSql = (random: string) => `FLOOR(POW(${VOCABULARY}, ${random}))`;

export async function fillMariadb(url: string, messages: number, say: (line: string) => void): Promise<object> {
  const perChat = Math.ceil(messages / CHATS);
  // Filled before it has indexes, and adopted then: much the quicker way.
  await onServer(
    url,
    `CREATE TABLE messages (chat_id BIGINT NOT NULL, message_id BIGINT NOT NULL, message_date DATETIME, sender_id BIGINT,
      sender_name TEXT, message_text TEXT, PRIMARY KEY (chat_id, message_id)) DEFAULT CHARSET=utf8mb4`,
  );
  const started = Date.now();
  const word = (n: number) => `LOWER(CONV(${rankInSql(`RAND(i * ${WORDS_EACH} + ${n} + chat * 1000003)`)}, 10, 23))`;
  const text = Array.from({ length: WORDS_EACH }, (_, n) => word(n)).join(", ' t', ");
  for (let chat = CHATS - 1; chat >= 0; chat--) {
    await onServer(
      url,
      `INSERT INTO messages (chat_id, message_id, message_date, sender_id, sender_name, message_text)
        WITH RECURSIVE n(i, chat) AS (SELECT 1, ${chat} UNION ALL SELECT i + 1, chat FROM n WHERE i < ${perChat})
        SELECT ${-1_000_000_000_001 - chat}, i, '2015-01-01' + INTERVAL i * 97 MINUTE, i % 500, CONCAT('s', i % 500), CONCAT('t', ${text}) FROM n`,
    );
    if (chat % 50 === 0) say(`filled down to chat ${chat} after ${Math.round((Date.now() - started) / 1000)} s`);
  }
  const store = await openStore(url, { queryLimit: false });
  try {
    say(`adopted after ${Math.round((Date.now() - started) / 1000)} s`);
    await store.run("ALTER TABLE search_messages DROP INDEX search_messages_words");
    const first = -1_000_000_000_000 - CHATS;
    for (let chat = 0; chat < CHATS; chat++)
      await store.run(
        `INSERT INTO search_messages (chat_id, message_id, message_date, digest, words)
          SELECT chat_id, message_id, message_date, 'bench', CONCAT('qq', REPLACE(message_text, ' ', ' qq'), ' qq', sender_name)
          FROM messages WHERE chat_id = ?`,
        [first + chat],
      );
    say(`words written after ${Math.round((Date.now() - started) / 1000)} s`);
    const indexing = Date.now();
    await store.run("ALTER TABLE search_messages ADD FULLTEXT INDEX search_messages_words (words)");
    await store.run("ANALYZE TABLE search_messages, messages");
    return { indexedInS: Math.round((Date.now() - indexing) / 1000) };
  } finally {
    await store.close();
  }
}

export async function fillSqlite(url: string, messages: number): Promise<object> {
  const store = await openStore(url);
  try {
    const perChat = Math.ceil(messages / CHATS);
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    for (let chat = CHATS - 1; chat >= 0; chat--)
      await store.transaction(async (tx) => {
        for (let from = 0; from < perChat; from += 2_000) {
          const values: (string | number)[] = [];
          const rows = Math.min(2_000, perChat - from);
          for (let index = 1; index <= rows; index++) {
            const i = from + index;
            const date = new Date(Date.UTC(2015, 0, 1) + i * 97 * 60_000).toISOString().slice(0, 23).replace("T", " ");
            const text = Array.from({ length: WORDS_EACH }, () => wordOf(VOCABULARY ** random())).join(" ");
            values.push(-1_000_000_000_001 - chat, i, date, i % 500, `s${i % 500}`, text);
          }
          const marks = Array.from({ length: rows }, () => "(?, ?, ?, ?, ?, ?)").join(", ");
          await tx.run(
            `INSERT INTO messages (chat_id, message_id, message_date, sender_id, sender_name, message_text) VALUES ${marks}`,
            values,
          );
        }
      });
    const started = Date.now();
    await store.run("DELETE FROM search_progress");
    while (!(await store.transaction((tx) => indexNext(tx, 5_000))));
    return { indexedInS: Math.round((Date.now() - started) / 1000) };
  } finally {
    await store.close();
  }
}
