/** How often words are said: from a sample of a server's messages, and from the index itself where that streams. */

import type { ChatId } from "../core/media.ts";
import type { IndexName, IndexQuery } from "../core/search-index.ts";
import { forSqlite, lineOf, says } from "./search-names.ts";
import type { Odds } from "./search-way.ts";
import { countOf, first, marks, type Store } from "./sql.ts";

/** Below, every way is quick. */
const FEW = 50_000;
/** A sample is taken in so many places, so many messages each. */
const PLACES = 64;
const EACH = 160;
const SAMPLE_LIVES_MS = 600_000;
/** So many hits are counted at the most. */
const COUNTED = 100_000;
/** How many of the hits pass a filter that is more than chats is not known. */
const PASSING = 0.1;

interface Asked {
  chatIds: readonly ChatId[] | null;
  /** There is more to the filter than chats. */
  isFiltered: boolean;
}

/** Null where there are so few messages that it does not matter. */
export type FindOdds = (query: IndexQuery, asked: Asked) => Promise<Odds | null>;

export function oddsOf(store: Store): FindOdds {
  const hits = store.dialect.name === "sqlite" ? countHits(store) : sampleHits(store);
  return async (query, { chatIds, isFiltered }) => {
    const found = await hits(query);
    if (found === null) return null;
    const within = chatIds === null ? found.messages : await messagesOf(store, chatIds);
    return { ...found, within, isOneChat: chatIds?.length === 1, passing: isFiltered ? PASSING : 1 };
  };
}

type Hits = Pick<Odds, "messages" | "shareOf" | "shareOfHits">;

const messagesOf = (store: Store, chatIds: readonly ChatId[] | null): Promise<number> =>
  countOf(
    store,
    `SELECT SUM(messages) AS total FROM message_kinds${chatIds === null ? "" : ` WHERE chat_id IN (${marks(chatIds)})`}`,
    chatIds ?? [],
  );

/** SQLite's index gives one hit after another, so that the first hundred thousand are soon counted. */
function countHits(store: Store) {
  return async (query: IndexQuery): Promise<Hits | null> => {
    const hits = await countOf(
      store,
      `SELECT COUNT(*) AS total FROM (SELECT 1 FROM search_words WHERE search_words MATCH ? LIMIT ${COUNTED})`,
      [forSqlite(query)],
    );
    if (hits < FEW) return null;
    const messages = Math.max(hits, await messagesOf(store, null));
    const share = hits / messages;
    return { messages, shareOf: () => share, shareOfHits: share };
  };
}

/** A server counts no hits before it has named them all, so some messages speak for the others. */
function sampleHits(store: Store) {
  let sample = { messages: 0, lines: [] as string[] };
  let taken: number | null = null;
  return async (query: IndexQuery): Promise<Hits | null> => {
    if (taken === null || performance.now() - taken > SAMPLE_LIVES_MS) {
      sample = await takeSample(store);
      taken = performance.now();
    }
    const { messages, lines } = sample;
    if (lines.length === 0) return null;
    // What no message of the sample says is said by one of some thousands at most.
    const share = (test: (line: string) => boolean) =>
      Math.max(
        lines.reduce((count, line) => count + Number(test(line)), 0),
        0.5,
      ) / lines.length;
    const shareOf = (name: IndexName) => share((line) => says(line, name));
    const isHit = (line: string) =>
      query.all.every((name) => says(line, name)) && !query.none.some((name) => says(line, { name, prefix: false }));
    return { messages, shareOf, shareOfHits: share(isHit) };
  };
}

async function takeSample(store: Store): Promise<{ messages: number; lines: string[] }> {
  const messages = await messagesOf(store, null);
  if (messages < FEW) return { messages, lines: [] };
  const ends = await first<{ low: number | null; high: number | null }>(
    store,
    "SELECT MIN(id) AS low, MAX(id) AS high FROM search_messages",
  );
  const [low, high] = [Number(ends?.low ?? 0), Number(ends?.high ?? 0)];
  const places = Array.from({ length: PLACES }, (_, n) => low + Math.floor(((high - low) * n) / PLACES));
  const one = `(SELECT words FROM search_messages WHERE id >= ? ORDER BY id LIMIT ${EACH})`;
  const rows = await store.all<{ words: unknown }>(places.map(() => one).join(" UNION ALL "), places);
  return { messages, lines: rows.map(({ words }) => lineOf(String(words ?? ""))) };
}
