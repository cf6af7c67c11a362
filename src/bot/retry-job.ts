/** Doing a job again: whole, or only what it could not save. */
import type { Job } from "../core/job.ts";
import type { MediaFilter } from "../core/media-filter.ts";
import { submitArchive } from "./archive/flow.ts";
import type { BotContext } from "./context.ts";
import { submitScan } from "./scan/submit.ts";
import { submitDownload } from "./submit.ts";

const PAGE = 500;
/** More ids than this do not fit well into one job; the whole job is then done again, which skips what is there. */
const RETRIED_AT_MOST = 5_000;

export type Again = "started" | "already" | "nothing";

export async function retryFailed(ctx: BotContext, rootId: string): Promise<Again> {
  const { db } = ctx.services;
  const root = await db.jobs.get(rootId);
  if (root?.task !== "scan") return "nothing";
  const messageIds: number[] = [];
  for (;;) {
    const { messages, total } = await db.messages.failedOf(rootId, { limit: PAGE, offset: messageIds.length });
    messageIds.push(...messages.map(({ messageId }) => messageId));
    if (total > RETRIED_AT_MOST) return again(ctx, root, root.payload.filter);
    if (messages.length === 0 || messageIds.length >= total) break;
  }
  return messageIds.length === 0 ? "nothing" : again(ctx, root, { messageIds });
}

export async function repeatJob(ctx: BotContext, rootId: string): Promise<Again> {
  const root = await ctx.services.db.jobs.get(rootId);
  if (root?.task === "index") {
    const order = { wish: root.payload, requestKey: `update:${ctx.update.update_id}` };
    return submitScan(ctx, { ...order, replyTo: ctx.callbackQuery?.message?.message_id ?? null });
  }
  if (root?.task === "archive") {
    const replyTo = ctx.callbackQuery?.message?.message_id ?? null;
    const requestKey = `update:${ctx.update.update_id}`;
    return submitArchive(ctx, root.payload, root.title, { requestKey, replyTo });
  }
  return root?.task === "scan" ? again(ctx, root, root.payload.filter) : "nothing";
}

function again(ctx: BotContext, root: Job<"scan">, filter: MediaFilter): Promise<Again> {
  return submitDownload(ctx, {
    chat: { chatId: root.payload.chatId, title: root.title },
    filter,
    requestKey: `update:${ctx.update.update_id}`,
    replyTo: ctx.callbackQuery?.message?.message_id ?? null,
  });
}
