import { intOf, intsOf, objectOf, type TlObject, textOf } from "../../tl/value.ts";
import type { AccountView, ForumTopic, WorldChat } from "../../world/types.ts";
import { type Call, type Method, me, refuse } from "../rpc/call.ts";
import { readChannel, readPeer } from "../shapes/inputs.ts";
import { Mentioned } from "../shapes/mentioned.ts";
import { shapeMessage } from "../shapes/messages.ts";
import { peerOf } from "../shapes/peers.ts";

const MAX_PAGE = 100;

/** The older method names a channel, the newer one a peer. */
function forumOf(call: Call, view: AccountView, request: TlObject): WorldChat {
  const channel = objectOf(request, "channel");
  const id = channel ? readChannel(view, channel) : readPeer(view, objectOf(request, "peer"));
  view.assertReadable(id);
  const chat = call.world.chat(id);
  if (!chat?.isForum) refuse(400, "CHANNEL_FORUM_MISSING");
  return chat;
}

function answer(
  call: Call,
  view: AccountView,
  chat: WorldChat,
  topics: readonly ForumTopic[],
  count: number,
): TlObject {
  const tops = topics.map((topic) => view.history(chat.id, { topicId: topic.id, limit: 1 }).messages[0]);
  const messages = tops.filter((message) => message !== undefined);
  const mentioned = new Mentioned(call.world, view).add(chat.id, ...topics.map((topic) => topic.creatorId));
  const dialog = view.dialog(chat.id);
  return {
    _: "messages.forumTopics",
    count,
    topics: topics.map((topic, index) => ({
      _: "forumTopic",
      my: topic.creatorId === view.id,
      closed: topic.closed,
      pinned: topic.pinned,
      hidden: topic.hidden,
      id: topic.id,
      date: topic.createdAt,
      peer: peerOf(chat.id),
      title: topic.title,
      icon_color: topic.iconColor,
      top_message: tops[index]?.id ?? topic.id,
      read_inbox_max_id: dialog?.readInboxMaxId ?? 0,
      read_outbox_max_id: dialog?.readOutboxMaxId ?? 0,
      from_id: peerOf(topic.creatorId),
      notify_settings: { _: "peerNotifySettings" },
    })),
    messages: messages.map((message) => shapeMessage(call.world, view, message)),
    ...mentioned.addMessages(messages).fields(),
    pts: view.pts(chat.id),
  };
}

const list: Method = (request, call) => {
  const view = me(call);
  const chat = forumOf(call, view, request);
  const wanted = textOf(request, "q").toLowerCase();
  const all = chat.topics.filter((topic) => topic.title.toLowerCase().includes(wanted));
  const offsetTopic = intOf(request, "offset_topic");
  const at = offsetTopic > 0 ? all.findIndex((topic) => topic.id === offsetTopic) + 1 : 0;
  const limit = Math.min(MAX_PAGE, Math.max(1, intOf(request, "limit") || MAX_PAGE));
  return answer(call, view, chat, all.slice(at, at + limit), all.length);
};

const byId: Method = (request, call) => {
  const view = me(call);
  const chat = forumOf(call, view, request);
  const ids = intsOf(request, "topics");
  const found = chat.topics.filter((topic) => ids.includes(topic.id));
  return answer(call, view, chat, found, found.length);
};

export const topicMethods: Record<string, Method> = {
  "channels.getForumTopics": list,
  "messages.getForumTopics": list,
  "channels.getForumTopicsByID": byId,
  "messages.getForumTopicsByID": byId,
};
