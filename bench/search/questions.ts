/** What is asked: words in their own likelihood, pairs, beginnings, without a word, in one chat. */
import { readTerms } from "../../src/core/search-query.ts";
import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import { percentile, times } from "../database/measure.ts";
import { VOCABULARY, wordOf } from "./fill.ts";

const RUNS = 60;

export async function ask(url: string): Promise<object> {
  const store = await openStore(url, { silentMs: 120_000 });
  try {
    const { search } = repositoriesOf(store);
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const said = () => wordOf(VOCABULARY ** random());
    const uncommon = () => wordOf(VOCABULARY ** (0.4 + 0.6 * random()));
    const find = (words: string[], not: string[] = [], chatIds: number[] | null = null) =>
      search.find(
        { terms: readTerms(words, not), filter: {}, context: { selfId: null }, chatIds },
        { limit: 5, offset: 0 },
      );
    const kinds: { [name: string]: () => Promise<unknown> } = {
      "a word of the vocabulary": () => find([wordOf(1 + random() * VOCABULARY)]),
      "a word as often as it is said": () => find([said()]),
      "two words": () => find([said(), uncommon()]),
      "three words": () => find([said(), said(), said()]),
      "a beginning": () => find([`${wordOf(1000 + random() * VOCABULARY)}*`]),
      "a word without another": () => find([uncommon()], [said()]),
      "a word in one chat": () => find([said()], [], [-1_000_000_000_001 - Math.floor(random() * 200)]),
      "the most common word": () => find([wordOf(1)]),
    };
    const measured: { [name: string]: object } = {};
    const all: number[] = [];
    for (const [name, question] of Object.entries(kinds)) {
      const taken = await times(name === "the most common word" ? 5 : RUNS, question);
      all.push(...taken);
      measured[name] = { median: percentile(taken, 0.5), p95: percentile(taken, 0.95) };
    }
    return {
      unit: "ms",
      median: percentile(
        all.sort((a, b) => a - b),
        0.5,
      ),
      p95: percentile(all, 0.95),
      questions: measured,
    };
  } finally {
    await store.close();
  }
}
