import type { WorldState } from "./state.ts";
import { type AdminRights, isUserId, type Member, Refusal, type WorldChat } from "./types.ts";

/** Who may do what; refusals carry Telegram's names. */

export const allRights: AdminRights = {
  changeInfo: true,
  postMessages: true,
  editMessages: true,
  deleteMessages: true,
  banUsers: true,
  inviteUsers: true,
  pinMessages: true,
  addAdmins: true,
  anonymous: false,
  manageCall: true,
  manageTopics: true,
};

const present = new Set(["creator", "admin", "member", "restricted"]);
export const isPresent = (member: Member | null | undefined): boolean => !!member && present.has(member.status);

export function may(chat: WorldChat, userId: number, right: keyof AdminRights): boolean {
  const member = chat.members.get(userId);
  if (member?.status === "creator") return true;
  return member?.status === "admin" && (member.rights?.[right] ?? false);
}

/** The chat, if this account may read it. */
export function readable(state: WorldState, accountId: number, peerId: number): WorldChat | null {
  if (isUserId(peerId)) {
    if (!state.users.has(peerId)) throw new Refusal(400, "PEER_ID_INVALID");
    return null;
  }
  const chat = state.chats.get(peerId);
  if (!chat) throw new Refusal(400, "PEER_ID_INVALID");
  const member = chat.members.get(accountId);
  if (isPresent(member)) return chat;
  if (chat.kind === "group") throw new Refusal(400, "PEER_ID_INVALID");
  if (member?.status === "banned") throw new Refusal(400, "CHANNEL_PRIVATE");
  const linked = chat.linkedChatId === null ? null : state.chats.get(chat.linkedChatId);
  const open = chat.username !== null || (linked?.kind === "channel" && linked.username !== null);
  if (!open || state.accounts.get(accountId)?.bot) throw new Refusal(400, "CHANNEL_PRIVATE");
  return chat;
}

/** Throws unless this account may write there. */
export function assertWritable(state: WorldState, accountId: number, peerId: number): void {
  const isBot = state.accounts.get(accountId)?.bot != null;
  if (isUserId(peerId)) {
    const user = state.users.get(peerId);
    if (!user) throw new Refusal(400, "PEER_ID_INVALID");
    if (user.deleted) throw new Refusal(400, "INPUT_USER_DEACTIVATED");
    if (isBot && user.isBot) throw new Refusal(400, "USER_IS_BOT");
    if (state.blocks.has(`${peerId}:${accountId}`)) throw new Refusal(400, "USER_IS_BLOCKED");
    if (state.blocks.has(`${accountId}:${peerId}`)) throw new Refusal(400, "YOU_BLOCKED_USER");
    if (isBot && !state.historyOf(accountId, peerId)?.length) throw new Refusal(400, "PEER_ID_INVALID");
    return;
  }
  const chat = readable(state, accountId, peerId);
  if (!chat) return;
  const member = chat.members.get(accountId);
  if (chat.deactivated) throw new Refusal(400, "CHAT_ID_INVALID");
  if (chat.kind === "channel" && !may(chat, accountId, "postMessages")) throw new Refusal(400, "CHAT_ADMIN_REQUIRED");
  if (!isPresent(member)) throw new Refusal(403, "CHAT_WRITE_FORBIDDEN");
  if (member?.status === "restricted") throw new Refusal(400, "USER_BANNED_IN_CHANNEL");
  const key = `${accountId}:${peerId}`;
  const wait = chat.slowModeSeconds - (state.clock.now() - (state.lastSent.get(key) ?? 0));
  if (chat.slowModeSeconds > 0 && member?.status === "member" && wait > 0)
    throw new Refusal(420, `SLOWMODE_WAIT_${wait}`);
}
