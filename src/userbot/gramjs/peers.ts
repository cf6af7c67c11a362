/** Which chat is which: marked ids as the Bot API writes them, and the access hash that this account needs for each. */
import bigInt from "big-integer";
import { Api } from "telegram/tl/index.js";
import type { Chat, ChatId } from "../../core/media.ts";

const CHANNEL_BASE = 1_000_000_000_000;
/** Enough for any account; a chat that fell out is asked for again. */
const REMEMBERED = 50_000;

type AnyPeer = Api.TypePeer | Api.TypeInputPeer;

export const channelChatId = (id: bigInt.BigInteger): ChatId => -(CHANNEL_BASE + id.toJSNumber());
export const groupChatId = (id: bigInt.BigInteger): ChatId => -id.toJSNumber();

export function chatIdOf(peer: AnyPeer): ChatId | null {
  if ("channelId" in peer) return channelChatId(peer.channelId);
  if ("chatId" in peer) return groupChatId(peer.chatId);
  if ("userId" in peer) return peer.userId.toJSNumber();
  return null;
}

export const isChannelId = (chatId: ChatId): boolean => chatId < -CHANNEL_BASE;
const bare = (chatId: ChatId) => bigInt(isChannelId(chatId) ? -chatId - CHANNEL_BASE : Math.abs(chatId));

/** What a reply brings along about people and chats. */
export interface WithPeers {
  users: Api.TypeUser[];
  chats: Api.TypeChat[];
}

/** Remembers access hashes and names of whom replies mentioned, the latest so many of them. */
export class PeerBook {
  readonly #hashes = new Map<ChatId, string>();
  readonly #names = new Map<ChatId, { name: string; username: string | null }>();
  selfId: ChatId | null = null;

  learn({ users, chats }: WithPeers): void {
    for (const user of users) {
      if (!(user instanceof Api.User)) continue;
      const id = user.id.toJSNumber();
      if (user.self) this.selfId = id;
      // A "min" user has no hash that could be used.
      if (user.accessHash && !user.min) this.#put(this.#hashes, id, user.accessHash.toString());
      this.#put(this.#names, id, { name: userName(user), username: usernameOf(user) });
    }
    for (const chat of chats) {
      if (chat instanceof Api.ChatEmpty) continue;
      const isChannel = chat instanceof Api.Channel || chat instanceof Api.ChannelForbidden;
      const id = isChannel ? channelChatId(chat.id) : groupChatId(chat.id);
      if (isChannel && chat.accessHash && !("min" in chat && chat.min))
        this.#put(this.#hashes, id, chat.accessHash.toString());
      this.#put(this.#names, id, { name: chat.title, username: chat instanceof Api.Channel ? usernameOf(chat) : null });
    }
  }

  nameOf(chatId: ChatId | null): string | null {
    return chatId === null ? null : (this.#names.get(chatId)?.name ?? null);
  }

  /** Lower case, without @. */
  usernameOf(chatId: ChatId): string | null {
    return this.#names.get(chatId)?.username?.toLowerCase() ?? null;
  }

  inputPeer(chat: Pick<Chat, "chatId" | "accessHash">): Api.TypeInputPeer {
    const { chatId } = chat;
    if (chatId === this.selfId) return new Api.InputPeerSelf();
    if (chatId < 0 && !isChannelId(chatId)) return new Api.InputPeerChat({ chatId: bare(chatId) });
    const accessHash = bigInt(this.#hashes.get(chatId) ?? chat.accessHash ?? "0");
    if (chatId > 0) return new Api.InputPeerUser({ userId: bare(chatId), accessHash });
    return new Api.InputPeerChannel({ channelId: bare(chatId), accessHash });
  }

  inputChannel(chat: Pick<Chat, "chatId" | "accessHash">): Api.InputChannel {
    const accessHash = bigInt(this.#hashes.get(chat.chatId) ?? chat.accessHash ?? "0");
    return new Api.InputChannel({ channelId: bare(chat.chatId), accessHash });
  }

  inputUser(userId: ChatId): Api.TypeInputUser {
    if (userId === this.selfId) return new Api.InputUserSelf();
    return new Api.InputUser({ userId: bigInt(userId), accessHash: bigInt(this.#hashes.get(userId) ?? "0") });
  }

  hasHash(chatId: ChatId): boolean {
    return this.#hashes.has(chatId) || chatId === this.selfId || (chatId < 0 && !isChannelId(chatId));
  }

  #put<V>(map: Map<ChatId, V>, id: ChatId, value: V): void {
    map.delete(id);
    map.set(id, value);
    if (map.size <= REMEMBERED) return;
    const [oldest] = map.keys();
    map.delete(oldest!);
  }
}

export function userName(user: Api.User): string {
  if (user.deleted) return "Deleted account";
  return [user.firstName, user.lastName].filter(Boolean).join(" ").trim() || usernameOf(user) || `User ${user.id}`;
}

/** The one a link would use; collectible names come as a list. */
export function usernameOf(who: Api.User | Api.Channel): string | null {
  if (who.username) return who.username;
  for (const name of who.usernames ?? []) if (name instanceof Api.Username && name.active) return name.username;
  return null;
}
