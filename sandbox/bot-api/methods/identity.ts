import type { Call, Methods } from "../bot.ts";
import { userJson } from "../json/people.ts";
import { badRequest } from "../refusal.ts";

export const identity: Methods = {
  getMe({ world, bot }) {
    const abilities = bot.view.account.bot;
    return {
      ...userJson(world, bot.id),
      can_join_groups: abilities?.canJoinGroups ?? false,
      can_read_all_group_messages: abilities?.readsAllGroupMessages ?? false,
      supports_inline_queries: abilities?.supportsInline ?? false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
    };
  },
  logOut: () => true,
  close: () => true,
  setMyName: (call) => setText(call, "name", 64),
  getMyName: ({ bot, params }) => ({
    name: bot.profile.text("name", params.text("language_code")) || bot.view.user.firstName,
  }),
  setMyDescription: (call) => setText(call, "description", 512),
  getMyDescription: ({ bot, params }) => ({
    description: bot.profile.text("description", params.text("language_code")),
  }),
  setMyShortDescription: (call) => setText(call, "short_description", 120),
  getMyShortDescription: ({ bot, params }) => ({
    short_description: bot.profile.text("short_description", params.text("language_code")),
  }),
};

function setText({ bot, params }: Call, kind: string, limit: number): true {
  const text = params.text(kind);
  if (text.length > limit) throw badRequest(`BOT_${kind === "name" ? "TITLE" : "ABOUT"}_INVALID`);
  bot.profile.setText(kind, params.text("language_code"), text);
  return true;
}
