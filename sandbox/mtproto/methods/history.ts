import { intOf, objectOf, objectsOf, type TlObject, textOf } from "../../tl/value.ts";
import type { AccountView, HistoryQuery } from "../../world/types.ts";
import { type Call, type Method, me, refuse } from "../rpc/call.ts";
import { readChannel, readMessageIds, readOffsetPeer, readPeer } from "../shapes/inputs.ts";
import { Mentioned } from "../shapes/mentioned.ts";
import { emptyMessage, shapeMessage } from "../shapes/messages.ts";
import { filterOf, messagesAnswer, page, pagingOf } from "./history-page.ts";

const MAX_IDS = 100;

function byIds(call: Call, view: AccountView, peerId: number | null, ids: readonly number[]): TlObject {
  if (ids.length === 0) refuse(400, "MESSAGE_IDS_EMPTY");
  const wanted = ids.slice(0, MAX_IDS);
  const found = view.messages(peerId, wanted);
  const mentioned = new Mentioned(call.world, view).addMessages(found);
  if (peerId !== null) mentioned.add(peerId);
  const messages = found.map((message, index) =>
    message ? shapeMessage(call.world, view, message) : emptyMessage(wanted[index]!),
  );
  if (peerId === null) return { _: "messages.messages", messages, ...mentioned.fields() };
  return {
    _: "messages.channelMessages",
    pts: view.pts(peerId),
    count: messages.length,
    messages,
    ...mentioned.fields(),
  };
}

export const historyMethods: Record<string, Method> = {
  "messages.getHistory": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    view.assertReadable(peerId);
    return messagesAnswer(call, view, peerId, page(view, peerId, pagingOf(request, call)));
  },
  "messages.search": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    view.assertReadable(peerId);
    const from = objectOf(request, "from_id");
    const filter = filterOf(objectOf(request, "filter"));
    const text = textOf(request, "q");
    const query: HistoryQuery = { ...pagingOf(request, call), filter };
    if (text !== "") query.text = text;
    if (from) query.fromId = readPeer(view, from);
    const minDate = intOf(request, "min_date");
    const maxDate = intOf(request, "max_date");
    const topicId = intOf(request, "top_msg_id");
    if (minDate > 0) query.minDate = minDate;
    if (maxDate > 0) query.maxDate = maxDate;
    if (topicId > 0) query.topicId = topicId;
    return messagesAnswer(call, view, peerId, page(view, peerId, query));
  },
  "messages.getSearchCounters": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    view.assertReadable(peerId);
    const filters = objectsOf(request, "filters");
    const counts = view.counters(peerId, filters.map(filterOf), intOf(request, "top_msg_id") || undefined);
    return filters.map((filter, index) => ({ _: "messages.searchCounter", filter, count: counts[index] ?? 0 }));
  },
  "messages.searchGlobal": (request, call) => {
    const view = me(call);
    const offsetPeer = readOffsetPeer(view, objectOf(request, "offset_peer"));
    const limit = Math.min(100, Math.max(1, intOf(request, "limit") || 20));
    const { messages, count } = view.searchGlobal({
      text: textOf(request, "q"),
      filter: filterOf(objectOf(request, "filter")),
      minDate: intOf(request, "min_date"),
      maxDate: intOf(request, "max_date"),
      offsetDate: intOf(request, "offset_rate"),
      offsetId: intOf(request, "offset_id"),
      ...(offsetPeer === null ? {} : { offsetPeerId: offsetPeer }),
      limit,
    });
    return {
      _: "messages.messagesSlice",
      count,
      next_rate: messages.at(-1)?.date,
      messages: messages.map((message) => shapeMessage(call.world, view, message)),
      ...new Mentioned(call.world, view).addMessages(messages).fields(),
    };
  },
  "messages.getMessages": (request, call) => byIds(call, me(call), null, readMessageIds(objectsOf(request, "id"))),
  "channels.getMessages": (request, call) => {
    const view = me(call);
    const peerId = readChannel(view, objectOf(request, "channel"));
    view.assertReadable(peerId);
    return byIds(call, view, peerId, readMessageIds(objectsOf(request, "id")));
  },
  "messages.getReplies": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    view.assertReadable(peerId);
    const messageId = intOf(request, "msg_id");
    const chat = call.world.chat(peerId);
    if (chat?.kind !== "channel") {
      const query = { ...pagingOf(request, call), topicId: messageId };
      return messagesAnswer(call, view, peerId, page(view, peerId, query));
    }
    // Comments live in the discussion group, under the copy of the post.
    const root = view.discussionMessage(peerId, messageId);
    if (!root) refuse(400, "MSG_ID_INVALID");
    const query = { ...pagingOf(request, call), topicId: root.id };
    return messagesAnswer(call, view, root.peerId, page(view, root.peerId, query));
  },
  "messages.getDiscussionMessage": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    view.assertReadable(peerId);
    const chat = call.world.chat(peerId);
    const messageId = intOf(request, "msg_id");
    const root = chat?.kind === "channel" ? view.discussionMessage(peerId, messageId) : view.message(peerId, messageId);
    if (!root) refuse(400, "MSG_ID_INVALID");
    const newest = view.history(root.peerId, { topicId: root.id, limit: 1 }).messages[0];
    return {
      _: "messages.discussionMessage",
      messages: [shapeMessage(call.world, view, root)],
      max_id: newest?.id,
      unread_count: 0,
      ...new Mentioned(call.world, view).add(peerId).addMessages([root]).fields(),
    };
  },
  "messages.getUnreadMentions": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    const query = { ...pagingOf(request, call), filter: "myMentions" as const };
    return messagesAnswer(call, view, peerId, page(view, peerId, query));
  },
  "messages.getSplitRanges": (_request, call) => {
    me(call);
    return [{ _: "messageRange", min_id: 1, max_id: 2147483647 }];
  },
  "messages.getMessagesViews": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    const ids = Array.isArray(request.id) ? request.id.filter((id) => typeof id === "number") : [];
    const views = ids.map((id) => ({ _: "messageViews", views: view.message(peerId, id)?.views, forwards: 0 }));
    return { _: "messages.messageViews", views, chats: [], users: [] };
  },
};
