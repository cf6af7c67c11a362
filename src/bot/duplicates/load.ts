/** What the answers of /duplicates are made from. */
import type { Chat } from "../../core/media.ts";
import type { BotContext } from "../context.ts";
import { needDatabase } from "../needs-database.ts";

/** While the shared database is away nobody knows what the other machines hold. */
export const assertDatabase = (ctx: BotContext): Promise<void> => needDatabase(ctx, ctx.voice.t.duplicates.away);

export async function chatsOf(ctx: BotContext, chatIds: readonly number[]): Promise<Map<number, Chat>> {
  const found = new Map<number, Chat>();
  for (const chatId of new Set(chatIds)) {
    const chat = await ctx.services.db.chats.get(chatId);
    if (chat) found.set(chatId, chat);
  }
  return found;
}
