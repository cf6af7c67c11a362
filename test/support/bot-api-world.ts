/** A tiny world with a Bot API in front of it: an owner, a stranger, a bot and a few chats. */
import { Api } from "grammy";
import { type BotApiOptions, startBotApi } from "../../sandbox/bot-api/server.ts";
import { Builder } from "../../sandbox/world/builder.ts";
import { LocalWorld } from "../../sandbox/world/world.ts";

export const OWNER = 1001;
export const STRANGER = 1002;
export const BOT = 700_100;
export const TOKEN = `${BOT}:test-token-of-the-sandbox-bot-0000000`;

export interface BotApiWorld {
  world: LocalWorld;
  builder: Builder;
  url: string;
  api: Api;
  /** The owner types to the bot; answers with the message's number on the bot's side. */
  ownerSays(text: string): number;
  close(): Promise<void>;
}

export async function startBotApiWorld(options: BotApiOptions = { rate: null }): Promise<BotApiWorld> {
  const world = new LocalWorld({ seed: 7, ownerId: OWNER, apiId: 1, apiHash: "hash" });
  const builder = new Builder(world, world.clock.now());
  builder.user(OWNER, "Alex", { phone: "15550001", languageCode: "en" });
  builder.user(STRANGER, "Eve", { phone: "15550002" });
  builder.user(BOT, "Helper Bot", { username: "helper_bot", isBot: true });
  builder.account(OWNER);
  builder.account(STRANGER);
  builder.account(BOT, {
    token: TOKEN,
    bot: { canJoinGroups: true, readsAllGroupMessages: false, supportsInline: true },
  });
  const server = await startBotApi(world, options);
  const owner = world.as(OWNER);
  return {
    world,
    builder,
    url: server.url,
    api: new Api(TOKEN, { apiRoot: server.url }),
    ownerSays(text) {
      owner.send(BOT, { text });
      return world.as(BOT).topMessage(OWNER)!.id;
    },
    close: () => server.close(),
  };
}
