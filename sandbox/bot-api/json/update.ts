import { isUserId, type World, type WorldMessage, type WorldUpdate } from "../../world/types.ts";
import type { Bot } from "../bot.ts";
import { memberJson } from "./member.ts";
import { messageJson } from "./message.ts";
import { chatJson, type Json, userJson } from "./people.ts";

export type NamedUpdate = { kind: string; value: Json };

/** What a bot is told of something that happened, or null where bots are not told. */
export function updateJson(world: World, bot: Bot, update: WorldUpdate): NamedUpdate | null {
  switch (update.type) {
    case "new-message":
      return messageUpdate(world, bot, update.message, "");
    case "edit-message":
      return messageUpdate(world, bot, update.message, "edited_");
    case "callback-query": {
      const { query } = update;
      bot.knownUsers.add(query.fromId);
      const value = {
        id: query.id,
        from: userJson(world, query.fromId),
        message: messageJson(world, bot, query.message),
        chat_instance: query.chatInstance,
        data: query.data,
      };
      return { kind: "callback_query", value };
    }
    case "inline-query": {
      const { id, fromId, query, offset, chatType } = update.query;
      const value = { id, from: userJson(world, fromId), chat_type: chatType, query, offset };
      return { kind: "inline_query", value };
    }
    case "chat-member": {
      const value = {
        chat: chatJson(world, update.peerId),
        from: userJson(world, update.actorId),
        date: update.date,
        old_chat_member: memberJson(world, update.old),
        new_chat_member: memberJson(world, update.new),
      };
      return { kind: update.userId === bot.id ? "my_chat_member" : "chat_member", value };
    }
    case "bot-blocked":
      return blockedUpdate(world, bot, update);
    case "reaction":
      return reactionUpdate(world, update);
    default:
      return null;
  }
}

function messageUpdate(world: World, bot: Bot, message: WorldMessage, prefix: string): NamedUpdate | null {
  if (message.out || !isHeard(world, bot, message)) return null;
  const isPost = world.chat(message.peerId)?.kind === "channel";
  return { kind: `${prefix}${isPost ? "channel_post" : "message"}`, value: messageJson(world, bot, message) };
}

const UNTOLD = new Set(["history-clear", "phone-call", "contact-sign-up", "screenshot"]);

/** In groups a bot with privacy on hears commands, mentions of it, replies to it and service messages. */
function isHeard(world: World, bot: Bot, message: WorldMessage): boolean {
  if (message.service) return !UNTOLD.has(message.service.type);
  if (isUserId(message.peerId)) return true;
  const { view } = bot;
  const status = view.membership(message.peerId)?.status;
  if (status === "admin" || status === "creator" || view.account.bot?.readsAllGroupMessages) return true;
  if (world.chat(message.peerId)?.kind === "channel") return true;
  const name = view.user.username?.toLowerCase() ?? "";
  const words = message.entities.map((entity) =>
    message.text.slice(entity.offset, entity.offset + entity.length).toLowerCase(),
  );
  if (words.includes(`@${name}`)) return true;
  const command = message.entities.findIndex((entity) => entity.type === "bot_command");
  if (command >= 0) return !words[command]!.includes("@") || words[command]!.endsWith(`@${name}`);
  const original = message.replyTo && view.message(message.peerId, message.replyTo.messageId);
  return original?.fromId === bot.id;
}

function blockedUpdate(world: World, bot: Bot, update: Extract<WorldUpdate, { type: "bot-blocked" }>): NamedUpdate {
  const me = userJson(world, bot.id);
  const free = { user: me, status: "member" };
  const blocked = { user: me, status: "kicked", until_date: 0 };
  const value = {
    chat: chatJson(world, update.userId),
    from: userJson(world, update.userId),
    date: update.date,
    old_chat_member: update.blocked ? free : blocked,
    new_chat_member: update.blocked ? blocked : free,
  };
  return { kind: "my_chat_member", value };
}

function reactionUpdate(world: World, update: Extract<WorldUpdate, { type: "reaction" }>): NamedUpdate {
  const list = (emoji: string[]) => emoji.map((one) => ({ type: "emoji", emoji: one }));
  const value = {
    chat: chatJson(world, update.peerId),
    message_id: update.messageId,
    user: userJson(world, update.actorId),
    date: update.date,
    old_reaction: list(update.old),
    new_reaction: list(update.new),
  };
  return { kind: "message_reaction", value };
}
