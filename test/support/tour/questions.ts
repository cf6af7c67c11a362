/** What is only asked, and what the bot remembers. */
import { readTerms } from "../../../src/core/search-query.ts";
import { BEYOND, NOW, TOUR_CHAT, type Tour, type Visit, ZONE } from "./about.ts";

const find = (words: string[], chatIds: number[] | null, types?: "video"[]) => (visit: Visit) =>
  visit.db.search.find(
    { terms: readTerms(words, []), filter: types ? { types } : {}, context: { selfId: null }, chatIds },
    { limit: 5, offset: 0 },
  );

export const QUESTIONS = {
  statistics: {
    kinds: [({ db }) => db.statistics.kinds(null), ({ db }) => db.statistics.kinds(TOUR_CHAT)],
    chats: [({ db }) => db.statistics.chats(10)],
    senders: [({ db }) => db.statistics.senders(null, 10), ({ db }) => db.statistics.senders(TOUR_CHAT, 10)],
    span: [({ db }) => db.statistics.span(null), ({ db }) => db.statistics.span(TOUR_CHAT)],
    days: [({ db }) => db.statistics.days(null, ZONE), ({ db }) => db.statistics.days(TOUR_CHAT, ZONE)],
    hours: [({ db }) => db.statistics.hours(null, ZONE), ({ db }) => db.statistics.hours(TOUR_CHAT, ZONE)],
    sizes: [({ db }) => db.statistics.sizes(null, 10), ({ db }) => db.statistics.sizes(TOUR_CHAT, 10)],
    page: [
      ({ db }) => db.statistics.page({ chatId: null, types: ["video"] }, null, 500),
      ({ db }) => db.statistics.page({ chatId: null, types: ["video"], minSize: 1 }, BEYOND, 500),
      ({ db }) => db.statistics.page({ chatId: TOUR_CHAT, after: NOW, before: NOW }, null, 500),
      ({ db }) => db.statistics.page({ chatId: TOUR_CHAT }, BEYOND, 500),
    ],
  },
  search: {
    find: [
      find(["ada"], null),
      find(["nobody"], [TOUR_CHAT]),
      find(["ad*"], null, ["video"]),
      find([], [TOUR_CHAT]),
      find([], null),
    ],
    indexNext: [({ db }) => db.search.indexNext(100), ({ db }) => db.search.indexNext(100)],
    isIndexed: [({ db }) => db.search.isIndexed()],
    chatsWithMessages: [({ db }) => db.search.chatsWithMessages()],
  },
  settings: {
    all: [({ db }) => db.settings.all()],
    set: [({ db }) => db.settings.set("timeZone", "Europe/Kyiv")],
    recall: [({ db }) => db.settings.recall("tour")],
    remember: [({ db }) => db.settings.remember("tour", 1)],
  },
  drafts: {
    save: [({ db }) => db.drafts.save({ id: "d", kind: "tour", data: {}, messageId: null, expiresAt: NOW })],
    get: [({ db }) => db.drafts.get("d")],
    latest: [({ db }) => db.drafts.latest()],
    take: [({ db }) => db.drafts.take("d")],
    forgetExpired: [({ db }) => db.drafts.forgetExpired(NOW)],
  },
  topics: {
    record: [({ db }) => db.topics.record(TOUR_CHAT, [])],
    of: [({ db }) => db.topics.of(TOUR_CHAT)],
  },
} satisfies Partial<Tour>;
