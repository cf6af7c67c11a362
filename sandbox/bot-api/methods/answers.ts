import type { Methods } from "../bot.ts";
import { chatOf } from "../chat-access.ts";
import { messageOf } from "../message-ids.ts";
import { badRequest } from "../refusal.ts";

/** What Telegram lets people and bots react with. */
const REACTIONS = new Set(
  "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡".split(
    " ",
  ),
);

export const answers: Methods = {
  answerCallbackQuery({ bot, params }) {
    const text = params.text("text");
    if (text.length > 200) throw badRequest("MESSAGE_TOO_LONG");
    const url = params.text("url");
    if (url && !/^(?:https?:\/\/)?t\.me\/\w+\?(?:start|game)=/i.test(url)) throw badRequest("URL_INVALID");
    bot.view.answerCallback(params.text("callback_query_id"), {
      ...(text && { text }),
      ...(params.boolean("show_alert") && { alert: true }),
      ...(url && { url }),
      cacheTime: params.integer("cache_time", 0, 0),
    });
    return true;
  },

  answerInlineQuery({ bot, params }) {
    const results = params.json("results", "inline query results");
    if (!Array.isArray(results)) throw badRequest("expected an Array of inline query results");
    if (results.length > 50) throw badRequest("too many inline query results specified");
    const ids = results.map((result: unknown) => {
      if (typeof result !== "object" || result === null) throw badRequest("inline query result must be an object");
      return params.inside(result).text("id");
    });
    if (new Set(ids).size < ids.length) throw badRequest("RESULT_ID_DUPLICATE");
    if (ids.some((id) => Buffer.byteLength(id) < 1 || Buffer.byteLength(id) > 64))
      throw badRequest("RESULT_ID_INVALID");
    bot.view.answerInline(params.text("inline_query_id"), {
      results,
      cacheTime: params.integer("cache_time", 300, 0),
      personal: params.boolean("is_personal"),
      nextOffset: params.text("next_offset"),
    });
    return true;
  },

  setMessageReaction(call) {
    const chatId = chatOf(call, "edit");
    const { id } = messageOf(call, chatId, "message to react");
    const list = call.params.json("reaction", "reaction types") ?? [];
    if (!Array.isArray(list)) throw badRequest("expected an Array of ReactionType");
    const emoji = list.map((item: unknown) => {
      const fields = call.params.inside(Object(item));
      if (fields.text("type") !== "emoji") throw badRequest("REACTION_INVALID");
      return fields.text("emoji").replace(/\ufe0f$/, "");
    });
    if (emoji.length > 1) throw badRequest("REACTIONS_TOO_MANY");
    if (emoji.some((one) => !REACTIONS.has(one))) throw badRequest("REACTION_INVALID");
    call.bot.view.react(chatId, id, emoji);
    return true;
  },
};
