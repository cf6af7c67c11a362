import { isChannelId, isUserId } from "../../world/types.ts";
import type { Call, Methods } from "../bot.ts";
import { chatOf } from "../chat-access.ts";
import type { BotCommand, MenuButton, ScopeKey } from "../profile.ts";
import { badRequest } from "../refusal.ts";

export const commands: Methods = {
  setMyCommands(call) {
    const scope = readScope(call);
    call.bot.profile.setCommands(scope, readLanguage(call), readCommands(call));
    return true;
  },
  getMyCommands(call) {
    return call.bot.profile.commands(readScope(call), readLanguage(call));
  },
  deleteMyCommands(call) {
    call.bot.profile.setCommands(readScope(call), readLanguage(call), []);
    return true;
  },
  setChatMenuButton(call) {
    const chatId = call.params.has("chat_id") ? chatOf(call, "read") : 0;
    call.bot.profile.setMenuButton(chatId, readButton(call));
    return true;
  },
  getChatMenuButton(call) {
    return call.bot.profile.menuButton(call.params.has("chat_id") ? chatOf(call, "read") : 0);
  },
};

function readCommands({ params }: Call): BotCommand[] {
  const list = params.json("commands", "commands");
  if (!Array.isArray(list)) throw badRequest("expected an Array of BotCommand");
  if (list.length > 100) throw badRequest("BOT_COMMANDS_TOO_MUCH");
  return list.map((item: unknown) => {
    if (typeof item !== "object" || item === null) throw badRequest("can't parse BotCommand: expected an Object");
    const fields = params.inside(item);
    const command = fields.text("command").replace(/^\//, "");
    const description = fields.text("description").trim();
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest("BOT_COMMAND_INVALID");
    if (description.length < 1 || description.length > 256) throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
    return { command, description };
  });
}

function readLanguage({ params }: Call): string {
  const language = params.text("language_code");
  if (language && !/^[a-z]{2}$/.test(language)) throw badRequest("invalid language code specified");
  return language;
}

const PLAIN_SCOPES = ["default", "all_private_chats", "all_group_chats", "all_chat_administrators"];

function readScope(call: Call): ScopeKey {
  const value = call.params.json("scope", "BotCommandScope");
  if (value === undefined) return "default";
  const where = "can't parse BotCommandScope: ";
  if (typeof value !== "object" || value === null) throw badRequest(`${where}BotCommandScope must be an Object`);
  const fields = call.params.inside(value);
  const type = fields.text("type");
  if (PLAIN_SCOPES.includes(type)) return type;
  if (!["chat", "chat_administrators", "chat_member"].includes(type)) {
    throw badRequest(`${where}Unsupported type specified`);
  }
  if (!fields.has("chat_id")) throw badRequest(`${where}Empty chat_id specified`);
  const chatId = chatOf({ ...call, params: fields }, "read");
  if (isChannelId(chatId) && call.world.chat(chatId)?.kind === "channel") {
    throw badRequest("can't change commands in channel chats");
  }
  if (type === "chat") return `chat:${chatId}`;
  if (isUserId(chatId)) throw badRequest("can't use specified scope in private chats");
  return type === "chat_member" ? `chat_member:${chatId}:${fields.integer("user_id", 0)}` : `${type}:${chatId}`;
}

function readButton({ params }: Call): MenuButton {
  const value = params.json("menu_button", "menu button");
  if (value === undefined) return { type: "default" };
  if (typeof value !== "object" || value === null)
    throw badRequest("can't parse menu button: MenuButton must be an Object");
  const fields = params.inside(value);
  const type = fields.text("type");
  if (type === "default" || type === "commands") return { type };
  if (type !== "web_app") throw badRequest("can't parse menu button: MenuButton has unsupported type");
  const app = fields.json("web_app");
  const url = typeof app === "object" && app !== null ? fields.inside(app).text("url") : "";
  if (!url.startsWith("https://")) {
    throw badRequest(`menu button Web App URL '${url}' is invalid: Only HTTPS links are allowed`);
  }
  return { type, text: fields.text("text"), web_app: { url } };
}
