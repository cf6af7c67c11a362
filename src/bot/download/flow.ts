/** Walks the guided download: shows the step that the draft stands at. */

import { UserError } from "../../core/errors.ts";
import type { Chat } from "../../core/media.ts";
import type { BotContext } from "../context.ts";
import { keepDraft } from "../dialogue.ts";
import { lastDownload } from "../last-download.ts";
import { chatOf, editView, sendView } from "../sending.ts";
import type { View } from "../view.ts";
import {
  chatStepView,
  RECENT_CHATS,
  searchStepView,
  sizeStepView,
  typedStepView,
  whatStepView,
  whenStepView,
} from "../views/download.ts";
import type { Flow, Step } from "./draft.ts";

/** Edits the flow's message into a view, or sends one where there is none yet, and saves the draft. */
export async function present(ctx: BotContext, { draft }: Flow, view: View): Promise<void> {
  const chatId = chatOf(ctx);
  const edited = draft.messageId !== null && (await editView(ctx.api, chatId, draft.messageId, view));
  if (!edited) draft.messageId = await sendView(ctx.api, chatId, view);
  await keepDraft(ctx, draft);
}

/** Goes to a step that only asks; the summary is settle.ts. */
export async function goTo(
  ctx: BotContext,
  flow: Flow,
  step: Exclude<Step, "summary">,
  problem?: string,
): Promise<void> {
  flow.data.step = step;
  await present(ctx, flow, await stepView(ctx, flow, step, problem ?? null));
}

async function stepView(
  ctx: BotContext,
  flow: Flow,
  step: Exclude<Step, "summary">,
  problem: string | null,
): Promise<View> {
  const { voice } = ctx;
  const { draft, data } = flow;
  switch (step) {
    case "chat":
      return chatView(ctx, flow);
    case "search":
      return searchStepView(voice, draft.id);
    case "what":
      return whatStepView(voice, draft.id, await chatOfFlow(ctx, flow), data);
    case "when":
      return whenStepView(voice, draft.id, await chatOfFlow(ctx, flow), data);
    case "size":
      return sizeStepView(voice, draft.id, await chatOfFlow(ctx, flow), data);
    case "when-typed":
      return typedStepView(voice, draft.id, "when", problem);
    case "size-typed":
      return typedStepView(voice, draft.id, "size", problem);
  }
}

async function chatView(ctx: BotContext, { draft }: Flow): Promise<View> {
  const { db } = ctx.services;
  const { chats } = await db.chats.list({ except: ctx.me.id }, { limit: RECENT_CHATS + 1, offset: 0 });
  const last = await lastDownload(db.settings);
  // Saved Messages has a button of its own.
  const recent = chats.filter(({ isSelf }) => !isSelf).slice(0, RECENT_CHATS);
  return chatStepView(ctx.voice, draft.id, recent, last && (await db.chats.get(last.chatId)));
}

export async function chatOfFlow(ctx: BotContext, { data }: Flow): Promise<Chat> {
  const chat = data.chatId === null ? null : await ctx.services.db.chats.get(data.chatId);
  if (!chat) throw new UserError(ctx.voice.t.chats.gone);
  return chat;
}
