import { idOf, intOf, longsOf, objectOf, objectsOf, type TlObject, textOf } from "../../tl/value.ts";
import { type AccountView, bareId, groupId, type World, type WorldChat } from "../../world/types.ts";
import { type Call, type Method, me, refuse } from "../rpc/call.ts";
import { shapeChat } from "../shapes/chats.ts";
import { shapePhoto } from "../shapes/files.ts";
import { readChannel, readGroup, readPeer } from "../shapes/inputs.ts";
import { Mentioned } from "../shapes/mentioned.ts";
import { filterMembers, presentMembers, shapeParticipant } from "../shapes/participants.ts";
import { collectUpdates } from "../updates/collect.ts";

function photoOf(world: World, view: AccountView, chat: WorldChat): TlObject {
  if (!chat.hasPhoto) return { _: "photoEmpty", id: 0 };
  return shapePhoto(world, view, world.content.profilePhoto(chat.id));
}

function channelOf(call: Call, view: AccountView, request: TlObject): WorldChat {
  const id = readChannel(view, objectOf(request, "channel"));
  view.assertReadable(id);
  return call.world.chat(id)!;
}

function fullChannel(call: Call, view: AccountView, chat: WorldChat): TlObject {
  const dialog = view.dialog(chat.id);
  const admin = view.membership(chat.id)?.rights !== null && view.membership(chat.id) !== null;
  const from = chat.migratedFrom === null ? undefined : bareId(chat.migratedFrom);
  return {
    _: "channelFull",
    can_view_participants: chat.kind === "supergroup" || admin,
    id: bareId(chat.id),
    about: chat.about,
    participants_count: chat.memberCount,
    admins_count: admin ? filterMembers(chat, { _: "channelParticipantsAdmins" }, call.world).length : undefined,
    read_inbox_max_id: dialog?.readInboxMaxId ?? 0,
    read_outbox_max_id: dialog?.readOutboxMaxId ?? 0,
    unread_count: dialog?.unread ?? 0,
    chat_photo: photoOf(call.world, view, chat),
    notify_settings: { _: "peerNotifySettings" },
    migrated_from_chat_id: from,
    migrated_from_max_id: from === undefined ? undefined : (view.topMessage(chat.migratedFrom!)?.id ?? 0),
    linked_chat_id: chat.linkedChatId === null ? undefined : bareId(chat.linkedChatId),
    slowmode_seconds: chat.slowModeSeconds || undefined,
    folder_id: dialog?.folderId === 1 ? 1 : undefined,
    pts: view.pts(chat.id),
  };
}

function fullGroup(call: Call, view: AccountView, chat: WorldChat): TlObject {
  const id = bareId(chat.id);
  const participants = presentMembers(chat).map((member) => {
    const user_id = member.userId;
    if (member.status === "creator") return { _: "chatParticipantCreator", user_id };
    const name = member.status === "admin" ? "chatParticipantAdmin" : "chatParticipant";
    return { _: name, user_id, inviter_id: member.inviterId ?? user_id, date: member.joinedAt };
  });
  return {
    _: "chatFull",
    id,
    about: chat.about,
    participants: { _: "chatParticipants", chat_id: id, participants, version: 1 },
    chat_photo: chat.hasPhoto ? photoOf(call.world, view, chat) : undefined,
    notify_settings: { _: "peerNotifySettings" },
  };
}

function byHash(call: Call, hash: string): WorldChat {
  if (hash === "") refuse(400, "INVITE_HASH_EMPTY");
  return call.world.chats().find((chat) => chat.inviteHash === hash) ?? refuse(400, "INVITE_HASH_INVALID");
}

