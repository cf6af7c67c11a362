/** Messages that may be hits, the newest first, by whichever way is the cheaper one. */
import type { MessageKey } from "../core/media.ts";
import { type IndexQuery, indexQuery } from "../core/search-index.ts";
import { rankOf } from "../core/search-query.ts";
import { fieldsOf, type TextRow } from "./message-row.ts";
import type { SearchQuery } from "./ports/search.ts";
import { conditionsOf } from "./search-conditions.ts";
import { forMysql, forSqlite, LINE_IN_MYSQL, saysInMysql } from "./search-names.ts";
import { oddsOf } from "./search-odds.ts";
import { type Costs, cheapestWay, type Way } from "./search-way.ts";
import type { Store } from "./sql.ts";
import type { Value } from "./values.ts";

/** So many hits are ranked; of more, the newest come first. */
export const RANKED = 1_000;

/** Measured on MariaDB 10.11 with ten million messages, most of them in memory. */
const MYSQL_COSTS: Costs = { named: 5, passed: 2 };
/** Its index cannot say of one message whether it is a hit, so the program looks at the text itself. */
const SQLITE_COSTS: Costs = { named: 1, passed: 40 };

const WALKED_AT_ONCE = 1_000;

export interface Candidate extends MessageKey {
  date: string;
}
export type FindWay = (query: SearchQuery) => Promise<Way>;

export function wayFinder(store: Store): FindWay {
  const findOdds = oddsOf(store);
  return async (query) => {
    const names = indexQuery(query.terms);
    if (names.all.length === 0) return { asked: [] };
    const { where } = conditionsOf(query, "s.");
    const asked = { chatIds: query.chatIds, isFiltered: where.length > (query.chatIds ? 1 : 0) };
    const odds = await findOdds(names, asked);
    if (odds === null) return { asked: names.all };
    return cheapestWay(names, odds, store.dialect.name === "sqlite" ? SQLITE_COSTS : MYSQL_COSTS, RANKED);
  };
}

/** The next so many that may be hits, below the last one that was looked at. */
export async function candidates(
  store: Store,
  query: SearchQuery,
  way: Way,
  below: Candidate | null,
): Promise<Candidate[]> {
  const names = indexQuery(query.terms);
  const hasWords = names.all.length > 0;
  if (hasWords && way.asked.length === 0 && store.dialect.name === "sqlite") return walkDown(store, query, below);
  const main = hasWords ? "s." : "m.";
  const { where, values, needsMessage } = conditionsOf(query, main);
  const conditions = [...where];
  const bound: Value[] = [...values];
  if (hasWords) {
    const isSqlite = store.dialect.name === "sqlite";
    const words = isSqlite
      ? { conditions: ["f.search_words MATCH ?"], values: [forSqlite(names)] }
      : mysqlWords(names, way);
    conditions.push(...words.conditions);
    bound.push(...words.values);
  }
  if (below) {
    conditions.push(isBelow(main));
    bound.push(below.date, below.date, below.chatId, below.messageId);
  }
  const source = hasWords ? sourceOf(store, query, way, needsMessage) : "messages AS m";
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

interface Words {
  conditions: string[];
  values: string[];
}

/** What the index is not asked for is looked for in the row. */
function mysqlWords({ all, none }: IndexQuery, { asked }: Way): Words {
  const rest = all.filter((name) => !asked.includes(name));
  const isWhole = asked.length > 0 && rest.length === 0;
  return {
    conditions: [
      ...(asked.length > 0 ? ["MATCH (s.words) AGAINST (? IN BOOLEAN MODE)"] : []),
      ...rest.map(() => `${LINE_IN_MYSQL} LIKE ?`),
      ...(isWhole ? [] : none.map(() => `${LINE_IN_MYSQL} NOT LIKE ?`)),
    ],
    values: [
      ...(asked.length > 0 ? [forMysql(asked, isWhole ? none : [])] : []),
      ...rest.map(saysInMysql),
      ...(isWhole ? [] : none.map((name) => saysInMysql({ name, prefix: false }))),
    ],
  };
}

/** Said twice: the first is what an index can be used for. */
const isBelow = (main: string): string =>
  `${main}message_date <= ? AND (${main}message_date, ${main}chat_id, ${main}message_id) < (?, ?, ?)`;

/** As it stands in the table, so that it can be compared with. */
const dateText = (store: Store, main: string): string =>
  store.dialect.name === "sqlite" ? `${main}message_date` : `DATE_FORMAT(${main}message_date, '%Y-%m-%d %H:%i:%s')`;

/** What stands first is read first: SQLite takes a CROSS JOIN in the order in which it is written. */
function sourceOf(store: Store, { chatIds }: SearchQuery, { asked }: Way, needsMessage: boolean): string {
  const isSqlite = store.dialect.name === "sqlite";
  const index = chatIds?.length === 1 ? "search_messages_chat" : "search_messages_date";
  const walked = asked.length > 0 ? "" : ` FORCE INDEX (${index})`;
  const source = isSqlite
    ? "search_words AS f CROSS JOIN search_messages AS s ON s.id = f.rowid"
    : `search_messages AS s${walked}`;
  if (!needsMessage) return source;
  const join = isSqlite ? "CROSS JOIN" : "STRAIGHT_JOIN";
  return `${source} ${join} messages AS m ON m.chat_id = s.chat_id AND m.message_id = s.message_id`;
}

/** For SQLite: from message to message, the newest first, until there are as many hits as are ranked. */
async function walkDown(store: Store, query: SearchQuery, below: Candidate | null): Promise<Candidate[]> {
  const { where, values } = conditionsOf(query, "m.");
  const found: Candidate[] = [];
  for (let last = below; ; ) {
    const conditions = [...where, ...(last ? [isBelow("m.")] : [])];
    const rows = await store.all<TextRow>(
      `SELECT m.chat_id, m.message_id, m.message_date, m.message_text, m.file_name, m.sender_name FROM messages AS m
        WHERE ${conditions.join(" AND ") || "1 = 1"}
        ORDER BY m.message_date DESC, m.chat_id DESC, m.message_id DESC LIMIT ${WALKED_AT_ONCE}`,
      last ? [...values, last.date, last.date, last.chatId, last.messageId] : values,
    );
    for (const row of rows) {
      last = { chatId: Number(row.chat_id), messageId: Number(row.message_id), date: String(row.message_date) };
      if (rankOf(fieldsOf(row), query.terms) !== null) found.push(last);
      if (found.length === RANKED) return found;
    }
    if (rows.length < WALKED_AT_ONCE) return found;
  }
}
