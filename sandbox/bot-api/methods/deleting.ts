import { isChannelId, type WorldMessage } from "../../world/types.ts";
import type { Call, Methods } from "../bot.ts";
import { chatOf } from "../chat-access.ts";
import { messageOf, readMessageIds } from "../message-ids.ts";
import { badRequest } from "../refusal.ts";

const OLDEST_SECONDS = 48 * 60 * 60;

export const deleting: Methods = {
  deleteMessage(call) {
    const chatId = chatOf(call, "write");
    const message = messageOf(call, chatId, "message to delete");
    if (!isDeletable(call, message)) throw badRequest("message can't be deleted for everyone");
    remove(call, chatId, [message.id]);
    return true;
  },

  /** What is not there, or cannot be deleted, is passed over. */
  deleteMessages(call) {
    const ids = readMessageIds(call);
    const chatId = chatOf(call, "write");
    const found = ids.filter((id) => {
      const message = call.bot.view.message(chatId, id);
      return message !== null && isDeletable(call, message);
    });
    if (found.length > 0) remove(call, chatId, found);
    return true;
  },

  pinChatMessage(call) {
    const chatId = chatOf(call, "write");
    const { id } = messageOf(call, chatId, "message to pin");
    call.bot.view.pin(chatId, id, true, call.params.boolean("disable_notification"));
    return true;
  },

  unpinChatMessage(call) {
    const chatId = chatOf(call, "write");
    const id = call.params.has("message_id")
      ? messageOf(call, chatId, "message to unpin").id
      : lastPinned(call, chatId);
    if (id === undefined) throw badRequest("message to unpin not found");
    call.bot.view.pin(chatId, id, false, true);
    return true;
  },

  unpinAllChatMessages(call) {
    const chatId = chatOf(call, "write");
    for (let id = lastPinned(call, chatId); id !== undefined; id = lastPinned(call, chatId)) {
      call.bot.view.pin(chatId, id, false, true);
    }
    return true;
  },
};

function remove({ bot }: Call, chatId: number, ids: number[]): void {
  bot.view.delete(isChannelId(chatId) ? chatId : null, ids, true);
}

/** Bots delete what is younger than two days; in groups others' messages only as an admin who may. */
function isDeletable({ bot, world }: Call, message: WorldMessage): boolean {
  const member = message.peerId < 0 ? bot.view.membership(message.peerId) : null;
  const mayAll = member?.status === "creator" || (member?.status === "admin" && member.rights?.deleteMessages === true);
  if (mayAll && isChannelId(message.peerId)) return true;
  if (message.date < world.clock.now() - OLDEST_SECONDS) return false;
  return message.out || message.peerId > 0 || mayAll;
}

function lastPinned({ bot }: Call, chatId: number): number | undefined {
  return bot.view.history(chatId, { filter: "pinned", limit: 1 }).messages[0]?.id;
}
