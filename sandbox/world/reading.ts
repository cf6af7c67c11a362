import type { History } from "./history.ts";
import type { Numbering } from "./numbering.ts";
import { pageOf } from "./page.ts";
import { readable } from "./rights.ts";
import { bodyMatches, criteriaOf, select } from "./select.ts";
import type { WorldState } from "./state.ts";
import {
  type HistoryPage,
  type HistoryQuery,
  isChannelId,
  type ReplyInfo,
  type SearchFilter,
  type WorldMessage,
} from "./types.ts";

/** Histories through one account's eyes. */

/** The name of the history's chat for this account. */
export function peerOf(history: History, accountId: number): number {
  if (history.chatId !== null) return history.chatId;
  const [a, b] = history.members ?? [0, 0];
  return a === accountId ? b : a;
}

/** What one account sees at a slot. */
export function toMessage(
  state: WorldState,
  accountId: number,
  history: History,
  numbering: Numbering,
  slot: number,
): WorldMessage {
  const { body, reply, authorId } = history.stored(slot);
  const message: WorldMessage = {
    ...body,
    id: numbering.idOf(slot) ?? 0,
    peerId: peerOf(history, accountId),
    out: (authorId ?? body.fromId) === accountId,
  };
  const replyTo = reply && replyOf(reply, numbering);
  if (replyTo) message.replyTo = replyTo;
  const comments = commentsOf(state, history, slot);
  if (comments) message.comments = comments;
  const username = state.users.get(accountId)?.username;
  if (!message.out && username && body.text.toLowerCase().includes(`@${username.toLowerCase()}`))
    message.mentioned = true;
  return message;
}

function replyOf(reply: { slot: number; quote?: string } | ReplyInfo, numbering: Numbering): ReplyInfo | null {
  if ("messageId" in reply) return reply;
  const messageId = numbering.idOf(reply.slot);
  if (messageId === null) return null;
  return reply.quote === undefined ? { messageId } : { messageId, quote: reply.quote };
}

function commentsOf(state: WorldState, history: History, slot: number): WorldMessage["comments"] {
  if (history.chatId === null) return undefined;
  const chat = state.chats.get(history.chatId);
  if (chat?.kind !== "channel" || chat.linkedChatId === null) return undefined;
  const rootSlot = history.threads.get(slot);
  const group = state.historyOf(0, chat.linkedChatId);
  const numbering = group && state.numberingOf(0, group);
  const discussionMessageId = rootSlot === undefined ? null : (numbering?.idOf(rootSlot) ?? null);
  if (!group || !numbering || discussionMessageId === null) return undefined;
  const count = Math.max(0, select(group, numbering, { topicId: discussionMessageId }).length - 1);
  return { count, discussionId: chat.linkedChatId, discussionMessageId };
}

/** History and numbering, or null where this account has no messages with the peer. */
export function place(
  state: WorldState,
  accountId: number,
  peerId: number,
): { history: History; numbering: Numbering } | null {
  const history = state.historyOf(accountId, peerId);
  const numbering = history && state.numberingOf(accountId, history);
  return history && numbering ? { history, numbering } : null;
}

export function readHistory(
  state: WorldState,
  accountId: number,
  peerId: number,
  query: HistoryQuery,
): HistoryPage<WorldMessage> {
  readable(state, accountId, peerId);
  const found = place(state, accountId, peerId);
  if (!found) return { messages: [], count: 0, offsetIdOffset: 0 };
  const { history, numbering } = found;
  const page = pageOf(history, numbering, select(history, numbering, query), query);
  const messages = page.slots.map((slot) => toMessage(state, accountId, history, numbering, slot));
  return { messages, count: page.count, offsetIdOffset: page.offsetIdOffset };
}

export function countBy(
  state: WorldState,
  accountId: number,
  peerId: number,
  filters: readonly SearchFilter[],
  topicId?: number,
): number[] {
  readable(state, accountId, peerId);
  const found = place(state, accountId, peerId);
  const topic = topicId === undefined ? {} : { topicId };
  return filters.map((filter) => (found ? select(found.history, found.numbering, { filter, ...topic }).length : 0));
}

export function readMessage(state: WorldState, accountId: number, peerId: number, id: number): WorldMessage | null {
  const found = place(state, accountId, peerId);
  const slot = found?.numbering.slotOf(id) ?? null;
  return found && slot !== null ? toMessage(state, accountId, found.history, found.numbering, slot) : null;
}

/** By number alone: in a channel, or wherever in the account's own box. */
export function readMessages(
  state: WorldState,
  accountId: number,
  peerId: number | null,
  ids: readonly number[],
): (WorldMessage | null)[] {
  if (peerId !== null && isChannelId(peerId)) {
    readable(state, accountId, peerId);
    return ids.map((id) => readMessage(state, accountId, peerId, id));
  }
  return ids.map((id) => {
    const history = state.boxOf(accountId).find(id);
    return history ? readMessage(state, accountId, peerOf(history, accountId), id) : null;
  });
}

export function newest(state: WorldState, accountId: number, peerId: number): WorldMessage | null {
  const found = place(state, accountId, peerId);
  if (!found) return null;
  const all = select(found.history, found.numbering, {});
  if (all.length === 0) return null;
  return toMessage(state, accountId, found.history, found.numbering, all.at(all.length - 1));
}

export interface GlobalQuery {
  text: string;
  filter?: SearchFilter;
  minDate?: number;
  maxDate?: number;
  offsetDate?: number;
  offsetPeerId?: number;
  offsetId?: number;
  limit: number;
}

/** Over all chats of the list, newest first. */
export function searchEverywhere(
  state: WorldState,
  accountId: number,
  query: GlobalQuery,
): { messages: WorldMessage[]; count: number } {
  const { offsetDate, offsetPeerId, offsetId, limit } = query;
  const found: WorldMessage[] = [];
  let count = 0;
  for (const [peerId, dialog] of state.dialogsOf(accountId)) {
    const at = dialog.open ? place(state, accountId, peerId) : null;
    if (!at) continue;
    count += select(at.history, at.numbering, query).length;
    const maxDate = offsetDate && Math.min(offsetDate, query.maxDate || offsetDate);
    const list = select(at.history, at.numbering, maxDate ? { ...query, maxDate } : query);
    for (let index = list.length - 1, taken = 0; index >= 0 && taken < limit; index--) {
      const slot = list.at(index);
      const date = at.history.dateOf(slot);
      const message = toMessage(state, accountId, at.history, at.numbering, slot);
      if (offsetDate && date === offsetDate && !comesAfter(message, offsetPeerId ?? 0, offsetId ?? 0)) continue;
      found.push(message);
      taken++;
    }
  }
  found.sort((a, b) => b.date - a.date || b.peerId - a.peerId || b.id - a.id);
  return { messages: found.slice(0, limit), count };
}

const comesAfter = (message: WorldMessage, peerId: number, id: number): boolean =>
  message.peerId < peerId || (message.peerId === peerId && message.id < id);

/** The plain reading of a query, for whoever wants to compare: does this message match? */
export function messageMatches(message: WorldMessage, query: HistoryQuery): boolean {
  if (query.minDate && message.date < query.minDate) return false;
  if (query.maxDate && message.date > query.maxDate) return false;
  return bodyMatches(message, criteriaOf(query), message.id);
}
