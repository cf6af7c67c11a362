/** Both ways to the hits of a search must lead to the same ones, whichever is the cheaper. */
import { expect } from "vitest";
import { indexQuery } from "../../../src/core/search-index.ts";
import { readTerms } from "../../../src/core/search-query.ts";
import { openStore, repositoriesOf } from "../../../src/db/open-store.ts";
import type { SearchQuery } from "../../../src/db/ports/search.ts";
import { searchRepository } from "../../../src/db/search.ts";
import { sampleMessage } from "../../contract/db/samples.ts";
import { seededRandom } from "../random.ts";

const WORDS = "the lake invoice photo zoë счёт תמונה 我去北京吧 写真 2024 a".split(" ");
const CHATS = [-501, -502, -503];

export async function bothWaysAgree(url: string): Promise<void> {
  const { next, seed } = seededRandom();
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() ** 2 * list.length)]!;
  const store = await openStore(url);
  try {
    const messages = Array.from({ length: 4_000 }, (_, index) =>
      sampleMessage({
        chatId: CHATS[index % 3]!,
        messageId: index + 1,
        date: new Date(Date.UTC(2024, 0, 1) + Math.floor(next() * 5_000) * 1_000),
        text: Array.from({ length: 1 + Math.floor(next() * 5) }, () => one(WORDS)).join(" "),
        media: { type: index % 4 === 0 ? "video" : "photo", fileName: index % 7 === 0 ? `${one(WORDS)}.jpg` : null },
      }),
    );
    await repositoriesOf(store).messages.record(messages, "here");
    const named = searchRepository(store, async (query) => ({ asked: indexQuery(query.terms).all }));
    const walked = searchRepository(store, async () => ({ asked: [] }));
    const halfway = searchRepository(store, async (query) => ({ asked: indexQuery(query.terms).all.slice(0, 1) }));
    for (let question = 0; question < 60; question++) {
      const words = Array.from({ length: 1 + Math.floor(next() * 2) }, () => one(WORDS));
      const query: SearchQuery = {
        terms: readTerms(
          question % 5 === 0 ? [`${words[0]!.slice(0, 2)}*`] : words,
          question % 3 === 0 ? [one(WORDS)] : [],
        ),
        filter: question % 4 === 0 ? { types: ["video"] } : {},
        context: { selfId: null },
        chatIds: [null, [CHATS[0]!], CHATS.slice(1)][question % 3]!,
      };
      const page = { limit: 1_200, offset: question % 2 === 0 ? 0 : 30 };
      const keysOf = async (search: typeof named) => {
        const { messages: found, more } = await search.find(query, page);
        return { keys: found.map(({ chatId, messageId }) => `${chatId}:${messageId}`), more };
      };
      const wanted = await keysOf(named);
      expect(await keysOf(walked), `seed ${seed}, question ${question}`).toEqual(wanted);
      expect(await keysOf(halfway), `seed ${seed}, question ${question}`).toEqual(wanted);
    }
  } finally {
    await store.close();
  }
}
