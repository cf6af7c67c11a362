/** Once chat and filter are known: refuse, ask, or start. */

import type { Chat } from "../../core/media.ts";
import type { DownloadPlan } from "../../core/tasks.ts";
import { NoAnswerError } from "../ask.ts";
import type { BotContext } from "../context.ts";
import { savedFolder } from "../saved-folder.ts";
import { typing } from "../sending.ts";
import { submitDownload } from "../submit.ts";
import { titleOf } from "../views/chats.ts";
import { countingView, nothingView, restrictedView, singleView, summaryView } from "../views/plan.ts";
import type { Flow } from "./draft.ts";
import { chatOfFlow, present } from "./flow.ts";

/** Above either, the owner is asked first. */
export const ASK_ABOVE = { files: 5_000, bytes: 5 * 1024 ** 3 };
const PLAN_WITHIN_MS = 60_000;

/**
 * Shows the summary, or starts at once where the command said everything and the plan is small. `asked` is true when
 * the owner came step by step, and so gets the summary anyway.
 */
export async function settle(ctx: BotContext, flow: Flow, { asked }: { asked: boolean }): Promise<void> {
  const { data, draft } = flow;
  data.step = "summary";
  const chat = await chatOfFlow(ctx, flow);
  if (chat.restricted && !ctx.settings.allowRestricted) {
    await present(ctx, flow, restrictedView(ctx.voice, draft.id, chat));
    return;
  }
  if (draft.messageId !== null) await present(ctx, flow, countingView(ctx.voice, chat, data.filter));
  data.plan = await planFor(ctx, chat, flow);

  if (data.plan?.files === 0) await present(ctx, flow, nothingView(ctx.voice, draft.id, chat, data));
  else if (data.single && asked) await present(ctx, flow, singleView(ctx.voice, draft.id, chat, data));
  else if (asked || !data.plan || isLarge(data.plan)) {
    await present(ctx, flow, summaryView(ctx.voice, draft.id, chat, data, data.plan !== null && isLarge(data.plan)));
  } else await start(ctx, flow);
}

/** The yes. True for the first of two taps. */
export async function start(ctx: BotContext, flow: Flow): Promise<boolean> {
  const { data, draft } = flow;
  const chat = await chatOfFlow(ctx, flow);
  const outcome = await submitDownload(ctx, {
    chat: { chatId: chat.chatId, title: titleOf(ctx.voice, chat) },
    filter: data.filter,
    requestKey: data.requestKey,
    replyTo: data.replyTo,
    ...(draft.messageId === null ? {} : { becomesCard: draft.messageId }),
  });
  await ctx.services.db.drafts.take(draft.id);
  return outcome === "started";
}

const isLarge = ({ files, bytes, freeBytes }: DownloadPlan): boolean =>
  files > ASK_ABOVE.files || bytes > ASK_ABOVE.bytes || bytes > freeBytes;

/** Null where counting takes too long: the owner may start all the same. */
async function planFor(ctx: BotContext, chat: Chat, { data }: Flow): Promise<DownloadPlan | null> {
  const { ask } = ctx.services;
  const options = { title: ctx.voice.t.common.looking, timeoutMs: PLAN_WITHIN_MS, typing: typing(ctx) };
  try {
    const plan = await ask("plan", { chatId: chat.chatId, filter: data.filter }, options);
    return { ...plan, directory: savedFolder(plan.directory, ctx.settings.filenameTemplate, chat) };
  } catch (error) {
    if (error instanceof NoAnswerError) return null;
    throw error;
  }
}
