/** The buttons of the guided download. */

import { fmt } from "@grammyjs/parse-mode";
import { UserError } from "../../core/errors.ts";
import type { FilterType, MediaFilter } from "../../core/media-filter.ts";
import { FILTER_TYPES } from "../../core/media-filter.ts";
import type { PressHandler } from "../command.ts";
import type { BotContext } from "../context.ts";
import { keepDraft } from "../dialogue.ts";
import { askFor } from "../find-chat.ts";
import { lastDownload } from "../last-download.ts";
import { show } from "../sending.ts";
import { expiredView } from "../views/download.ts";
import { choose } from "./choose.ts";
import { type Flow, loadFlow, openFlow } from "./draft.ts";
import { goTo, present } from "./flow.ts";
import { openPicker } from "./picker.ts";
import { withDates, withSize } from "./ranges.ts";
import { settle, start } from "./settle.ts";

/** What it returns, if text, is shown as a toast. */
type Action = (ctx: BotContext, flow: Flow, argument: string) => Promise<unknown>;

export const pressDownload: PressHandler = async (ctx, [id = "", action = "", ...rest]) => {
  const flow = await loadFlow(ctx, id);
  const { common } = ctx.voice.t;
  if (!flow) return common.pressOnce;
  flow.draft.messageId = ctx.callbackQuery?.message?.message_id ?? flow.draft.messageId;
  if (flow.expired && action !== "renew" && action !== "cancel") {
    await show(ctx, expiredView(ctx.voice, id));
    return undefined;
  }
  const handler = ACTIONS[action];
  if (!handler) return common.stale;
  const toast = await handler(ctx, flow, rest.join(":"));
  return typeof toast === "string" ? toast : undefined;
};

/** "Download" on a chat's card: the flow begins at its second step, in the same message. */
export const pressDownloadChat: PressHandler = async (ctx, [chatId]) => {
  const flow = await openFlow(ctx, { chatId: Number(chatId), replyTo: null });
  flow.draft.messageId = ctx.callbackQuery?.message?.message_id ?? null;
  await goTo(ctx, flow, "what");
  return undefined;
};

const ACTIONS: Record<string, Action> = {
  step: async (ctx, flow, step) => {
    if (STEPS.has(step)) await goTo(ctx, flow, step as Parameters<typeof goTo>[2]);
  },
  chat: (ctx, flow, chatId) => choose(ctx, flow, Number(chatId)),
  saved: async (ctx, flow) => {
    const self = (await ctx.services.db.chats.self()) ?? (await askFor(ctx, "me"))?.chat;
    if (!self) throw new UserError(ctx.voice.t.chats.gone);
    return choose(ctx, flow, self.chatId);
  },
  search: (ctx, flow) => goTo(ctx, flow, "search"),
  pick: (ctx, flow) => openPicker(ctx, flow),
  again: async (ctx, flow) => {
    const last = await lastDownload(ctx.services.db.settings);
    if (!last) return ctx.voice.t.common.pressOnce;
    flow.data.chatId = last.chatId;
    flow.data.filter = last.filter;
    await settle(ctx, flow, { asked: true });
  },
  type: async (ctx, flow, type) => {
    flow.data.filter = toggled(flow.data.filter, type);
    await goTo(ctx, flow, "what");
  },
  "any-type": async (ctx, flow) => {
    const { types: _, ...rest } = flow.data.filter;
    flow.data.filter = rest;
    await settle(ctx, flow, { asked: true });
  },
  when: async (ctx, flow, words) => {
    const wasSummary = flow.data.step === "summary";
    flow.data.filter = withDates(ctx, flow.data.filter, words);
    if (wasSummary) await settle(ctx, flow, { asked: true });
    else await goTo(ctx, flow, "size");
  },
  size: async (ctx, flow, words) => {
    flow.data.filter = withSize(ctx, flow.data.filter, words);
    await settle(ctx, flow, { asked: true });
  },
  start: async (ctx, flow) => ((await start(ctx, flow)) ? undefined : ctx.voice.t.jobs.already),
  renew: async (ctx, flow) => {
    await keepDraft(ctx, flow.draft);
    if (flow.data.chatId === null) await goTo(ctx, flow, "chat");
    else if (flow.data.step === "summary") await settle(ctx, flow, { asked: true });
    else await goTo(ctx, flow, flow.data.step);
  },
  cancel: async (ctx, flow) => {
    await present(ctx, flow, { text: fmt`${ctx.voice.t.common.closed}` });
    await ctx.services.db.drafts.take(flow.draft.id);
  },
};

const STEPS = new Set(["chat", "search", "what", "when", "when-typed", "size", "size-typed"]);

function toggled(filter: MediaFilter, word: string): MediaFilter {
  const type = FILTER_TYPES.find((known) => known === word);
  if (!type) return filter;
  const before: FilterType[] = filter.types ?? [];
  const after = before.includes(type) ? before.filter((one) => one !== type) : [...before, type];
  const { types: _, ...rest } = filter;
  return after.length > 0 ? { ...rest, types: after } : rest;
}
