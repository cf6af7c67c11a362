/** How long it takes to count a chat that was never read. */
import type { ChatId } from "../../core/media.ts";
import type { BotContext } from "../context.ts";
import { typing } from "../sending.ts";

/** A hundred come with one call, and Telegram bears two or three calls a second for long. */
const MESSAGES_A_MINUTE = 15_000;
/** The offer is worth more than its number: without an answer by then it goes out alone. */
const WITHIN_MS = 3_000;

/** Whole minutes, or null where nobody answers in time. */
export async function minutesToCount(ctx: BotContext, chatId: ChatId): Promise<number | null> {
  try {
    const options = { title: ctx.voice.t.stats.countingTitle, timeoutMs: WITHIN_MS, typing: typing(ctx) };
    const { messages } = await ctx.services.ask("count", { chatId }, options);
    return Math.max(1, Math.ceil(messages / MESSAGES_A_MINUTE));
  } catch {
    return null;
  }
}
