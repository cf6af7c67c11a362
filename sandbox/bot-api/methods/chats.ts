import { isUserId } from "../../world/types.ts";
import type { Call, Methods } from "../bot.ts";
import { chatOf } from "../chat-access.ts";
import { memberJson } from "../json/member.ts";
import { messageJson } from "../json/message.ts";
import { fullChatJson, userJson } from "../json/people.ts";
import { badRequest, forbidden } from "../refusal.ts";

export const chats: Methods = {
  getChat(call) {
    const { world, bot } = call;
    const chatId = chatOf(call, "read");
    const canSeePins = isUserId(chatId) || bot.view.membership(chatId) !== null;
    const pinned = canSeePins ? bot.view.history(chatId, { filter: "pinned", limit: 1 }).messages[0] : undefined;
    return {
      ...fullChatJson(world, chatId),
      ...(pinned && { pinned_message: messageJson(world, bot, pinned, false) }),
    };
  },

  getChatMember(call) {
    const { world } = call;
    const chatId = chatOf(call, "read");
    const userId = call.params.integer("user_id", 0);
    if (userId <= 0) throw badRequest("invalid user_id specified");
    if (!world.people.get(userId)) throw badRequest("PARTICIPANT_ID_INVALID");
    if (isUserId(chatId)) return { user: userJson(world, userId), status: "member" };
    const member = groupOf(call, chatId).members.get(userId);
    return member ? memberJson(world, member) : { user: userJson(world, userId), status: "left" };
  },

  getChatAdministrators(call) {
    const chatId = chatOf(call, "read");
    if (isUserId(chatId)) throw badRequest("there are no administrators in the private chat");
    const members = [...groupOf(call, chatId).members.values()];
    return members
      .filter(({ status, userId }) => (status === "creator" || status === "admin") && userId !== call.bot.id)
      .map((member) => memberJson(call.world, member));
  },

  getChatMemberCount(call) {
    const chatId = chatOf(call, "read");
    return isUserId(chatId) ? 2 : groupOf(call, chatId).memberCount;
  },

  leaveChat(call) {
    const chatId = chatOf(call, "read");
    if (isUserId(chatId)) throw badRequest("can't leave private chats");
    const status = call.bot.view.membership(chatId)?.status;
    const kind = groupOf(call, chatId).kind;
    if (status === undefined || status === "left") throw forbidden(`bot is not a member of the ${kind} chat`);
    call.bot.view.leave(chatId);
    return true;
  },
};

function groupOf({ world }: Call, chatId: number) {
  const chat = world.chat(chatId);
  if (!chat) throw badRequest("chat not found");
  return chat;
}
