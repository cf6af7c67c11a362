/** The owner's folders: lists of chats, and rules that take chats in by their kind. */
import { Api } from "telegram/tl/index.js";
import type { Chat, ChatId } from "../../core/media.ts";
import type { Caller } from "./caller.ts";
import { chatIdOf } from "./peers.ts";

export interface Folder {
  id: number;
  included: ReadonlySet<ChatId>;
  excluded: ReadonlySet<ChatId>;
  groups: boolean;
  channels: boolean;
  bots: boolean;
  /** Contacts and others alike: whether a person is a contact changes too often to be kept. */
  people: boolean;
  excludeArchived: boolean;
}

export async function readFolders(caller: Caller, signal: AbortSignal): Promise<Folder[]> {
  const { filters } = await caller.call(new Api.messages.GetDialogFilters(), { signal });
  return filters.flatMap((filter) => {
    if (filter instanceof Api.DialogFilterDefault) return [];
    const rules = filter instanceof Api.DialogFilter ? filter : null;
    return {
      id: filter.id,
      included: idsOf([...filter.pinnedPeers, ...filter.includePeers]),
      excluded: idsOf(rules?.excludePeers ?? []),
      groups: rules?.groups === true,
      channels: rules?.broadcasts === true,
      bots: rules?.bots === true,
      people: rules?.contacts === true || rules?.nonContacts === true,
      excludeArchived: rules?.excludeArchived === true,
    };
  });
}

export function foldersOf(chat: Chat, folders: readonly Folder[]): number[] {
  return folders.filter((folder) => isIn(chat, folder)).map(({ id }) => id);
}

function isIn(chat: Chat, folder: Folder): boolean {
  if (folder.included.has(chat.chatId)) return true;
  if (folder.excluded.has(chat.chatId) || (folder.excludeArchived && chat.archived)) return false;
  if (chat.type === "channel") return folder.channels;
  if (chat.type !== "user") return folder.groups;
  return chat.isBot ? folder.bots : folder.people;
}

const idsOf = (peers: readonly Api.TypeInputPeer[]): Set<ChatId> =>
  new Set(peers.map(chatIdOf).filter((id) => id !== null));
