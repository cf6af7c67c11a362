/** /search in the database: candidates from the index, newest first, each judged by core/search-query.ts. */

import type { StoredMessage } from "../core/media.ts";
import { matchesMediaFilter } from "../core/media-filter.ts";
import { rankOf } from "../core/search-query.ts";
import { fieldsOf, fromRow, type MessageRow } from "./message-row.ts";
import type { FoundMessages, SearchQuery, SearchRepository } from "./ports/search.ts";
import { type Candidate, candidates, type FindWay, RANKED, wayFinder } from "./search-candidates.ts";
import type { Way } from "./search-way.ts";
import { indexNext, isOneOf } from "./search-writer.ts";
import { countOf, type Store } from "./sql.ts";

const ROWS_AT_ONCE = 250;
/** A question is answered after this, with what was found until then. */
const ENOUGH_MS = 2_500;

export function searchRepository(store: Store, findWay: FindWay = wayFinder(store)): SearchRepository {
  return {
    async find(query, { limit, offset }) {
      const started = Date.now();
      const way = await findWay(query);
      const first = await candidates(store, query, way, null);
      if (first.length < RANKED) {
        const hits = await judged(store, query, first);
        hits.sort((a, b) => a.rank - b.rank);
        return {
          messages: hits.slice(offset, offset + limit).map(({ message }) => message),
          total: hits.length,
          more: false,
        };
      }
      return newestFirst(store, query, way, first, { limit, offset }, started);
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
  way: Way,
  first: Candidate[],
  { limit, offset }: { limit: number; offset: number },
  started: number,
): Promise<FoundMessages> {
  const found: StoredMessage[] = [];
  for (let batch = first; ; ) {
    const isLast = batch.length < RANKED;
    for (let from = 0; from < batch.length; from += ROWS_AT_ONCE) {
      const hits = await judged(store, query, batch.slice(from, from + ROWS_AT_ONCE));
      found.push(...hits.map(({ message }) => message));
      if (!isLast && found.length >= offset + limit) break;
    }
    const isLate = Date.now() - started > ENOUGH_MS && limit < RANKED;
    if (isLast || isLate || found.length >= offset + limit)
      return { messages: found.slice(offset, offset + limit), total: found.length, more: !isLast };
    batch = await candidates(store, query, way, batch.at(-1)!);
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
    const rank = rankOf(fieldsOf(row), terms);
    if (rank === null) return [];
    const message = fromRow(row);
    return matchesMediaFilter(message, filter, context) ? [{ message, rank }] : [];
  });
}
