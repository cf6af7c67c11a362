/** What the answers of /duplicates are made from. */
import { RetryLaterError } from "../../core/errors.ts";
import type { Chat } from "../../core/media.ts";
import type { BotContext } from "../context.ts";

const TRY_AGAIN_MS = 10_000;

/** While the shared database is away nobody knows what the other machines hold. */
export async function assertDatabase(ctx: BotContext): Promise<void> {
  const { db, now } = ctx.services;
  const { awaySince } = await db.status();
  if (awaySince)
    throw new RetryLaterError("The database does not answer.", new Date(now().getTime() + TRY_AGAIN_MS), "DATABASE");
}

export async function chatsOf(ctx: BotContext, chatIds: readonly number[]): Promise<Map<number, Chat>> {
  const found = new Map<number, Chat>();
  for (const chatId of new Set(chatIds)) {
    const chat = await ctx.services.db.chats.get(chatId);
    if (chat) found.set(chatId, chat);
  }
  return found;
}
