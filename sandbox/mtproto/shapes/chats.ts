import type { TlObject } from "../../tl/value.ts";
import {
  type AccountView,
  type AdminRights,
  bareId,
  type Member,
  type World,
  type WorldChat,
} from "../../world/types.ts";

/** A group or channel as this account sees it; null if there is no such chat. */
export function shapeChat(world: World, view: AccountView, id: number): TlObject | null {
  const chat = world.chat(id);
  if (!chat) return null;
  const member = view.membership(id);
  return chat.kind === "group" ? shapeGroup(world, view, chat, member) : shapeChannel(world, view, chat, member);
}

function shapeGroup(world: World, view: AccountView, chat: WorldChat, member: Member | null): TlObject {
  const id = bareId(chat.id);
  if (!member || member.status === "banned") return { _: "chatForbidden", id, title: chat.title };
  return {
    _: "chat",
    id,
    creator: member.status === "creator",
    left: member.status === "left",
    deactivated: chat.deactivated,
    noforwards: chat.noforwards,
    title: chat.title,
    photo: chatPhoto(world, chat),
    participants_count: chat.memberCount,
    date: member.joinedAt,
    version: 1,
    migrated_to: chat.migratedTo === null ? undefined : inputChannel(view, chat.migratedTo),
    admin_rights: member.rights ? shapeAdminRights(member.rights) : undefined,
    default_banned_rights: { _: "chatBannedRights", until_date: 2147483647 },
  };
}

function shapeChannel(world: World, view: AccountView, chat: WorldChat, member: Member | null): TlObject {
  const id = bareId(chat.id);
  const broadcast = chat.kind === "channel";
  const outside = !member || member.status === "left";
  if (member?.status === "banned" || (outside && !chat.username && !linkedTo(world, view, chat))) {
    return {
      _: "channelForbidden",
      broadcast,
      megagroup: !broadcast,
      id,
      access_hash: view.accessHash(chat.id),
      title: chat.title,
    };
  }
  return {
    _: "channel",
    creator: member?.status === "creator",
    left: outside,
    broadcast,
    megagroup: !broadcast,
    verified: chat.verified,
    signatures: chat.signatures,
    has_link: chat.linkedChatId !== null,
    slowmode_enabled: chat.slowModeSeconds > 0,
    noforwards: chat.noforwards,
    forum: chat.isForum,
    id,
    access_hash: view.accessHash(chat.id),
    title: chat.title,
    username: chat.username ?? undefined,
    photo: chatPhoto(world, chat),
    date: member?.joinedAt ?? chat.createdAt,
    admin_rights: member?.rights ? shapeAdminRights(member.rights) : undefined,
    banned_rights:
      member?.status === "restricted"
        ? { _: "chatBannedRights", send_messages: true, send_media: true, until_date: 2147483647 }
        : undefined,
    default_banned_rights: broadcast ? undefined : { _: "chatBannedRights", until_date: 2147483647 },
    participants_count: chat.memberCount,
  };
}

/** Comments of a channel can be read by whoever reads the channel, though the group behind them is private. */
function linkedTo(world: World, view: AccountView, chat: WorldChat): boolean {
  if (chat.linkedChatId === null) return false;
  const linked = world.chat(chat.linkedChatId);
  const member = linked ? view.membership(linked.id) : null;
  return linked !== null && (linked.username !== null || (member !== null && member.status !== "banned"));
}

function chatPhoto(world: World, chat: WorldChat): TlObject {
  if (!chat.hasPhoto) return { _: "chatPhotoEmpty" };
  const file = world.content.profilePhoto(chat.id);
  return { _: "chatPhoto", photo_id: file.id, dc_id: file.dcId };
}

export function inputChannel(view: AccountView, id: number): TlObject {
  return { _: "inputChannel", channel_id: bareId(id), access_hash: view.accessHash(id) };
}

export function shapeAdminRights(rights: AdminRights): TlObject {
  return {
    _: "chatAdminRights",
    change_info: rights.changeInfo,
    post_messages: rights.postMessages,
    edit_messages: rights.editMessages,
    delete_messages: rights.deleteMessages,
    ban_users: rights.banUsers,
    invite_users: rights.inviteUsers,
    pin_messages: rights.pinMessages,
    add_admins: rights.addAdmins,
    anonymous: rights.anonymous,
    manage_call: rights.manageCall,
    other: true,
    manage_topics: rights.manageTopics,
  };
}
