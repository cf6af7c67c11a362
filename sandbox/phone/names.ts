import { bareId, isChannelId, isUserId, type World } from "../world/types.ts";

/** What a person or chat is called on the owner's phone. */
export function nameOf(world: World, peerId: number): string {
  if (peerId === world.ownerId) return "Saved Messages";
  return authorName(world, peerId);
}

/** The same, where it says who wrote something. */
export function authorName(world: World, peerId: number): string {
  if (!isUserId(peerId)) return world.chat(peerId)?.title ?? "Chat";
  const user = world.people.get(peerId);
  if (!user || user.deleted) return "Deleted account";
  return [user.firstName, user.lastName].filter(Boolean).join(" ");
}

export function usernameOf(world: World, peerId: number): string | null {
  return (isUserId(peerId) ? world.people.get(peerId)?.username : world.chat(peerId)?.username) ?? null;
}

export function hasPhoto(world: World, peerId: number): boolean {
  return (isUserId(peerId) ? world.people.get(peerId)?.hasPhoto : world.chat(peerId)?.hasPhoto) ?? false;
}

/** The address of a message, or null where messages have none: private chats and basic groups. */
export function messageLink(world: World, peerId: number, messageId: number): string | null {
  if (!isChannelId(peerId)) return null;
  const name = usernameOf(world, peerId);
  return `https://t.me/${name ?? `c/${bareId(peerId)}`}/${messageId}`;
}
