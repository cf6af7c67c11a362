import type { ServiceAction, World, WorldMessage } from "../world/types.ts";
import { authorName } from "./names.ts";

/** One sentence for what happened in a chat. */
export function serviceText(world: World, message: WorldMessage, action: ServiceAction): string {
  const who = message.fromId === world.ownerId ? "You" : authorName(world, message.fromId);
  const names = (ids: readonly number[]) => ids.map((id) => authorName(world, id)).join(", ");
  switch (action.type) {
    case "chat-create":
      return `${who} created the group “${action.title}”`;
    case "channel-create":
      return `“${action.title}” was created`;
    case "chat-edit-title":
      return `${who} changed the name to “${action.title}”`;
    case "chat-add-user":
      return action.userIds.length === 1 && action.userIds[0] === message.fromId
        ? `${who} joined`
        : `${who} added ${names(action.userIds)}`;
    case "chat-delete-user":
      return action.userId === message.fromId ? `${who} left` : `${who} removed ${names([action.userId])}`;
    case "chat-joined-by-link":
      return `${who} joined by a link`;
    case "chat-migrate-to":
      return "This group became a supergroup";
    case "channel-migrate-from":
      return `This supergroup was the group “${action.title}”`;
    case "pin-message":
      return `${who} pinned a message`;
    case "history-clear":
      return "The history was cleared";
    case "phone-call":
      return `${action.video ? "Video call" : "Call"} · ${action.reason === "hangup" ? `${action.duration} s` : action.reason}`;
    case "topic-create":
      return `Topic “${action.title}” was created`;
    case "topic-edit":
      if (action.closed !== undefined) return action.closed ? "The topic was closed" : "The topic was opened again";
      return `The topic is now “${action.title ?? ""}”`;
    case "contact-sign-up":
      return `${who} joined Telegram`;
    case "screenshot":
      return `${who} took a screenshot`;
    case "requested-peer":
      return `You chose ${names(action.peerIds)}`;
  }
}
