import {
  type Entity,
  type ForwardInfo,
  isChannelId,
  isUserId,
  type ServiceAction,
  type World,
  type WorldMessage,
} from "../../world/types.ts";
import type { Bot } from "../bot.ts";
import { mediaJson } from "./media.ts";
import { chatJson, type Json, userJson } from "./people.ts";

/** A message as its bot receives it. */
export function messageJson(world: World, bot: Bot, message: WorldMessage, withReply = true): Json {
  if (isUserId(message.fromId)) bot.knownUsers.add(message.fromId);
  return {
    message_id: message.id,
    ...senderJson(world, message),
    chat: chatJson(world, message.peerId),
    date: message.date,
    ...(message.editDate && !message.service && { edit_date: message.editDate }),
    ...topicJson(world, message),
    ...(message.forward && { forward_origin: originJson(world, message.forward) }),
    ...(isAutomaticForward(world, message) && { is_automatic_forward: true }),
    ...(withReply && replyJson(world, bot, message)),
    ...(message.viaBotId && { via_bot: userJson(world, message.viaBotId) }),
    ...(message.noforwards && { has_protected_content: true }),
    ...(message.groupedId && { media_group_id: String(message.groupedId) }),
    ...(message.postAuthor && { author_signature: message.postAuthor }),
    ...contentJson(world, bot, message),
    ...(message.replyMarkup?.inline_keyboard ? { reply_markup: message.replyMarkup } : {}),
  };
}

function senderJson(world: World, message: WorldMessage): Json {
  if (isUserId(message.fromId)) return { from: userJson(world, message.fromId) };
  const sender_chat = chatJson(world, message.fromId);
  if (message.fromId === message.peerId && world.chat(message.peerId)?.kind === "channel") return { sender_chat };
  // An old client expects someone to be the sender of every group message.
  const stand_in = message.fromId === message.peerId ? GROUP_ANONYMOUS_BOT : CHANNEL_BOT;
  return { from: stand_in, sender_chat };
}

const GROUP_ANONYMOUS_BOT = { id: 1087968824, is_bot: true, first_name: "Group", username: "GroupAnonymousBot" };
const CHANNEL_BOT = { id: 136817688, is_bot: true, first_name: "Channel", username: "Channel_Bot" };

function topicJson(world: World, message: WorldMessage): Json {
  if (!message.topicId || message.topicId === 1) return {};
  const isForum = world.chat(message.peerId)?.isForum === true;
  return { message_thread_id: message.topicId, ...(isForum && { is_topic_message: true }) };
}

function isAutomaticForward(world: World, message: WorldMessage): boolean {
  const linked = world.chat(message.peerId)?.linkedChatId;
  return message.forward?.channelPost !== undefined && linked !== null && message.fromId === linked;
}

export function originJson(world: World, forward: ForwardInfo): Json {
  const { date } = forward;
  if (forward.channelPost !== undefined && forward.fromId !== undefined) {
    return {
      type: "channel",
      chat: chatJson(world, forward.fromId),
      message_id: forward.channelPost,
      ...(forward.postAuthor && { author_signature: forward.postAuthor }),
      date,
    };
  }
  if (forward.fromId === undefined) return { type: "hidden_user", sender_user_name: forward.fromName ?? "", date };
  if (isUserId(forward.fromId)) return { type: "user", sender_user: userJson(world, forward.fromId), date };
  return {
    type: "chat",
    sender_chat: chatJson(world, forward.fromId),
    ...(forward.postAuthor && { author_signature: forward.postAuthor }),
    date,
  };
}

function replyJson(world: World, bot: Bot, message: WorldMessage): Json {
  const { replyTo } = message;
  if (!replyTo) return {};
  const quote = replyTo.quote ? { quote: { text: replyTo.quote, position: 0, is_manual: true } } : {};
  if (replyTo.peerId !== undefined && replyTo.peerId !== message.peerId) {
    const chat = isUserId(replyTo.peerId)
      ? {}
      : { chat: chatJson(world, replyTo.peerId), message_id: replyTo.messageId };
    const origin = {
      fromId: replyTo.peerId,
      date: message.date,
      ...(isChannelId(replyTo.peerId) && { channelPost: replyTo.messageId }),
    };
    return { external_reply: { origin: originJson(world, origin), ...chat }, ...quote };
  }
  const original = bot.view.message(message.peerId, replyTo.messageId);
  return original ? { reply_to_message: messageJson(world, bot, original, false), ...quote } : quote;
}

