import { Builder } from "../world/builder.ts";
import { hash64 } from "../world/random.ts";
import { LocalWorld } from "../world/world.ts";

/** Who lives in every seeded world: the owner, their bot, a stranger, a second account, and Telegram itself. */

export const OWNER_ID = 5_000_001;
export const SECOND_ID = 5_000_002;
export const STRANGER_ID = 5_000_900;
export const BOT_ID = 7_100_001;
export const TELEGRAM_ID = 777_000;

export interface SeedOptions {
  seed: number;
  /** Unix seconds that dates count back from. */
  base: number;
  /** The owner's second factor. */
  password: string | null;
  keyFile: string | null;
}

/** Looks like a token of BotFather's; the same for the same seed. */
export function tokenOf(seed: number, botId: number): string {
  const words = [1, 2, 3, 4, 5].map((n) => BigInt.asUintN(64, hash64("token", seed, botId, n)).toString(36));
  return `${botId}:AA${words.join("").padEnd(33, "x").slice(0, 33)}`;
}

export function castWorld(options: SeedOptions): { world: LocalWorld; builder: Builder } {
  const { seed, base, password, keyFile } = options;
  const apiHash = BigInt.asUintN(64, hash64("api", seed)).toString(16).padStart(16, "0").repeat(2);
  const world = new LocalWorld({ seed, ownerId: OWNER_ID, apiId: 4321, apiHash, keyFile });
  const builder = new Builder(world, base);
  builder.user(OWNER_ID, "Alex", { lastName: "Morgan", username: "alex", phone: "9996621234", contact: true });
  builder.account(OWNER_ID, { code: "22222", password, passwordHint: password ? "the cat" : "" });
  builder.user(SECOND_ID, "Maria", { lastName: "Kovač", username: "maria_k", phone: "9996625678", contact: true });
  builder.account(SECOND_ID, { code: "22222", homeDc: 1 });
  builder.user(STRANGER_ID, "Eve", { username: "eve_stranger", phone: "9996620666" });
  builder.account(STRANGER_ID, { code: "22222" });
  builder.user(TELEGRAM_ID, "Telegram", { phone: "42777", verified: true });
  builder.user(BOT_ID, "Telegram Utilities", { username: "alex_utilities_bot", isBot: true });
  builder.account(BOT_ID, {
    token: tokenOf(seed, BOT_ID),
    bot: { canJoinGroups: true, readsAllGroupMessages: false, supportsInline: true },
  });
  return { world, builder };
}
