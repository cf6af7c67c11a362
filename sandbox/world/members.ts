import { announceNew, audience, historyFor, put, startNumbering } from "./delivering.ts";
import { newest } from "./reading.ts";
import { isPresent, may } from "./rights.ts";
import type { WorldState } from "./state.ts";
import { type Member, Refusal, type ServiceAction, type WorldChat } from "./types.ts";

/** Coming and going. */

const stranger = (userId: number): Member => ({
  userId,
  status: "left",
  rights: null,
  rank: "",
  joinedAt: 0,
  inviterId: null,
});

/** Sets what a user is in a chat and tells the bots and accounts it concerns. */
export function setMember(state: WorldState, chat: WorldChat, actorId: number, next: Member): void {
  const old = chat.members.get(next.userId) ?? stranger(next.userId);
  chat.members.set(next.userId, next);
  chat.memberCount += Number(isPresent(next)) - Number(isPresent(old));
  const history = historyFor(state, next.userId, chat.id);
  if (isPresent(next) && state.accounts.has(next.userId)) {
    startNumbering(history, next.userId);
    const dialog = state.dialogOf(next.userId, chat.id);
    dialog.open = true;
    dialog.readInboxMaxId = newest(state, next.userId, chat.id)?.id ?? 0;
  }
  const date = state.clock.now();
  for (const viewerId of new Set([...audience(state, history), next.userId])) {
    state.tell(viewerId, { type: "chat-member", peerId: chat.id, actorId, date, userId: next.userId, old, new: next });
    if (viewerId === next.userId) state.tell(viewerId, { type: "chat-changed", peerId: chat.id });
  }
}

export function tellChat(state: WorldState, chat: WorldChat, fromId: number, service: ServiceAction): void {
  if (chat.kind === "channel" && service.type.startsWith("chat-")) return;
  const history = historyFor(state, fromId, chat.id);
  const body = { fromId, date: state.clock.now(), text: "", entities: [], service };
  announceNew(state, history, put(state, history, { body }));
}

const known = (state: WorldState, chatId: number): WorldChat => {
  const chat = state.chats.get(chatId);
  if (!chat) throw new Refusal(400, "PEER_ID_INVALID");
  return chat;
};

function enter(state: WorldState, chat: WorldChat, userId: number, inviterId: number): void {
  const joinedAt = state.clock.now();
  setMember(state, chat, inviterId, { userId, status: "member", rights: null, rank: "", joinedAt, inviterId });
}

export function join(state: WorldState, accountId: number, chatId: number): void {
  const chat = known(state, chatId);
  const member = chat.members.get(accountId);
  if (member?.status === "banned") throw new Refusal(400, "CHANNEL_PRIVATE");
  if (isPresent(member)) throw new Refusal(400, "USER_ALREADY_PARTICIPANT");
  if (chat.username === null) throw new Refusal(400, "CHANNEL_PRIVATE");
  enter(state, chat, accountId, accountId);
  tellChat(state, chat, accountId, { type: "chat-add-user", userIds: [accountId] });
}

export function joinByHash(state: WorldState, accountId: number, hash: string): WorldChat {
  const chat = [...state.chats.values()].find((one) => one.inviteHash === hash);
  if (!chat) throw new Refusal(400, "INVITE_HASH_INVALID");
  if (isPresent(chat.members.get(accountId))) throw new Refusal(400, "USER_ALREADY_PARTICIPANT");
  enter(state, chat, accountId, accountId);
  tellChat(state, chat, accountId, { type: "chat-joined-by-link", inviterId: accountId });
  return chat;
}

export function leave(state: WorldState, accountId: number, chatId: number): void {
  const chat = known(state, chatId);
  const member = chat.members.get(accountId);
  if (!member || !isPresent(member)) throw new Refusal(400, "USER_NOT_PARTICIPANT");
  tellChat(state, chat, accountId, { type: "chat-delete-user", userId: accountId });
  setMember(state, chat, accountId, { ...member, status: "left", rights: null });
  state.dialogOf(accountId, chatId).open = false;
}

export function addMember(state: WorldState, accountId: number, chatId: number, userId: number): void {
  const chat = known(state, chatId);
  const own = chat.members.get(accountId);
  if (!isPresent(own)) throw new Refusal(400, "CHANNEL_PRIVATE");
  if (chat.kind === "channel" && !may(chat, accountId, "inviteUsers")) throw new Refusal(400, "CHAT_ADMIN_REQUIRED");
  const user = state.users.get(userId);
  if (!user) throw new Refusal(400, "USER_ID_INVALID");
  if (user.isBot && state.accounts.get(userId)?.bot?.canJoinGroups === false)
    throw new Refusal(400, "BOT_GROUPS_BLOCKED");
  if (isPresent(chat.members.get(userId))) throw new Refusal(400, "USER_ALREADY_PARTICIPANT");
  enter(state, chat, userId, accountId);
  tellChat(state, chat, accountId, { type: "chat-add-user", userIds: [userId] });
}
