import { intOf, objectOf, objectsOf, type TlObject, textOf } from "../../tl/value.ts";
import { type AccountView, bareId, type ChatFolder, type Dialog, isChannelId, isUserId } from "../../world/types.ts";
import { peerOf } from "./peers.ts";

export function shapeDialog(dialog: Dialog): TlObject {
  return {
    _: "dialog",
    pinned: dialog.pinned,
    peer: peerOf(dialog.peerId),
    top_message: dialog.topMessageId,
    read_inbox_max_id: dialog.readInboxMaxId,
    read_outbox_max_id: dialog.readOutboxMaxId,
    unread_count: dialog.unread,
    unread_mentions_count: dialog.unreadMentions,
    notify_settings: { _: "peerNotifySettings", mute_until: dialog.muted ? 2147483647 : undefined },
    pts: dialog.pts ?? undefined,
    folder_id: dialog.folderId === 1 ? 1 : undefined,
  };
}

export function inputPeer(view: AccountView, id: number): TlObject {
  if (isUserId(id)) return { _: "inputPeerUser", user_id: id, access_hash: view.accessHash(id) };
  if (isChannelId(id)) return { _: "inputPeerChannel", channel_id: bareId(id), access_hash: view.accessHash(id) };
  return { _: "inputPeerChat", chat_id: bareId(id) };
}

export function shapeFolder(view: AccountView, folder: ChatFolder): TlObject {
  const peers = (ids: number[]) => ids.map((id) => inputPeer(view, id));
  return {
    _: "dialogFilter",
    contacts: folder.contacts,
    non_contacts: folder.nonContacts,
    groups: folder.groups,
    broadcasts: folder.broadcasts,
    bots: folder.bots,
    exclude_muted: folder.excludeMuted,
    exclude_read: folder.excludeRead,
    exclude_archived: folder.excludeArchived,
    id: folder.id,
    title: { _: "textWithEntities", text: folder.title },
    emoticon: folder.emoticon ?? undefined,
    pinned_peers: peers(folder.pinnedIds),
    include_peers: peers(folder.includeIds),
    exclude_peers: peers(folder.excludeIds),
  };
}

export function readFolder(object: TlObject, read: (peer: TlObject) => number): ChatFolder {
  const title = objectOf(object, "title");
  return {
    id: intOf(object, "id"),
    title: title ? textOf(title, "text") : "",
    emoticon: textOf(object, "emoticon") || null,
    includeIds: objectsOf(object, "include_peers").map(read),
    pinnedIds: objectsOf(object, "pinned_peers").map(read),
    excludeIds: objectsOf(object, "exclude_peers").map(read),
    contacts: object.contacts === true,
    nonContacts: object.non_contacts === true,
    groups: object.groups === true,
    broadcasts: object.broadcasts === true,
    bots: object.bots === true,
    excludeMuted: object.exclude_muted === true,
    excludeRead: object.exclude_read === true,
    excludeArchived: object.exclude_archived === true,
  };
}
