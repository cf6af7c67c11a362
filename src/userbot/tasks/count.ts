/** count — how many messages a chat has, asked of Telegram in one call. */
import type { Task } from "../task.ts";
import { knownChat } from "./known-chat.ts";

export const count: Task<"count"> = async ({ payload }, context) => {
  const chat = await knownChat(context, payload.chatId);
  const { total } = await context.telegram.countMatching(chat, {}, context.signal);
  return { messages: total };
};
