import type { TlObject } from "../../tl/value.ts";
import {
  type AccountView,
  bareId,
  isChannelId,
  type PtsUpdate,
  type World,
  type WorldUpdate,
} from "../../world/types.ts";
import { Mentioned } from "../shapes/mentioned.ts";
import { shapeMessage, shapeReactions } from "../shapes/messages.ts";
import { peerOf } from "../shapes/peers.ts";

/** One thing that happened, as an update of the wire; null for what this account's clients are not told. */
export function shapeUpdate(
  world: World,
  view: AccountView,
  update: WorldUpdate,
  mentioned: Mentioned,
): TlObject | null {
  switch (update.type) {
    case "read-outbox-channel":
      mentioned.add(update.peerId);
      return { _: "updateReadChannelOutbox", channel_id: bareId(update.peerId), max_id: update.maxId };
    case "reaction":
      mentioned.add(update.peerId, update.actorId);
      return {
        _: "updateMessageReactions",
        peer: peerOf(update.peerId),
        msg_id: update.messageId,
        reactions: shapeReactions(view, update),
      };
    case "chat-changed":
      mentioned.add(update.peerId);
      return isChannelId(update.peerId)
        ? { _: "updateChannel", channel_id: bareId(update.peerId) }
        : { _: "updateChat", chat_id: bareId(update.peerId) };
    case "callback-query":
      mentioned.add(update.query.fromId).addMessages([update.query.message]);
      return {
        _: "updateBotCallbackQuery",
        query_id: BigInt(update.query.id),
        user_id: update.query.fromId,
        peer: peerOf(update.query.message.peerId),
        msg_id: update.query.message.id,
        chat_instance: 1n,
        data: Buffer.from(update.query.data, "utf8"),
      };
    case "new-message":
    case "edit-message":
    case "delete-messages":
    case "read-inbox":
    case "read-outbox":
    case "pinned":
      return shapePtsUpdate(world, view, update, mentioned);
    default:
      return null;
  }
}

export function shapePtsUpdate(
  world: World,
  view: AccountView,
  update: PtsUpdate,
  mentioned: Mentioned,
): TlObject | null {
  const channel = update.channelId !== null;
  const counter = { pts: update.pts, pts_count: update.ptsCount };
  const channelId = channel ? bareId(update.channelId!) : 0;
  if (channel) mentioned.add(update.channelId);
  switch (update.type) {
    case "new-message":
    case "edit-message": {
      mentioned.addMessages([update.message]);
      const kind = update.type === "new-message" ? "New" : "Edit";
      return {
        _: `update${kind}${channel ? "Channel" : ""}Message`,
        message: shapeMessage(world, view, update.message),
        ...counter,
      };
    }
    case "delete-messages":
      return channel
        ? { _: "updateDeleteChannelMessages", channel_id: channelId, messages: update.messageIds, ...counter }
        : { _: "updateDeleteMessages", messages: update.messageIds, ...counter };
    case "read-inbox":
      mentioned.add(update.peerId);
      return isChannelId(update.peerId)
        ? {
            _: "updateReadChannelInbox",
            channel_id: bareId(update.peerId),
            max_id: update.maxId,
            still_unread_count: update.stillUnread,
            pts: update.pts,
          }
        : {
            _: "updateReadHistoryInbox",
            peer: peerOf(update.peerId),
            max_id: update.maxId,
            still_unread_count: update.stillUnread,
            ...counter,
          };
    case "read-outbox":
      mentioned.add(update.peerId);
      return { _: "updateReadHistoryOutbox", peer: peerOf(update.peerId), max_id: update.maxId, ...counter };
    case "pinned":
      mentioned.add(update.peerId);
      return channel
        ? {
            _: "updatePinnedChannelMessages",
            pinned: update.pinned,
            channel_id: channelId,
            messages: update.messageIds,
            ...counter,
          }
        : {
            _: "updatePinnedMessages",
            pinned: update.pinned,
            peer: peerOf(update.peerId),
            messages: update.messageIds,
            ...counter,
          };
  }
}

/** An update with the people and chats it names, as it is pushed. */
export function wrapUpdate(world: World, view: AccountView, update: WorldUpdate): TlObject | null {
  const mentioned = new Mentioned(world, view);
  const shaped = shapeUpdate(world, view, update, mentioned);
  if (!shaped) return null;
  return { _: "updates", updates: [shaped], ...mentioned.fields(), date: world.clock.now(), seq: 0 };
}
