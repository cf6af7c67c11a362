import { randomBytes } from "node:crypto";
import { type Draft, isUserId, type World, type WorldMessage } from "../../world/types.ts";
import type { Call, Methods } from "../bot.ts";
import { chatOf } from "../chat-access.ts";
import { messageJson } from "../json/message.ts";
import { messageOf, readMessageIds } from "../message-ids.ts";
import { badRequest } from "../refusal.ts";
import { commonDraft, readCaption } from "../send.ts";

export const forwarding: Methods = {
  forwardMessage(call) {
    const message = source(call, "message to forward");
    if (message.service) throw badRequest("the message can't be forwarded");
    const [forwarded] = forward(call, message.peerId, [message.id]);
    return messageJson(call.world, call.bot, forwarded!);
  },

  forwardMessages(call) {
    const { chatId, messages } = sources(call);
    return idsOf(
      forward(
        call,
        chatId,
        messages.map((message) => message.id),
      ),
    );
  },

  copyMessage(call) {
    const message = source(call, "message to copy");
    const target = chatOf(call, "write");
    const caption = call.params.has("caption") ? readCaption(call.params) : {};
    const draft = { ...copyOf(call.world, message), ...caption, ...commonDraft(call, target) };
    call.rate.spend(target, 1, call.world.clock.nowMs());
    return { message_id: call.bot.view.send(target, draft).id };
  },

  copyMessages(call) {
    const { messages } = sources(call);
    const target = chatOf(call, "write");
    const common = commonDraft(call, target);
    const albums = new Map<bigint, bigint>();
    const bare = call.params.boolean("remove_caption");
    const drafts = messages.map((message): Draft => {
      const copy = copyOf(call.world, message);
      const groupedId = message.groupedId && albumOf(albums, message.groupedId);
      const caption = bare && copy.media ? { text: "", entities: [] } : {};
      return { ...copy, ...caption, ...common, ...(groupedId && { groupedId }) };
    });
    call.rate.spend(target, drafts.length, call.world.clock.nowMs());
    return idsOf(drafts.map((draft) => call.bot.view.send(target, draft)));
  },
};

const idsOf = (messages: readonly WorldMessage[]) => messages.map(({ id }) => ({ message_id: id }));

function albumOf(albums: Map<bigint, bigint>, old: bigint): bigint {
  const album = albums.get(old) ?? randomBytes(8).readBigInt64BE();
  albums.set(old, album);
  return album;
}

function source(call: Call, what: string): WorldMessage {
  return messageOf(call, chatOf(call, "read", "from_chat_id"), what);
}

function sources(call: Call): { chatId: number; messages: WorldMessage[] } {
  const ids = readMessageIds(call);
  if (ids.some((id, index) => index > 0 && id <= ids[index - 1]!)) {
    throw badRequest("message identifiers must be in a strictly increasing order");
  }
  const chatId = chatOf(call, "read", "from_chat_id");
  const messages = ids.map((id) => call.bot.view.message(chatId, id)).filter((found) => found !== null);
  const usable = messages.filter((message) => !message.service);
  if (usable.length === 0) throw badRequest("there are no messages to forward");
  return { chatId, messages: usable };
}

function forward(call: Call, fromId: number, ids: number[]): WorldMessage[] {
  const target = chatOf(call, "write");
  const { params, bot, world, rate } = call;
  rate.spend(target, ids.length, world.clock.nowMs());
  const topicId = params.integer("message_thread_id", 0);
  return bot.view.forward(fromId, ids, target, {
    silent: params.boolean("disable_notification"),
    ...(topicId > 0 && { topicId }),
  });
}

/** The content of a message as if the bot had made it; what is protected stays where it is. */
function copyOf(world: World, message: WorldMessage): Draft {
  const isProtected = message.noforwards || (!isUserId(message.peerId) && world.chat(message.peerId)?.noforwards);
  if (message.service || isProtected) throw badRequest("message can't be copied");
  const { text, entities, media, replyMarkup } = message;
  const inline = replyMarkup?.inline_keyboard ? { replyMarkup } : {};
  return { text, entities, ...(media && { media }), ...inline };
}
