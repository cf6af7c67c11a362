import { type TlObject, textOf } from "../../tl/value.ts";
import type { Member, World, WorldChat } from "../../world/types.ts";
import { shapeAdminRights } from "./chats.ts";
import { peerOf } from "./peers.ts";

/** A member as channels and supergroups show one. */
export function shapeParticipant(member: Member, own: boolean): TlObject {
  const user_id = member.userId;
  const inviter = member.inviterId ?? undefined;
  const rank = member.rank || undefined;
  switch (member.status) {
    case "creator":
      return {
        _: "channelParticipantCreator",
        user_id,
        admin_rights: member.rights ? shapeAdminRights(member.rights) : { _: "chatAdminRights" },
        rank,
      };
    case "admin":
      return {
        _: "channelParticipantAdmin",
        self: own,
        user_id,
        inviter_id: own ? (inviter ?? user_id) : undefined,
        promoted_by: inviter ?? user_id,
        date: member.joinedAt,
        admin_rights: member.rights ? shapeAdminRights(member.rights) : { _: "chatAdminRights" },
        rank,
      };
    case "banned":
    case "restricted":
      return {
        _: "channelParticipantBanned",
        left: member.status === "banned",
        peer: peerOf(user_id),
        kicked_by: inviter ?? user_id,
        date: member.joinedAt,
        banned_rights: { _: "chatBannedRights", view_messages: member.status === "banned", send_messages: true },
      };
    case "left":
      return { _: "channelParticipantLeft", peer: peerOf(user_id) };
    default:
      return own
        ? { _: "channelParticipantSelf", user_id, inviter_id: inviter ?? user_id, date: member.joinedAt }
        : { _: "channelParticipant", user_id, date: member.joinedAt };
  }
}

export function presentMembers(chat: WorldChat): Member[] {
  return [...chat.members.values()].filter((member) => member.status !== "left" && member.status !== "banned");
}

/** Those that a ChannelParticipantsFilter asks for. */
export function filterMembers(chat: WorldChat, filter: TlObject | undefined, world: World): Member[] {
  const all = [...chat.members.values()];
  const present = presentMembers(chat);
  const named = (member: Member) => {
    const user = world.people.get(member.userId);
    const wanted = textOf(filter ?? { _: "" }, "q").toLowerCase();
    return `${user?.firstName ?? ""} ${user?.lastName ?? ""} ${user?.username ?? ""}`.toLowerCase().includes(wanted);
  };
  switch (filter?._) {
    case "channelParticipantsAdmins":
      return present.filter((member) => member.status === "creator" || member.status === "admin");
    case "channelParticipantsBots":
      return present.filter((member) => world.people.get(member.userId)?.isBot);
    case "channelParticipantsKicked":
      return all.filter((member) => member.status === "banned");
    case "channelParticipantsBanned":
      return all.filter((member) => member.status === "restricted");
    case "channelParticipantsSearch":
      return present.filter(named);
    default:
      return present;
  }
}
