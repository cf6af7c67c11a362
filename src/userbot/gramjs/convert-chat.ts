/** Telegram's users, groups and channels as plain chats. */
import { Api } from "telegram/tl/index.js";
import type { Chat } from "../../core/media.ts";
import { channelChatId, groupChatId, userName, usernameOf } from "./peers.ts";

const UNKNOWN = {
  username: null,
  accessHash: null,
  unread: 0,
  lastMessageAt: null,
  archived: false,
  folders: [] as number[],
  isForum: false,
  isBot: false,
  isSelf: false,
  restricted: false,
  linkedChatId: null,
  lastScanAt: null,
};

export function chatOfUser(user: Api.User): Chat {
  return {
    ...UNKNOWN,
    folders: [],
    chatId: user.id.toJSNumber(),
    type: "user",
    title: user.self ? "Saved Messages" : userName(user),
    username: usernameOf(user),
    accessHash: user.min ? null : (user.accessHash?.toString() ?? null),
    isBot: user.bot === true,
    isSelf: user.self === true,
  };
}

/** Null for a group of which nothing is left. */
export function chatOfGroup(chat: Api.TypeChat): Chat | null {
  if (chat instanceof Api.Channel)
    return {
      ...UNKNOWN,
      folders: [],
      chatId: channelChatId(chat.id),
      type: chat.broadcast ? "channel" : "supergroup",
      title: chat.title,
      username: usernameOf(chat),
      accessHash: chat.min ? null : (chat.accessHash?.toString() ?? null),
      isForum: chat.forum === true,
      restricted: chat.noforwards === true,
    };
  if (chat instanceof Api.ChannelForbidden)
    return {
      ...UNKNOWN,
      folders: [],
      chatId: channelChatId(chat.id),
      type: chat.broadcast ? "channel" : "supergroup",
      title: chat.title,
      accessHash: chat.accessHash.toString(),
    };
  if (chat instanceof Api.Chat || chat instanceof Api.ChatForbidden)
    return {
      ...UNKNOWN,
      folders: [],
      chatId: groupChatId(chat.id),
      type: "group",
      title: chat.title,
      restricted: chat instanceof Api.Chat && chat.noforwards === true,
    };
  return null;
}
