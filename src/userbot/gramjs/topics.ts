/** The topics of a forum, page by page. */
import { Api } from "telegram/tl/index.js";
import type { Chat, Topic } from "../../core/media.ts";
import type { HistorySource } from "./history.ts";

const PAGE = 100;
/** Telegram lets a forum have no more than some thousands; this ends a list that never would. */
const MOST_PAGES = 100;

export async function readTopics({ caller, peers }: HistorySource, chat: Chat, signal: AbortSignal): Promise<Topic[]> {
  const found = new Map<number, Topic>();
  let offset = { offsetDate: 0, offsetId: 0, offsetTopic: 0 };
  for (let page = 0; page < MOST_PAGES; page++) {
    const channel = peers.inputChannel(chat);
    const answer = await caller.call(new Api.channels.GetForumTopics({ channel, ...offset, limit: PAGE }), { signal });
    peers.learn(answer);
    const topics = answer.topics.filter((topic) => topic instanceof Api.ForumTopic);
    const before = found.size;
    for (const { id, title } of topics) found.set(id, { id, title });
    const last = topics.at(-1);
    if (!last || found.size === before || found.size >= answer.count) break;
    const top = answer.messages.find((message) => message.id === last.topMessage);
    const offsetDate = top && "date" in top ? top.date : last.date;
    offset = { offsetDate, offsetId: last.topMessage, offsetTopic: last.id };
  }
  return [...found.values()];
}
