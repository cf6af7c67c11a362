/** What is asked: words in their own likelihood, pairs, beginnings, without a word, in one chat, of one kind. */
import type { MediaFilter } from "../../src/core/media-filter.ts";
import { readTerms } from "../../src/core/search-query.ts";
import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import { percentile, times } from "../database/measure.ts";
import { CHATS, chatOf, LARGEST_CHAT } from "../large/chats.ts";
import { randomNumbers, VOCABULARY, wordOf } from "../large/words.ts";

const RUNS = 60;
const WARM_UP = 10;

interface Asked {
  not?: string[];
  chatIds?: number[];
  filter?: MediaFilter;
}

export async function ask(url: string): Promise<object> {
  // So patient that a slow answer is measured and not cut off.
  const store = await openStore(url, { silentMs: 120_000 });
  try {
    const { search } = repositoriesOf(store);
    const random = randomNumbers(7);
    const said = () => wordOf(VOCABULARY ** random());
    const uncommon = () => wordOf(VOCABULARY ** (0.4 + 0.6 * random()));
    const rare = () => wordOf(1 + random() * VOCABULARY);
    const aChat = () => chatOf(Math.floor(random() * CHATS));
    const find = (words: string[], { not = [], chatIds, filter = {} }: Asked = {}) =>
      search.find(
        { terms: readTerms(words, not), filter, context: { selfId: null }, chatIds: chatIds ?? null },
        { limit: 5, offset: 0 },
      );
    const kinds: { [name: string]: () => Promise<unknown> } = {
      "a word of the vocabulary": () => find([rare()]),
      "a word as often as it is said": () => find([said()]),
      "two words": () => find([said(), uncommon()]),
      "three words": () => find([said(), said(), said()]),
      "a beginning": () => find([`${wordOf(1000 + random() * VOCABULARY)}*`]),
      "a beginning of two letters": () => find([`${wordOf(1 + random() * 22)}*`]),
      "a word without another": () => find([uncommon()], { not: [said()] }),
      "a word in one chat": () => find([said()], { chatIds: [aChat()] }),
      "a rare word in one chat": () => find([rare()], { chatIds: [aChat()] }),
      "a word in the largest chat": () => find([said()], { chatIds: [LARGEST_CHAT] }),
      "a word in a month": () => find([said()], { filter: { after: "2020-03-01", before: "2020-04-01" } }),
      "a word among videos": () => find([said()], { filter: { types: ["video"] } }),
      "a sender": () => find([`s${1 + Math.floor(random() * 500)}`]),
      "the most common word": () => find([wordOf(1)]),
      "the most common word in one chat": () => find([wordOf(1)], { chatIds: [aChat()] }),
      "the two most common words": () => find([wordOf(1), wordOf(2)]),
    };
    const measured: { [name: string]: { median: number; p95: number } } = {};
    const all: number[] = [];
    // The first question looks at how often words are said.
    const first = await times(1, () => find([rare()]));
    for (const [name, question] of Object.entries(kinds)) {
      // The server's memory is smaller than its data: a few questions of each kind bring in what all of them need.
      await times(WARM_UP, question);
      const taken = await times(RUNS, question);
      all.push(...taken);
      measured[name] = { median: percentile(taken, 0.5), p95: percentile(taken, 0.95) };
    }
    all.sort((a, b) => a - b);
    return {
      unit: "ms",
      first: percentile(first, 0.5),
      median: percentile(all, 0.5),
      p95: percentile(all, 0.95),
      slowestMedian: Math.max(...Object.values(measured).map(({ median }) => median)),
      questions: measured,
    };
  } finally {
    await store.close();
  }
}
