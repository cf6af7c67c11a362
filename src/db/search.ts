/** /search in the database: candidates from the index, newest first, each judged by core/search-query.ts. */

import type { MessageKey, StoredMessage } from "../core/media.ts";
import { matchesMediaFilter } from "../core/media-filter.ts";
import { type IndexQuery, indexQuery } from "../core/search-index.ts";
import { rankOf } from "../core/search-query.ts";
import { fromRow, type MessageRow } from "./message-row.ts";
import type { FoundMessages, SearchQuery, SearchRepository } from "./ports/search.ts";
import { conditionsOf } from "./search-conditions.ts";
import { indexNext, isOneOf } from "./search-writer.ts";
import { countOf, type Store } from "./sql.ts";
import { textOrNull, type Value } from "./values.ts";

/** So many hits are ranked; of more, the newest come first. */
const RANKED = 1_000;
const ROWS_AT_ONCE = 250;
/** A question is answered after this, with what was found until then. */
const ENOUGH_MS = 2_500;

interface Candidate extends MessageKey {
  date: string;
}

export function searchRepository(store: Store): SearchRepository {
  return {
    async find(query, { limit, offset }) {
      const started = Date.now();
      const first = await candidates(store, query, null);
      if (first.length < RANKED) {
        const hits = await judged(store, query, first);
        hits.sort((a, b) => a.rank - b.rank);
        return {
          messages: hits.slice(offset, offset + limit).map(({ message }) => message),
          total: hits.length,
          more: false,
        };
      }
      return newestFirst(store, query, first, { limit, offset }, started);
    },
    indexNext: (count) => store.transaction((tx) => indexNext(tx, count)),
    chatsWithMessages: () =>
      countOf(
        store,
        "SELECT COUNT(*) AS total FROM chats WHERE EXISTS (SELECT 1 FROM messages WHERE messages.chat_id = chats.chat_id)",
      ),
    async isIndexed() {
      const rows = await store.all<{ done: unknown }>("SELECT done FROM search_progress WHERE name = 'messages'");
      return Number(rows[0]?.done ?? 0) === 1;
    },
  };
}

/** There are more than can be ranked: walks down from the newest until the page is full. */
async function newestFirst(
  store: Store,
  query: SearchQuery,
  first: Candidate[],
  { limit, offset }: { limit: number; offset: number },
  started: number,
): Promise<FoundMessages> {
  const found: StoredMessage[] = [];
  for (let batch = first; ; ) {
    for (let from = 0; from < batch.length; from += ROWS_AT_ONCE) {
      const hits = await judged(store, query, batch.slice(from, from + ROWS_AT_ONCE));
      found.push(...hits.map(({ message }) => message));
    }
    const isLast = batch.length < RANKED;
    const isLate = Date.now() - started > ENOUGH_MS && limit < RANKED;
    if (isLast || isLate || found.length >= offset + limit)
      return { messages: found.slice(offset, offset + limit), total: found.length, more: !isLast };
    batch = await candidates(store, query, batch.at(-1)!);
  }
}

async function judged(
  store: Store,
  { terms, filter, context }: SearchQuery,
  keys: readonly Candidate[],
): Promise<{ message: StoredMessage; rank: number }[]> {
  const rows = new Map<string, MessageRow>();
  for (let from = 0; from < keys.length; from += ROWS_AT_ONCE) {
    const { where, values } = isOneOf(store, keys.slice(from, from + ROWS_AT_ONCE));
    for (const row of await store.all<MessageRow>(`SELECT * FROM messages WHERE ${where}`, values))
      rows.set(`${row.chat_id}:${row.message_id}`, row);
  }
  return keys.flatMap(({ chatId, messageId }) => {
    const row = rows.get(`${chatId}:${messageId}`);
    if (!row) return [];
    const fields = {
      text: textOrNull(row.message_text) ?? "",
      fileName: textOrNull(row.file_name),
      senderName: textOrNull(row.sender_name),
    };
    const rank = rankOf(fields, terms);
    if (rank === null) return [];
    const message = fromRow(row);
    return matchesMediaFilter(message, filter, context) ? [{ message, rank }] : [];
  });
}

/** The next so many that may be hits, below the last one that was looked at. */
async function candidates(store: Store, query: SearchQuery, below: Candidate | null): Promise<Candidate[]> {
  const wanted = indexQuery(query.terms);
  const hasWords = wanted.all.length > 0;
  const main = hasWords ? "s." : "m.";
  const { where, values, needsMessage } = conditionsOf(query, main);
  const conditions = [...where];
  const bound: Value[] = [...values];
  if (hasWords) {
    conditions.push(store.dialect.name === "sqlite" ? "f.search_words MATCH ?" : MATCH);
    bound.push(store.dialect.name === "sqlite" ? forSqlite(wanted) : forMysql(wanted));
  }
  if (below) {
    // Said twice: the first is what an index can be used for.
    conditions.push(
      `${main}message_date <= ? AND (${main}message_date, ${main}chat_id, ${main}message_id) < (?, ?, ?)`,
    );
    bound.push(below.date, below.date, below.chatId, below.messageId);
  }
  const source = hasWords ? withIndex(store, needsMessage) : "messages AS m";
  const rows = await store.all<{ chat_id: unknown; message_id: unknown; date: unknown }>(
    `SELECT ${main}chat_id AS chat_id, ${main}message_id AS message_id, ${dateText(store, main)} AS date
      FROM ${source} WHERE ${conditions.join(" AND ") || "1 = 1"}
      ORDER BY ${main}message_date DESC, ${main}chat_id DESC, ${main}message_id DESC LIMIT ${RANKED}`,
    bound,
  );
  return rows.map((row) => ({
    chatId: Number(row.chat_id),
    messageId: Number(row.message_id),
    date: String(row.date),
  }));
}

const MATCH = "MATCH (s.words) AGAINST (? IN BOOLEAN MODE)";

/** As it stands in the table, so that it can be compared with. */
const dateText = (store: Store, main: string): string =>
  store.dialect.name === "sqlite" ? `${main}message_date` : `DATE_FORMAT(${main}message_date, '%Y-%m-%d %H:%i:%s')`;

/** Words first: SQLite takes a CROSS JOIN in the order in which it is written. */
function withIndex(store: Store, needsMessage: boolean): string {
  const isSqlite = store.dialect.name === "sqlite";
  const join = isSqlite ? "CROSS JOIN" : "JOIN";
  const source = isSqlite
    ? "search_words AS f CROSS JOIN search_messages AS s ON s.id = f.rowid"
    : "search_messages AS s";
  return needsMessage
    ? `${source} ${join} messages AS m ON m.chat_id = s.chat_id AND m.message_id = s.message_id`
    : source;
}

/** Names are plain letters and digits, so that nothing in them is an operator. */
function forSqlite({ all, none }: IndexQuery): string {
  const wanted = all.map(({ name, prefix }) => `"${name}"${prefix ? "*" : ""}`).join(" AND ");
  return none.length === 0 ? wanted : `(${wanted}) NOT (${none.map((name) => `"${name}"`).join(" OR ")})`;
}

function forMysql({ all, none }: IndexQuery): string {
  return [...all.map(({ name, prefix }) => `+${name}${prefix ? "*" : ""}`), ...none.map((name) => `-${name}`)].join(
    " ",
  );
}
