import type { AccountView, World } from "../world/types.ts";
import { FileIds } from "./file-ids.ts";
import type { Params } from "./params.ts";
import { type BotProfile, profileOf } from "./profile.ts";
import type { RateLimiter } from "./rate.ts";
import { UpdateQueue } from "./update-queue.ts";

/** One bot: its eyes on the world, and what the Bot API keeps for it. */
export type Bot = {
  id: number;
  view: AccountView;
  profile: BotProfile;
  queue: UpdateQueue;
  files: FileIds;
  /** People this bot has heard of, so that it is told apart from people it cannot know. */
  knownUsers: Set<number>;
  webhook: { url: string; ip?: string; secret?: string; maxConnections: number } | null;
};

/** One call of a method. */
export type Call = {
  world: World;
  bot: Bot;
  params: Params;
  rate: RateLimiter;
  /** Fires when the caller hangs up. */
  signal: AbortSignal;
};

export type Method = (call: Call) => unknown;
export type Methods = Record<string, Method>;

export function createBot(world: World, botId: number): Bot {
  return {
    id: botId,
    view: world.as(botId),
    profile: profileOf(world, botId),
    queue: new UpdateQueue(100_000_000 + (botId % 800_000_000), () => world.clock.nowMs()),
    files: new FileIds(botId),
    knownUsers: new Set(),
    webhook: null,
  };
}
