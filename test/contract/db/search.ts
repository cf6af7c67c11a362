import { describe, expect, it } from "vitest";
import type { Message } from "../../../src/core/media.ts";
import { type MediaFilter, matchesMediaFilter } from "../../../src/core/media-filter.ts";
import { rankOf, readTerms } from "../../../src/core/search-query.ts";
import type { Db, SearchQuery } from "../../../src/db/db.ts";
import { seededRandom } from "../../support/random.ts";
import { newChatId, newHost, sampleMessage } from "./samples.ts";

const ask = (words: string[], not: string[], chatId: number, filter: MediaFilter = {}): SearchQuery => ({
  terms: readTerms(words, not),
  filter,
  context: { selfId: null },
  chatIds: [chatId],
});
const ALL = { limit: 100_000, offset: 0 };

export function searchSuite(db: () => Db): void {
  describe("search", () => {
    const record = async (messages: Message[]) => db().messages.record(messages, newHost());

    it("finds words in texts, file names and senders, best hits first, then newest", async () => {
      const chatId = newChatId();
      const at = (messageId: number, over: Partial<Message>) =>
        sampleMessage({ chatId, messageId, date: new Date(Date.UTC(2024, 0, messageId)), ...over });
      await record([
        at(1, { text: "Pay the red invoice" }),
        at(2, { text: "red … and an invoice" }),
        at(3, { text: "invoice", senderName: "Red" }),
        at(4, { text: "a blue invoice", senderName: "Bob" }),
        at(5, { media: { ...at(5, {}).media, fileName: "Red_Invoice.pdf" } }),
      ]);
      const found = async (words: string[], not: string[] = []) =>
        (await db().search.find(ask(words, not, chatId), ALL)).messages.map(({ messageId }) => messageId);
      expect(await found(["red", "invoice"])).toEqual([5, 1, 2, 3]);
      expect(await found(["red invoice"])).toEqual([5, 1]);
      expect(await found(["invoice"], ["red"])).toEqual([4]);
      expect(await found(["invo*"], ["blue"])).toEqual([5, 3, 2, 1]);
      expect(await found(["nothing"])).toEqual([]);
      expect((await db().search.find(ask(["invoice"], [], chatId), { limit: 2, offset: 2 })).messages).toHaveLength(2);
    });

    it("follows an edit, and forgets the words that are gone", async () => {
      const chatId = newChatId();
      await record([sampleMessage({ chatId, text: "first words" })]);
      await record([sampleMessage({ chatId, text: "second thoughts", senderName: null })]);
      const total = async (word: string) => (await db().search.find(ask([word], [], chatId), ALL)).total;
      expect(await total("first")).toBe(0);
      expect(await total("second")).toBe(1);
      // A name that is not told this time is still known.
      expect(await total("ada")).toBe(1);
    });

    it("walks through more hits than can be ranked, each once", async () => {
      const chatId = newChatId();
      const messages = Array.from({ length: 2_300 }, (_, index) =>
        sampleMessage({
          chatId,
          messageId: index + 1,
          date: new Date(1_700_000_000_000 + (index % 40) * 1_000),
          text: "much",
        }),
      );
      await record(messages);
      const all = await db().search.find(ask(["much"], [], chatId), ALL);
      expect(all.total).toBe(2_300);
      expect(new Set(all.messages.map(({ messageId }) => messageId)).size).toBe(2_300);
      const page = await db().search.find(ask(["much"], [], chatId), { limit: 5, offset: 0 });
      expect(page).toMatchObject({ more: true });
      expect(page.messages).toEqual(all.messages.slice(0, 5));
    });

    it("finds exactly what a plain scan finds: 500 random questions in five scripts", async () => {
      const random = choices();
      const chatId = newChatId();
      const messages = Array.from({ length: 200 }, (_, index) => {
        const text = sentence(random);
        const fileName = random.chance(0.2) ? `${sentence(random).slice(0, 20)}.pdf` : null;
        const type = fileName ? ("document" as const) : ("none" as const);
        const senderName = random.chance(0.9) ? random.pick(["Анна", "李明", "דוד", "Zoë", "محمد"]) : null;
        const date = new Date(1_700_000_000_000 + random.below(100_000) * 60_000);
        return sampleMessage({ chatId, messageId: index + 1, text, senderName, date, media: { fileName, type } });
      });
      await record(messages);
      for (let round = 0; round < 500; round++) {
        const words = Array.from({ length: 1 + random.below(2) }, () => wish(random, messages));
        const not = random.chance(0.3) ? [wish(random, messages)] : [];
        const filter: MediaFilter = random.chance(0.2) ? { types: ["document"] } : {};
        const terms = readTerms(words, not);
        if (terms.wanted.length === 0) continue;
        const expected = messages
          .filter(
            ({ text, media, senderName }) => rankOf({ text, fileName: media.fileName, senderName }, terms) !== null,
          )
          .filter((message) => matchesMediaFilter(message, filter, { selfId: null }))
          .map(({ messageId }) => messageId)
          .sort((a, b) => a - b);
        const { messages: found } = await db().search.find(ask(words, not, chatId, filter), ALL);
        const ids = found.map(({ messageId }) => messageId).sort((a, b) => a - b);
        expect(ids, JSON.stringify({ words, not, filter, seed: random.seed })).toEqual(expected);
      }
    });
  });
}

const WORDS =
  "the a lake Invoice photo www com Zoë naïve счёт ёлка май их київ привіт שלום תמונה שָׁלוֹם كتاب صورة مُحَمَّد 北京 我去北京吧 写真 東京都 カメラ สวัสดี 2024 05 x".split(
    " ",
  );

function choices() {
  const { seed, next } = seededRandom();
  const below = (count: number) => Math.floor(next() * count);
  return {
    seed,
    below,
    chance: (share: number) => next() < share,
    pick: <T>(list: readonly T[]): T => list[below(list.length)]!,
  };
}
type Random = ReturnType<typeof choices>;

const sentence = (random: Random): string =>
  Array.from({ length: 1 + random.below(9) }, () => random.pick(WORDS)).join(random.pick([" ", ", ", "_", " — "]));

/** A word, a part of one, a phrase, or a beginning. */
function wish(random: Random, messages: readonly Message[]): string {
  const kind = random.below(4);
  if (kind === 0) return random.pick(WORDS);
  if (kind === 1) return `${random.pick(WORDS).slice(0, 2)}*`;
  const { text } = random.pick(messages);
  const start = random.below(Math.max(1, text.length - 4));
  return text.slice(start, start + 1 + random.below(12));
}
