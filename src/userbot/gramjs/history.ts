/**
 * A chat's history, newest first, page by page down to an empty one. GramJS's own pager ends at the first page that is
 * shorter than asked, which Telegram gives in mid-history too.
 */
import bigInt from "big-integer";
import { Api } from "telegram/tl/index.js";
import type { Chat, ChatId, Message } from "../../core/media.ts";
import type { FilterType } from "../../core/media-filter.ts";
import type { HistoryRange } from "../telegram.ts";
import type { Caller } from "./caller.ts";
import { convertMessages } from "./convert-message.ts";
import { chatsById } from "./dialogs.ts";
import type { PeerBook, WithPeers } from "./peers.ts";

const PAGE = 100;

const SERVER_FILTER: Partial<Record<FilterType, () => Api.TypeMessagesFilter>> = {
  photo: () => new Api.InputMessagesFilterPhotos(),
  video: () => new Api.InputMessagesFilterVideo(),
  audio: () => new Api.InputMessagesFilterMusic(),
  voice: () => new Api.InputMessagesFilterVoice(),
  round: () => new Api.InputMessagesFilterRoundVideo(),
  gif: () => new Api.InputMessagesFilterGif(),
  document: () => new Api.InputMessagesFilterDocument(),
  link: () => new Api.InputMessagesFilterUrl(),
};

export interface HistorySource {
  caller: Caller;
  peers: PeerBook;
}

export async function* readHistory(
  source: HistorySource,
  chat: Chat,
  range: HistoryRange,
  signal: AbortSignal,
): AsyncGenerator<Message[]> {
  let below = range.beforeId ?? 0;
  for (;;) {
    const page = await readPage(source, chat, range, below, signal);
    if (page.lowest === null) return;
    if (below !== 0 && page.lowest >= below)
      throw new Error(`Telegram's page below message ${below} of chat ${chat.chatId} reaches no lower.`);
    const within = page.messages.filter(({ date }) => isWithin(date, range));
    if (within.length > 0) yield within;
    // Dates fall with the ids, so a page that is too old throughout has nothing wanted below it.
    if (page.lowest <= 1 || (range.after && page.newest !== null && page.newest < range.after)) return;
    below = page.lowest;
  }
}

/** How many there are by Telegram's own count, and the newest of them. */
export async function countHistory(
  source: HistorySource,
  chat: Chat,
  range: HistoryRange,
  signal: AbortSignal,
): Promise<{ total: number; sample: Message[] }> {
  const { total, messages } = await readPage(source, chat, range, range.beforeId ?? 0, signal);
  return { total, sample: messages.filter(({ date }) => isWithin(date, range)) };
}

interface HistoryPage {
  messages: Message[];
  /** The lowest id in it, of deleted ones too; null for an empty page. */
  lowest: number | null;
  newest: Date | null;
  total: number;
}

async function readPage(
  { caller, peers }: HistorySource,
  chat: Chat,
  range: HistoryRange,
  below: number,
  signal: AbortSignal,
): Promise<HistoryPage> {
  const answer = await caller.call(requestOf(peers.inputPeer(chat), range, below), { signal });
  if (answer instanceof Api.messages.MessagesNotModified) return { messages: [], lowest: null, newest: null, total: 0 };
  peers.learn(answer);
  const messages = convertMessages(answer.messages, { peers, protectedChats: protectedChats(answer, chat) });
  const ids = answer.messages.map(({ id }) => id);
  return {
    messages,
    lowest: ids.length === 0 ? null : Math.min(...ids),
    newest: messages.length === 0 ? null : new Date(Math.max(...messages.map(({ date }) => date.getTime()))),
    total: "count" in answer ? answer.count : answer.messages.length,
  };
}

/** By the answer itself, and by what was known of the chat before. */
export function protectedChats(answer: WithPeers, chat: Chat): Set<ChatId> {
  const found = new Set(chat.restricted ? [chat.chatId] : []);
  for (const [chatId, known] of chatsById(answer)) if (known?.restricted) found.add(chatId);
  return found;
}

type AnyHistoryRequest = Api.messages.GetHistory | Api.messages.Search | Api.messages.GetReplies;

/** The cheapest call that gives all of the range; what it cannot say is filtered afterwards. */
function requestOf(peer: Api.TypeInputPeer, range: HistoryRange, below: number): AnyHistoryRequest {
  const { type, text, topicId, commentsOf, after, before } = range;
  const paging = { offsetId: below, addOffset: 0, limit: PAGE, maxId: 0, minId: range.afterId ?? 0, hash: bigInt.zero };
  // Whole seconds on their side, and one to spare: the exact bounds are looked at here.
  const offsetDate = before && below === 0 ? Math.ceil(before.getTime() / 1000) + 1 : 0;
  if (commentsOf !== undefined) return new Api.messages.GetReplies({ peer, msgId: commentsOf, offsetDate, ...paging });
  const filter = type && SERVER_FILTER[type]?.();
  if (!filter && !text && topicId === undefined) return new Api.messages.GetHistory({ peer, offsetDate, ...paging });
  return new Api.messages.Search({
    peer,
    q: text ?? "",
    filter: filter ?? new Api.InputMessagesFilterEmpty(),
    topMsgId: topicId,
    minDate: after ? Math.floor(after.getTime() / 1000) - 1 : 0,
    maxDate: before ? Math.ceil(before.getTime() / 1000) + 1 : 0,
    ...paging,
  });
}

function isWithin(date: Date, { after, before }: HistoryRange): boolean {
  return (!after || date >= after) && (!before || date < before);
}
