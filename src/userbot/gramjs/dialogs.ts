/** All chats of the account, page by page: what stands in the list, in the archive, and in which folders. */
import bigInt from "big-integer";
import { Api } from "telegram/tl/index.js";
import type { Chat, ChatId } from "../../core/media.ts";
import type { Caller } from "./caller.ts";
import { chatOfGroup, chatOfUser } from "./convert-chat.ts";
import { foldersOf, readFolders } from "./folders.ts";
import { channelChatId, chatIdOf, groupChatId, type PeerBook, type WithPeers } from "./peers.ts";

const PAGE = 100;
const MAIN_AND_ARCHIVE = [0, 1];

export async function* readDialogs(caller: Caller, peers: PeerBook, signal: AbortSignal): AsyncGenerator<Chat[]> {
  const folders = await readFolders(caller, signal);
  const seen = new Set<ChatId>();
  for (const folderId of MAIN_AND_ARCHIVE) {
    let offset: Offset | null = { offsetDate: 0, offsetId: 0, offsetPeer: new Api.InputPeerEmpty() };
    let first = true;
    while (offset) {
      const page: Api.messages.TypeDialogs = await caller.call(
        new Api.messages.GetDialogs({
          ...offset,
          folderId,
          // Pinned ones come first in the first page, whatever their date.
          excludePinned: first ? undefined : true,
          limit: PAGE,
          hash: bigInt.zero,
        }),
        { signal },
      );
      if (page instanceof Api.messages.DialogsNotModified) break;
      peers.learn(page);
      const known = chatsById(page);
      const chats: Chat[] = [];
      for (const dialog of page.dialogs) {
        if (!(dialog instanceof Api.Dialog)) continue;
        const chatId = chatIdOf(dialog.peer);
        if (chatId === null || seen.has(chatId)) continue;
        const chat = known.get(chatId);
        if (chat === null) continue;
        seen.add(chatId);
        chats.push({
          ...(chat ?? nameless(dialog.peer, chatId)),
          unread: dialog.unreadCount,
          lastMessageAt: topDate(dialog, page.messages),
          archived: (dialog.folderId ?? folderId) === 1,
        });
      }
      for (const chat of chats) chat.folders = foldersOf(chat, folders);
      if (chats.length > 0) yield chats;
      offset = page instanceof Api.messages.DialogsSlice ? nextOffset(page, offset, peers, chats.length) : null;
      first = false;
    }
  }
}

interface Offset {
  offsetDate: number;
  offsetId: number;
  offsetPeer: Api.TypeInputPeer;
}

/** Where the next page begins, by the last dialog whose message came along; null where nothing is left to find. */
function nextOffset(page: Api.messages.DialogsSlice, before: Offset, peers: PeerBook, fresh: number): Offset | null {
  if (page.dialogs.length === 0) return null;
  let next: Offset | null = null;
  for (const dialog of page.dialogs) {
    if (!(dialog instanceof Api.Dialog) || dialog.pinned) continue;
    const date = topDate(dialog, page.messages);
    const chatId = chatIdOf(dialog.peer);
    if (date === null || chatId === null) continue;
    next = {
      offsetDate: date.getTime() / 1000,
      offsetId: dialog.topMessage,
      offsetPeer: peers.inputPeer({ chatId, accessHash: null }),
    };
  }
  // A page of pinned ones alone is followed by the rest.
  if (!next) return fresh > 0 && before.offsetDate === 0 ? before : null;
  const moved = next.offsetDate !== before.offsetDate || next.offsetId !== before.offsetId;
  return moved ? next : null;
}

function topDate(dialog: Api.Dialog, messages: readonly Api.TypeMessage[]): Date | null {
  const chatId = chatIdOf(dialog.peer);
  for (const message of messages) {
    if (message instanceof Api.MessageEmpty || message.id !== dialog.topMessage) continue;
    if (chatIdOf(message.peerId) === chatId) return new Date(message.date * 1000);
  }
  return null;
}

/**
 * Null marks one that shall not be listed. A basic group that has become a supergroup shall: the messages from before
 * stand there alone, and would be out of reach otherwise.
 */
export function chatsById({ users, chats }: WithPeers): Map<ChatId, Chat | null> {
  const known = new Map<ChatId, Chat | null>();
  for (const user of users) if (user instanceof Api.User) known.set(user.id.toJSNumber(), chatOfUser(user));
  for (const chat of chats) {
    const isChannel = chat instanceof Api.Channel || chat instanceof Api.ChannelForbidden;
    const chatId = isChannel ? channelChatId(chat.id) : groupChatId(chat.id);
    known.set(chatId, chatOfGroup(chat));
  }
  return known;
}

/** Telegram has left out who it is: the chat is there all the same. */
function nameless(peer: Api.TypePeer, chatId: ChatId): Chat {
  const type = peer instanceof Api.PeerUser ? "user" : peer instanceof Api.PeerChat ? "group" : "supergroup";
  return {
    chatId,
    type,
    title: `Chat ${chatId}`,
    username: null,
    accessHash: null,
    unread: 0,
    lastMessageAt: null,
    archived: false,
    folders: [],
    isForum: false,
    isBot: false,
    isSelf: false,
    restricted: false,
    linkedChatId: null,
    lastScanAt: null,
  };
}
