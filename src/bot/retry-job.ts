/** Doing a job again: whole, or only what it could not save. */
import type { BotContext } from "./context.ts";
import { submitDownload } from "./submit.ts";

const PAGE = 500;
/** More ids than this do not fit well into one job; the whole job is then done again, which skips what is there. */
const RETRIED_AT_MOST = 5_000;

export async function retryFailed(ctx: BotContext, rootId: string): Promise<boolean> {
  const { db } = ctx.services;
  const root = await db.jobs.get(rootId);
  if (root?.task !== "scan") return false;
  const messageIds: number[] = [];
  for (;;) {
    const { messages, total } = await db.messages.failedOf(rootId, { limit: PAGE, offset: messageIds.length });
    messageIds.push(...messages.map(({ messageId }) => messageId));
    if (messages.length === 0 || messageIds.length >= total) break;
    if (total > RETRIED_AT_MOST) return repeatJob(ctx, rootId);
  }
  if (messageIds.length === 0) return false;
  await again(ctx, rootId, { messageIds });
  return true;
}

export async function repeatJob(ctx: BotContext, rootId: string): Promise<boolean> {
  const root = await ctx.services.db.jobs.get(rootId);
  if (root?.task !== "scan") return false;
  await again(ctx, rootId, root.payload.filter);
  return true;
}

async function again(
  ctx: BotContext,
  rootId: string,
  filter: Parameters<typeof submitDownload>[1]["filter"],
): Promise<void> {
  const root = await ctx.services.db.jobs.get(rootId);
  if (root?.task !== "scan") return;
  const chat = { chatId: root.payload.chatId, title: root.title };
  const replyTo = ctx.callbackQuery?.message?.message_id ?? null;
  await submitDownload(ctx, { chat, filter, requestKey: `update:${ctx.update.update_id}`, replyTo });
}
