import { allRights } from "./rights.ts";
import type { Member, MemberStatus, MessageBody, ServiceAction, WorldChat } from "./types.ts";

/** Who is in a chat that is being built, and its first message. */

export type Ranks = Record<"creator" | "admins" | "juniorAdmins" | "members", readonly number[]>;

/** Whoever stands in several ranks has the highest. */
export function rosterOf(joinedAt: number, ranks: Ranks): Map<number, Member> {
  const roster = new Map<number, Member>();
  const put = (ids: readonly number[], status: MemberStatus, rights: Member["rights"]) => {
    for (const userId of ids) roster.set(userId, { userId, status, rights, rank: "", joinedAt, inviterId: null });
  };
  put(ranks.members, "member", null);
  put(ranks.juniorAdmins, "admin", { ...allRights, deleteMessages: false });
  put(ranks.admins, "admin", allRights);
  put(ranks.creator, "creator", allRights);
  return roster;
}

/** "Group created". */
export function birthOf(chat: WorldChat, fromId: number): MessageBody[] {
  const { title, kind, createdAt: date, members } = chat;
  const service: ServiceAction =
    kind === "group" ? { type: "chat-create", title, userIds: [...members.keys()] } : { type: "channel-create", title };
  return [{ fromId: kind === "channel" ? chat.id : fromId, date, text: "", entities: [], service }];
}