function contentJson(world: World, bot: Bot, message: WorldMessage): Json {
  if (message.service) return serviceJson(world, bot, message, message.service);
  const { media, text } = message;
  const entities = message.entities.map((entity) => entityJson(world, entity));
  if (!media || media.kind === "webpage") {
    const preview = message.noWebpage ? { link_preview_options: { is_disabled: true } } : {};
    return { text, ...(entities.length > 0 && { entities }), ...preview };
  }
  const caption = text ? { caption: text, ...(entities.length > 0 && { caption_entities: entities }) } : {};
  return { ...mediaJson(media, bot.files), ...caption };
}

function entityJson(world: World, entity: Entity): Json {
  const { type, offset, length } = entity;
  return {
    offset,
    length,
    type,
    ...(entity.url !== undefined && { url: entity.url }),
    ...(entity.language !== undefined && { language: entity.language }),
    ...(entity.userId !== undefined && { user: userJson(world, entity.userId) }),
    ...(entity.customEmojiId !== undefined && { custom_emoji_id: entity.customEmojiId }),
    ...(entity.unixTime !== undefined && { unix_time: entity.unixTime }),
    ...(type === "date_time" && { date_time_format: entity.dateTimeFormat ?? "" }),
  };
}

function serviceJson(world: World, bot: Bot, message: WorldMessage, action: ServiceAction): Json {
  switch (action.type) {
    case "chat-create":
      return { group_chat_created: true };
    case "channel-create":
      return world.chat(message.peerId)?.kind === "channel"
        ? { channel_chat_created: true }
        : { supergroup_chat_created: true };
    case "chat-edit-title":
      return { new_chat_title: action.title };
    case "chat-add-user":
      return { new_chat_members: action.userIds.map((id) => userJson(world, id)) };
    case "chat-joined-by-link":
      return { new_chat_members: [userJson(world, message.fromId)] };
    case "chat-delete-user":
      return { left_chat_member: userJson(world, action.userId) };
    case "chat-migrate-to":
      return { migrate_to_chat_id: action.chatId };
    case "channel-migrate-from":
      return { migrate_from_chat_id: action.chatId };
    case "pin-message":
      return pinnedJson(world, bot, message);
    case "topic-create":
      return { forum_topic_created: { name: action.title, icon_color: action.iconColor } };
    case "topic-edit":
      if (action.closed !== undefined) return action.closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} };
      return { forum_topic_edited: action.title ? { name: action.title } : {} };
    case "requested-peer":
      return sharedJson(action);
    default:
      return {};
  }
}

function pinnedJson(world: World, bot: Bot, message: WorldMessage): Json {
  const pinned = message.replyTo && bot.view.message(message.peerId, message.replyTo.messageId);
  if (pinned) return { pinned_message: messageJson(world, bot, pinned, false) };
  return {
    pinned_message: { chat: chatJson(world, message.peerId), message_id: message.replyTo?.messageId ?? 0, date: 0 },
  };
}

/** The answer to a picker: chats and people have each their own service message. */
function sharedJson(action: Extract<ServiceAction, { type: "requested-peer" }>): Json {
  const { requestId, peerIds } = action;
  const details = (id: number) => action.asBot?.find((info) => info.id === id);
  const [first] = peerIds;
  if (first !== undefined && !isUserId(first)) {
    const info = details(first);
    return {
      chat_shared: {
        request_id: requestId,
        chat_id: first,
        ...(info?.title !== undefined && { title: info.title }),
        ...(info?.username !== undefined && { username: info.username }),
      },
    };
  }
  const users = peerIds.map((id) => {
    const info = details(id);
    return {
      user_id: id,
      ...(info?.firstName !== undefined && { first_name: info.firstName }),
      ...(info?.lastName !== undefined && { last_name: info.lastName }),
      ...(info?.username !== undefined && { username: info.username }),
    };
  });
  return { users_shared: { request_id: requestId, user_ids: [...peerIds], users } };
}
