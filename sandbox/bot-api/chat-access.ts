import { isGroupId, isUserId, type Member, type WorldChat } from "../world/types.ts";
import type { Call } from "./bot.ts";
import { badRequest, forbidden, Refusal } from "./refusal.ts";

export type Access = "read" | "edit" | "write";

/** The chat a call names, once it is sure that the bot may do there what it wants to do. */
export function chatOf(call: Call, access: Access, parameter = "chat_id"): number {
  const named = call.params.text(parameter);
  if (!named) throw badRequest(parameter === "chat_id" ? "chat_id is empty" : `parameter "${parameter}" is required`);
  const id = named.startsWith("@") ? publicChat(call, named.slice(1)) : Number.parseInt(named, 10);
  if (!Number.isSafeInteger(id) || id === 0) throw notFound();
  if (isUserId(id)) checkPerson(call, id, access);
  else checkChat(call, id, access);
  return id;
}

const notFound = () => badRequest("chat not found");

/** By @name a bot reaches channels and supergroups only, never people. */
function publicChat(call: Call, username: string): number {
  const found = call.world.findUsername(username);
  if (!found || isUserId(found.peerId)) throw notFound();
  return found.peerId;
}

function checkPerson({ world, bot }: Call, userId: number, access: Access): void {
  const user = world.people.get(userId);
  if (!user) throw notFound();
  if (!bot.view.hasChatWith(userId)) {
    if (access === "write" && user.isBot) throw forbidden("bots can't send messages to bots");
    if (access === "write" && bot.knownUsers.has(userId)) {
      throw forbidden("bot can't initiate conversation with a user");
    }
    throw notFound();
  }
  if (user.deleted && access !== "read") throw forbidden("user is deactivated");
  if (access === "write" && bot.view.blocked(userId).byThem) throw forbidden("bot was blocked by the user");
}

function checkChat({ world, bot }: Call, chatId: number, access: Access): void {
  const chat = world.chat(chatId);
  if (!chat) throw notFound();
  const status = bot.view.membership(chatId)?.status;
  const isMember = status !== undefined && status !== "left" && status !== "banned";
  const kind = isGroupId(chatId) ? "group" : chat.kind;
  if (chat.deactivated && access === "write") throw upgraded(chat);
  if (status === "banned" && (kind !== "group" || access !== "read")) {
    throw forbidden(`bot was kicked from the ${kind} chat`);
  }
  const isOpen = kind !== "group" && chat.username !== null;
  if (!isMember && !(isOpen && access === "read")) {
    if (status === undefined && !isOpen) throw notFound();
    throw forbidden(`bot is not a member of the ${kind} chat`);
  }
  if (kind === "channel" && access === "write") checkPosting(bot.view.membership(chatId));
}

function checkPosting(member: Member | null): void {
  const mayPost = member?.status === "creator" || (member?.status === "admin" && member.rights?.postMessages);
  if (!mayPost) throw badRequest("need administrator rights in the channel chat");
}

function upgraded(chat: WorldChat): Refusal {
  if (chat.migratedTo === null) return forbidden("the group chat was deleted");
  return new Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", {
    migrate_to_chat_id: chat.migratedTo,
  });
}
