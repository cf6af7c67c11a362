import { type Dialog, isUserId, type World } from "../world/types.ts";
import { hasPhoto, nameOf, usernameOf } from "./names.ts";
import { summary } from "./view-message.ts";

export type ChatRow = {
  id: number;
  kind: "saved" | "user" | "bot" | "group" | "supergroup" | "channel";
  name: string;
  username: string | null;
  hasPhoto: boolean;
  members: number | null;
  protected: boolean;
  preview: string;
  date: number;
  unread: number;
  pinned: boolean;
  archived: boolean;
  muted: boolean;
};

export function kindOf(world: World, peerId: number): ChatRow["kind"] {
  if (peerId === world.ownerId) return "saved";
  if (!isUserId(peerId)) return world.chat(peerId)?.kind ?? "group";
  return world.people.get(peerId)?.isBot ? "bot" : "user";
}

/** The owner's chats in the order of the phone. */
export function chatRows(world: World): ChatRow[] {
  return world
    .as(world.ownerId)
    .dialogs()
    .map((dialog) => chatRow(world, dialog));
}

function chatRow(world: World, dialog: Dialog): ChatRow {
  const { peerId } = dialog;
  const top = world.as(world.ownerId).topMessage(peerId);
  const chat = isUserId(peerId) ? null : world.chat(peerId);
  return {
    id: peerId,
    kind: kindOf(world, peerId),
    name: nameOf(world, peerId),
    username: usernameOf(world, peerId),
    hasPhoto: hasPhoto(world, peerId),
    members: chat?.memberCount ?? null,
    protected: chat?.noforwards ?? false,
    preview: top ? summary(world, top) : "",
    date: top?.date ?? dialog.topDate,
    unread: dialog.unread,
    pinned: dialog.pinned,
    archived: dialog.folderId === 1,
    muted: dialog.muted,
  };
}
