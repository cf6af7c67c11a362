/** /schedule delete …: read, looked at once, shown with what it would take today, and saved by a yes. */
import { fmt } from "@grammyjs/parse-mode";
import { mustType } from "../../core/deletion.ts";
import { UsageError, UserError } from "../../core/errors.ts";
import { newId } from "../../core/id.ts";
import type { Chat } from "../../core/media.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import { parseQuery } from "../../core/query.ts";
import { type DeleteWish, keptSince, nextRun, type Timing } from "../../core/schedule.ts";
import { parseSchedule } from "../../core/schedule-words.ts";
import type { BotContext } from "../context.ts";
import { mayDelete, PLAN_WITHIN_MS } from "../deletion/plan.ts";
import { keepDraft, openDraft } from "../dialogue.ts";
import { findChat } from "../find-chat.ts";
import { chatOf, editView, say, show, typing } from "../sending.ts";
import { chooseChatView, titleOf } from "../views/chats.ts";
import { moment, newScheduleView } from "../views/schedule.ts";
import { name, plainName } from "../voice.ts";

export const NEW = "schedule-new";
export const TYPED = "schedule-typed";
export const CHOICE = "schedule-chat";
const MOST = 20;
const USUAL_CAP = 500;

/** What a new schedule is made of, kept while the owner thinks. */
export interface Wanted {
  wish: DeleteWish;
  timing: Timing;
}

export async function readSchedule(ctx: BotContext, words: string): Promise<void> {
  const { db } = ctx.services;
  const { schedule: texts } = ctx.voice.t;
  const { task, rest, keep, cap, timing } = parseSchedule(words);
  if (task !== "delete") throw new UserError(texts.onlyDeletions(plainName(task, 20)));
  if (!(await mayDelete(ctx))) return;
  if (!keep) throw new UsageError(texts.needsKeep);
  const { now, timeZone } = ctx.voice;
  const query = parseQuery(rest, { now, timeZone });
  if (!query.chat) throw new UsageError(texts.needsChat);
  const daily = ctx.settings.deleteDailyCap;
  if (cap !== null && cap > daily) throw new UserError(texts.overCap(cap, daily));
  if ((await db.schedules.list()).length >= MOST) throw new UserError(texts.tooMany(MOST));
  const found = await findChat(ctx, query);
  checkFilter(ctx, found.filter);
  const ownAlone = found.filter.from?.length === 1 && found.filter.from[0] === "me";
  const wish = { filter: found.filter, keep, everyone: ownAlone, cap: cap ?? Math.min(USUAL_CAP, daily) };
  const wanted: Wanted = { wish, timing };
  if (found.kind === "one") return propose(ctx, found.chat, wanted);
  const draft = await openDraft(ctx, CHOICE, wanted);
  const data = ({ chatId }: { chatId: number }) => ["sch", "chat", draft.id, chatId];
  await say(ctx, chooseChatView(ctx.voice, found.typed, found.chats, data));
}

function checkFilter(ctx: BotContext, filter: MediaFilter): void {
  const { schedule: texts, deletion } = ctx.voice.t;
  if (filter.commentsOf !== undefined) throw new UserError(deletion.comments);
  if (filter.after !== undefined || filter.before !== undefined) throw new UserError(texts.noDates);
  if (filter.limit !== undefined || filter.sort !== undefined) throw new UserError(texts.noLimit);
}

/** Looks what it would take today, so that the owner knows what they agree to. */
export async function propose(ctx: BotContext, chat: Chat, { wish, timing }: Wanted): Promise<void> {
  const { db, ask } = ctx.services;
  const { timeZone, now, t } = ctx.voice;
  const messageId = await say(ctx, { text: t.deletion.looking(name(titleOf(ctx.voice, chat))) });
  const looked = await db.deletions.create({
    id: newId(),
    chatId: chat.chatId,
    chatTitle: chat.title,
    filter: { ...wish.filter, before: keptSince(wish.keep, timeZone, now).toISOString() },
    everyone: wish.everyone,
    ownerChatId: chatOf(ctx),
    replyToId: ctx.message?.message_id ?? null,
    cap: wish.cap,
  });
  const options = { title: t.common.looking, timeoutMs: PLAN_WITHIN_MS, typing: typing(ctx) };
  await ask("delete-plan", { deletionId: looked.id }, options);
  const summary = (await db.deletions.get(looked.id))?.summary;
  // It was only to look: nothing can come of this list.
  await db.deletions.move(looked.id, ["planning", "preview"], "kept", { told: true });
  if (!summary) throw new UserError(t.chats.gone);
  if (!summary.copyable) throw new UserError(t.schedule.restricted);
  const wholeChat = Object.keys(wish.filter).length === 0;
  const typed = mustType({ others: summary.others, wholeChat }, 0);
  const draft = await openDraft(ctx, typed ? TYPED : NEW, { chatId: chat.chatId, wish, timing });
  draft.messageId = messageId;
  await keepDraft(ctx, draft);
  const minutes = ctx.settings.deleteNoticeMinutes;
  const view = newScheduleView(ctx.voice, { chat, wish, timing, timeZone, summary, minutes }, draft.id, typed);
  if (!(await editView(ctx.api, chatOf(ctx), messageId, view))) await say(ctx, view);
}

/** True for exactly one of two taps. */
export async function saveSchedule(ctx: BotContext, draftId: string): Promise<boolean> {
  const { db, now } = ctx.services;
  const { timeZone, t } = ctx.voice;
  const draft = await db.drafts.get(draftId);
  const { chatId, wish, timing } = (draft?.data ?? {}) as Partial<Wanted> & { chatId?: number };
  if (chatId === undefined || !wish || !timing || !(await db.drafts.take(draftId))) return false;
  if (!(await mayDelete(ctx))) return true;
  const chat = await db.chats.get(chatId);
  if (!chat) throw new UserError(t.chats.gone);
  const made = await db.schedules.create({
    id: draftId,
    task: "delete",
    chatId,
    chatTitle: chat.title,
    wish,
    timing,
    timeZone,
    nextRunAt: nextRun(timing, timeZone, now()),
    ownerChatId: chatOf(ctx),
  });
  ctx.services.log.info({ schedule: made.id, chatId, cap: wish.cap }, "A schedule was saved.");
  await show(ctx, { text: fmt`${t.schedule.saved(made.number, moment(ctx.voice, made.nextRunAt, timeZone))}` });
  return true;
}

/** The cap, typed; anything else is no yes. */
export async function typedCap(ctx: BotContext, draftId: string, text: string): Promise<boolean> {
  const draft = await ctx.services.db.drafts.get(draftId);
  const cap = (draft?.data as Partial<Wanted> | undefined)?.wish?.cap;
  if (cap === undefined) return false;
  if (text.trim().replace(/[\s.,'’\u00A0\u202F]/g, "") === String(cap)) await saveSchedule(ctx, draftId);
  else await say(ctx, { text: ctx.voice.t.schedule.wrong(plainName(text, 20), cap) });
  return true;
}
