import { isUserId, type World, type WorldChat, type WorldUser } from "../../world/types.ts";

export type Json = Record<string, unknown>;

export function userJson(world: World, userId: number): Json {
  const user = world.people.get(userId);
  if (!user) return { id: userId, is_bot: false, first_name: "" };
  return {
    id: user.id,
    is_bot: user.isBot,
    first_name: user.firstName,
    ...(user.lastName && { last_name: user.lastName }),
    ...(user.username && { username: user.username }),
    ...(!user.isBot && user.languageCode && { language_code: user.languageCode }),
    ...(user.premium && { is_premium: true }),
  };
}

/** A chat as it stands in messages. */
export function chatJson(world: World, chatId: number): Json {
  if (isUserId(chatId)) return privateChatJson(world.people.get(chatId), chatId);
  const chat = world.chat(chatId);
  if (!chat) return { id: chatId, type: "group", title: "" };
  return {
    id: chat.id,
    title: chat.title,
    ...(chat.username && { username: chat.username }),
    type: chat.kind,
    ...(chat.isForum && { is_forum: true }),
    ...(chat.kind === "group" && { all_members_are_administrators: false }),
  };
}

function privateChatJson(user: WorldUser | null, id: number): Json {
  return {
    id,
    first_name: user?.firstName ?? "",
    ...(user?.lastName && { last_name: user.lastName }),
    ...(user?.username && { username: user.username }),
    type: "private",
  };
}

/** What getChat adds. */
export function fullChatJson(world: World, chatId: number): Json {
  const base = chatJson(world, chatId);
  const common = {
    accent_color_id: Math.abs(chatId) % 7,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
    },
  };
  if (isUserId(chatId)) {
    const username = world.people.get(chatId)?.username;
    return { ...base, ...common, ...(username && { active_usernames: [username] }) };
  }
  const chat = world.chat(chatId);
  if (!chat) return { ...base, ...common };
  return {
    ...base,
    ...common,
    ...(chat.username && { active_usernames: [chat.username] }),
    ...(chat.about && { description: chat.about }),
    ...(chat.noforwards && { has_protected_content: true }),
    ...(chat.slowModeSeconds && { slow_mode_delay: chat.slowModeSeconds }),
    ...(chat.linkedChatId && { linked_chat_id: chat.linkedChatId }),
    ...permissionsOf(chat),
  };
}

function permissionsOf(chat: WorldChat): Json {
  if (chat.kind === "channel") return {};
  const names = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_invite_users",
  ];
  return {
    permissions: {
      ...Object.fromEntries(names.map((name) => [name, true])),
      can_change_info: false,
      can_pin_messages: false,
      can_manage_topics: false,
    },
  };
}
