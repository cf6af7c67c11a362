/** /scan without words: chats are ticked in one message, then read together. */
import { fmt } from "@grammyjs/parse-mode";
import type { ChatId } from "../../core/media.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import type { Draft } from "../../db/db.ts";
import type { PressHandler } from "../command.ts";
import type { BotContext } from "../context.ts";
import { isExpired, keepDraft, openDraft } from "../dialogue.ts";
import { show } from "../sending.ts";
import type { View } from "../view.ts";
import { pageOf } from "../views/pager.ts";
import { expiredScanView, SCAN_CHATS_PER_PAGE, scanChoiceView } from "../views/scan.ts";
import { submitScan } from "./submit.ts";

export const SCAN = "scan";

export interface ScanDraft {
  chosen: ChatId[];
  filter: MediaFilter;
  full: boolean;
  page: number;
  replyTo: number | null;
  requestKey: string;
}

export async function openScan(ctx: BotContext, begin: Partial<ScanDraft> = {}): Promise<Draft & { data: ScanDraft }> {
  const data: ScanDraft = {
    chosen: [],
    filter: {},
    full: false,
    page: 1,
    replyTo: ctx.message?.message_id ?? null,
    requestKey: `update:${ctx.update.update_id}`,
    ...begin,
  };
  return { ...(await openDraft(ctx, SCAN, data)), data };
}

export async function choiceView(ctx: BotContext, draft: Draft & { data: ScanDraft }): Promise<View> {
  const { chats } = ctx.services.db;
  const all = { except: ctx.me.id };
  const { total } = await chats.list(all, { limit: 1, offset: 0 });
  const { page, pages, offset, limit } = pageOf(draft.data.page, total, SCAN_CHATS_PER_PAGE);
  const listed = await chats.list(all, { limit, offset });
  return scanChoiceView(ctx.voice, draft.id, { ...draft.data, page, pages, chats: listed.chats });
}

/** sc:<draft>:<action>:<argument> */
export const pressScan: PressHandler = async (ctx, [id = "", action = "", argument = ""]) => {
  const found = await ctx.services.db.drafts.get(id);
  if (found?.kind !== SCAN) return ctx.voice.t.common.stale;
  const draft = found as Draft & { data: ScanDraft };
  if (isExpired(ctx, draft) && action !== "renew") {
    await show(ctx, expiredScanView(ctx.voice, id));
    return undefined;
  }
  const { data } = draft;
  const chatId = Number(argument);
  switch (action) {
    case "chat":
      data.chosen = data.chosen.includes(chatId)
        ? data.chosen.filter((one) => one !== chatId)
        : [...data.chosen, chatId];
      break;
    case "page":
      data.page = Number(argument);
      break;
    case "full":
      data.full = !data.full;
      break;
    case "one":
      return start(ctx, draft, [...data.chosen, chatId]);
    case "all":
      return start(ctx, draft, null);
    case "start":
      return data.chosen.length === 0 ? ctx.voice.t.scan.chooseFirst : start(ctx, draft, data.chosen);
    case "cancel":
      await ctx.services.db.drafts.take(id);
      await show(ctx, { text: fmt`${ctx.voice.t.common.closed}` });
      return undefined;
  }
  await keepDraft(ctx, draft);
  await show(ctx, await choiceView(ctx, draft));
  return undefined;
};

async function start(ctx: BotContext, draft: Draft & { data: ScanDraft }, chatIds: ChatId[] | null) {
  if (!(await ctx.services.db.drafts.take(draft.id))) return ctx.voice.t.common.pressOnce;
  const { filter, full, requestKey, replyTo } = draft.data;
  const becomesCard = ctx.callbackQuery?.message?.message_id;
  const order = { wish: { chatIds, filter, full }, requestKey, replyTo };
  const outcome = await submitScan(ctx, becomesCard === undefined ? order : { ...order, becomesCard });
  return outcome === "started" ? undefined : ctx.voice.t.jobs.already;
}
