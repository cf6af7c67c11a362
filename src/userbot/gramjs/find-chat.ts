/** One chat by what a person may know of it. */
import { Api } from "telegram/tl/index.js";
import type { Chat } from "../../core/media.ts";
import { chatsById } from "./dialogs.ts";
import { faultOf } from "./errors.ts";
import type { HistorySource } from "./history.ts";
import { chatIdOf, isChannelId } from "./peers.ts";

/** `query` is "me", @name, a decimal id, +phone, or "invite:" and the link's hash. */
export async function findChat(source: HistorySource, query: string, signal: AbortSignal): Promise<Chat | null> {
  if (query === "me") return first(source, await users(source, [new Api.InputUserSelf()], signal));
  if (query.startsWith("@")) return byName(source, query.slice(1), signal);
  if (query.startsWith("+")) return byPhone(source, query.slice(1), signal);
  if (query.startsWith("invite:")) return byInvite(source, query.slice(7), signal);
  return /^-?\d+$/.test(query) ? byId(source, Number(query), signal) : null;
}

/** Adds what only the full description tells: the discussion group of a channel, and whether saving is forbidden. */
export async function describeChat({ caller, peers }: HistorySource, chat: Chat, signal: AbortSignal): Promise<Chat> {
  if (!isChannelId(chat.chatId)) return chat;
  const full = await caller.call(new Api.channels.GetFullChannel({ channel: peers.inputChannel(chat) }), { signal });
  peers.learn(full);
  const fresh = chatsById(full).get(chat.chatId);
  const linked = full.fullChat instanceof Api.ChannelFull ? full.fullChat.linkedChatId : undefined;
  const linkedChatId = linked ? chatIdOf(new Api.PeerChannel({ channelId: linked })) : null;
  return { ...chat, restricted: fresh?.restricted ?? chat.restricted, linkedChatId };
}

async function byName(source: HistorySource, username: string, signal: AbortSignal): Promise<Chat | null> {
  try {
    const found = await source.caller.call(new Api.contacts.ResolveUsername({ username }), { signal });
    source.peers.learn(found);
    const chatId = chatIdOf(found.peer);
    return chatId === null ? null : (chatsById(found).get(chatId) ?? null);
  } catch (error) {
    return nothing(error, /^USERNAME_/);
  }
}

async function byPhone(source: HistorySource, phone: string, signal: AbortSignal): Promise<Chat | null> {
  try {
    const found = await source.caller.call(new Api.contacts.ResolvePhone({ phone }), { signal });
    source.peers.learn(found);
    const chatId = chatIdOf(found.peer);
    return chatId === null ? null : (chatsById(found).get(chatId) ?? null);
  } catch (error) {
    return nothing(error, /^PHONE_NOT_OCCUPIED/);
  }
}

/** Only where the account has joined already: looking must not change anything. */
async function byInvite(source: HistorySource, hash: string, signal: AbortSignal): Promise<Chat | null> {
  try {
    const invite = await source.caller.call(new Api.messages.CheckChatInvite({ hash }), { signal });
    if (!(invite instanceof Api.ChatInviteAlready)) return null;
    const with_ = { users: [], chats: [invite.chat] };
    source.peers.learn(with_);
    return [...chatsById(with_).values()][0] ?? null;
  } catch (error) {
    return nothing(error, /^INVITE_HASH_/);
  }
}

async function byId(source: HistorySource, chatId: number, signal: AbortSignal): Promise<Chat | null> {
  const { caller, peers } = source;
  if (chatId === peers.selfId) return findChat(source, "me", signal);
  if (!peers.hasHash(chatId)) return null;
  const peer = { chatId, accessHash: null };
  try {
    if (chatId > 0) {
      const input = peers.inputPeer(peer) as Api.InputPeerUser;
      const user = new Api.InputUser({ userId: input.userId, accessHash: input.accessHash });
      return first(source, await users(source, [user], signal));
    }
    const request = isChannelId(chatId)
      ? new Api.channels.GetChannels({ id: [peers.inputChannel(peer)] })
      : new Api.messages.GetChats({ id: [(peers.inputPeer(peer) as Api.InputPeerChat).chatId] });
    const { chats } = await caller.call(request, { signal });
    return first(source, { users: [], chats });
  } catch (error) {
    return nothing(error, /^(CHANNEL_|CHAT_|PEER_|USER_)/);
  }
}

async function users({ caller }: HistorySource, id: Api.TypeInputUser[], signal: AbortSignal) {
  return { users: await caller.call(new Api.users.GetUsers({ id }), { signal }), chats: [] };
}

function first(source: HistorySource, found: { users: Api.TypeUser[]; chats: Api.TypeChat[] }): Chat | null {
  source.peers.learn(found);
  return [...chatsById(found).values()].find((chat) => chat !== null) ?? null;
}

function nothing(error: unknown, expected: RegExp): null {
  const fault = faultOf(error);
  if (fault && expected.test(fault.text)) return null;
  throw error;
}
