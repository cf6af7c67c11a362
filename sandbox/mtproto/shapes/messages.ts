import type { TlObject } from "../../tl/value.ts";
import {
  type AccountView,
  bareId,
  type ForwardInfo,
  isChannelId,
  isUserId,
  type World,
  type WorldMessage,
} from "../../world/types.ts";
import { shapeEntity } from "./entities.ts";
import { shapeMarkup } from "./markup.ts";
import { shapeMedia } from "./media.ts";
import { peerOf } from "./peers.ts";
import { shapeAction } from "./service.ts";

export function shapeMessage(world: World, view: AccountView, message: WorldMessage): TlObject {
  const chat = isUserId(message.peerId) ? null : world.chat(message.peerId);
  const post = chat?.kind === "channel";
  const common = {
    out: message.out,
    mentioned: message.mentioned,
    silent: message.silent,
    post,
    id: message.id,
    from_id: fromOf(message, post),
    peer_id: peerOf(message.peerId),
    reply_to: replyOf(message, chat?.isForum ?? false),
    date: message.date,
  };
  if (message.service) {
    return { _: "messageService", ...common, action: shapeAction(message.service) };
  }
  return {
    _: "message",
    ...common,
    pinned: message.pinned,
    noforwards: message.noforwards,
    edit_hide: false,
    saved_peer_id: message.peerId === view.id ? peerOf(message.forward?.savedFromPeerId ?? view.id) : undefined,
    fwd_from: message.forward ? shapeForward(message.forward) : undefined,
    via_bot_id: message.viaBotId,
    message: message.text,
    media: message.media ? shapeMedia(world, view, message.media) : undefined,
    reply_markup: message.replyMarkup ? shapeMarkup(message.replyMarkup) : undefined,
    entities: message.entities.length > 0 ? message.entities.map(shapeEntity) : undefined,
    views: message.views,
    forwards: message.forwards ?? (message.views === undefined ? undefined : 0),
    replies: message.comments ? shapeComments(message.comments) : undefined,
    edit_date: message.editDate,
    post_author: message.postAuthor,
    grouped_id: message.groupedId,
    reactions: message.reactions?.length ? shapeReactions(view, message) : undefined,
  };
}

/** Answers about a message that is gone, in its place. */
export function emptyMessage(id: number): TlObject {
  return { _: "messageEmpty", id };
}

/** Posts of channels have no author on the wire, and neither has the other side of a private chat. */
function fromOf(message: WorldMessage, post: boolean): TlObject | undefined {
  if (post && message.fromId === message.peerId) return undefined;
  if (isUserId(message.peerId) && !message.out && message.fromId === message.peerId) return undefined;
  return peerOf(message.fromId);
}

function replyOf(message: WorldMessage, forum: boolean): TlObject | undefined {
  const { replyTo, topicId } = message;
  if (!replyTo) {
    if (topicId === undefined || topicId === message.id || (forum && topicId === 1)) return undefined;
    return { _: "messageReplyHeader", forum_topic: forum, reply_to_msg_id: topicId };
  }
  const inTopic = topicId !== undefined && !(forum && topicId === 1);
  return {
    _: "messageReplyHeader",
    forum_topic: forum && inTopic,
    quote: replyTo.quote !== undefined,
    reply_to_msg_id: replyTo.messageId,
    reply_to_peer_id: replyTo.peerId === undefined ? undefined : peerOf(replyTo.peerId),
    reply_to_top_id: inTopic && topicId !== replyTo.messageId ? topicId : undefined,
    quote_text: replyTo.quote,
  };
}

function shapeForward(forward: ForwardInfo): TlObject {
  const saved = forward.savedFromPeerId !== undefined;
  return {
    _: "messageFwdHeader",
    from_id: forward.fromId === undefined ? undefined : peerOf(forward.fromId),
    from_name: forward.fromName,
    date: forward.date,
    channel_post: forward.channelPost,
    post_author: forward.postAuthor,
    saved_from_peer: saved ? peerOf(forward.savedFromPeerId!) : undefined,
    saved_from_msg_id: saved ? (forward.savedFromMessageId ?? 0) : undefined,
  };
}

function shapeComments(comments: NonNullable<WorldMessage["comments"]>): TlObject {
  return {
    _: "messageReplies",
    comments: true,
    replies: comments.count,
    replies_pts: 1,
    recent_repliers: [],
    channel_id: isChannelId(comments.discussionId) ? bareId(comments.discussionId) : undefined,
  };
}

export function shapeReactions(view: AccountView, message: { reactions?: WorldMessage["reactions"] }): TlObject {
  return {
    _: "messageReactions",
    results: (message.reactions ?? []).map((reaction) => ({
      _: "reactionCount",
      chosen_order: reaction.chosenBy.includes(view.id) ? 0 : undefined,
      reaction: { _: "reactionEmoji", emoticon: reaction.emoji },
      count: reaction.count,
    })),
  };
}