export const chatMethods: Record<string, Method> = {
  "channels.getChannels": (request, call) => {
    const view = me(call);
    const ids = objectsOf(request, "id").map((input) => readChannel(view, input));
    const chats = ids.map((id) => shapeChat(call.world, view, id)).filter((chat) => chat !== null);
    if (chats.length === 0) refuse(400, "CHANNEL_INVALID");
    return { _: "messages.chats", chats };
  },
  "messages.getChats": (request, call) => {
    const view = me(call);
    const ids = longsOf(request, "id").map((id) => groupId(Number(id)));
    const chats = ids.map((id) => shapeChat(call.world, view, id)).filter((chat) => chat !== null);
    if (chats.length === 0) refuse(400, "CHAT_ID_INVALID");
    return { _: "messages.chats", chats };
  },
  "channels.getFullChannel": (request, call) => {
    const view = me(call);
    const chat = channelOf(call, view, request);
    const mentioned = new Mentioned(call.world, view).add(chat.id, chat.linkedChatId, chat.migratedFrom);
    return { _: "messages.chatFull", full_chat: fullChannel(call, view, chat), ...mentioned.fields() };
  },
  "messages.getFullChat": (request, call) => {
    const view = me(call);
    const chat = call.world.chat(readGroup(view, idOf(request, "chat_id"))) ?? refuse(400, "CHAT_ID_INVALID");
    const mentioned = new Mentioned(call.world, view).add(chat.id, chat.migratedTo);
    mentioned.add(...presentMembers(chat).map((member) => member.userId));
    return { _: "messages.chatFull", full_chat: fullGroup(call, view, chat), ...mentioned.fields() };
  },
  "channels.getParticipants": (request, call) => {
    const view = me(call);
    const chat = channelOf(call, view, request);
    const rights = view.membership(chat.id)?.rights;
    if (chat.kind === "channel" && !rights) refuse(400, "CHAT_ADMIN_REQUIRED");
    const all = filterMembers(chat, objectOf(request, "filter"), call.world);
    const offset = intOf(request, "offset");
    const page = all.slice(offset, offset + Math.min(200, intOf(request, "limit")));
    return {
      _: "channels.channelParticipants",
      count: objectOf(request, "filter")?._ === "channelParticipantsRecent" ? chat.memberCount : all.length,
      participants: page.map((member) => shapeParticipant(member, member.userId === view.id)),
      ...new Mentioned(call.world, view).add(chat.id, ...page.map((member) => member.userId)).fields(),
    };
  },
  "channels.getParticipant": (request, call) => {
    const view = me(call);
    const chat = channelOf(call, view, request);
    const userId = readPeer(view, objectOf(request, "participant"));
    const member = chat.members.get(userId);
    if (!member || member.status === "left") refuse(400, "USER_NOT_PARTICIPANT");
    return {
      _: "channels.channelParticipant",
      participant: shapeParticipant(member, userId === view.id),
      ...new Mentioned(call.world, view).add(chat.id, userId).fields(),
    };
  },
  "channels.getLeftChannels": (_request, call) => {
    const view = me(call);
    if (call.takeoutId === null) refuse(403, "TAKEOUT_REQUIRED");
    const left = call.world.chats().filter((chat) => view.membership(chat.id)?.status === "left");
    return { _: "messages.chats", chats: left.flatMap((chat) => shapeChat(call.world, view, chat.id) ?? []) };
  },
  "messages.getCommonChats": () => ({ _: "messages.chats", chats: [] }),
  "channels.getSendAs": () => ({ _: "channels.sendAsPeers", peers: [], chats: [], users: [] }),
  "channels.getChannelRecommendations": () => ({ _: "messages.chats", chats: [] }),
  "messages.checkChatInvite": (request, call) => {
    const view = me(call);
    const chat = byHash(call, textOf(request, "hash"));
    const member = view.membership(chat.id);
    if (member && member.status !== "left" && member.status !== "banned") {
      return { _: "chatInviteAlready", chat: shapeChat(call.world, view, chat.id) };
    }
    return {
      _: "chatInvite",
      channel: chat.kind !== "group",
      broadcast: chat.kind === "channel",
      megagroup: chat.kind === "supergroup",
      public: chat.username !== null,
      title: chat.title,
      about: chat.about || undefined,
      photo: photoOf(call.world, view, chat),
      participants_count: chat.memberCount,
    };
  },
  "messages.importChatInvite": (request, call) => {
    const view = me(call);
    const { id } = byHash(call, textOf(request, "hash"));
    const status = view.membership(id)?.status;
    if (status && status !== "left" && status !== "banned") refuse(400, "USER_ALREADY_PARTICIPANT");
    const hash = textOf(request, "hash");
    const answer = collectUpdates(call, view, () => view.joinByHash(hash));
    return { ...answer, ...new Mentioned(call.world, view).add(id).fields() };
  },
};
