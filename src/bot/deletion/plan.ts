/** From a command to its preview: a worker freezes the list, then the owner sees what would go. */
import { fmt } from "@grammyjs/parse-mode";
import { CAP_WINDOW_MS, type Deletion } from "../../core/deletion.ts";
import { RetryLaterError, UserError } from "../../core/errors.ts";
import { newId } from "../../core/id.ts";
import type { Chat } from "../../core/media.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import type { BotContext } from "../context.ts";
import { chatOf, editView, say, typing } from "../sending.ts";
import { button, lines, rows } from "../view.ts";
import { titleOf } from "../views/chats.ts";
import { previewView } from "../views/deletion.ts";
import { name } from "../voice.ts";
import { issue } from "./question.ts";

/** A chat of a million messages takes a while to read. */
export const PLAN_WITHIN_MS = 20 * 60_000;

/** True where deleting may begin; else it has been said why not. */
export async function mayDelete(ctx: BotContext): Promise<boolean> {
  const { t } = ctx.voice;
  if ((await ctx.services.db.status()).awaySince) {
    await sayAway(ctx);
    return false;
  }
  if (ctx.settings.deleteEnabled) return true;
  await say(ctx, {
    text: fmt`${t.deletion.off}`,
    buttons: rows([button(t.deletion.settings, ["set", "deleting"]), button(t.common.close, ["close"])]),
  });
  return false;
}

export async function sayAway(ctx: BotContext): Promise<void> {
  const { t } = ctx.voice;
  await say(ctx, { text: fmt`${t.deletion.away}`, buttons: rows([button(t.common.close, ["close"])]) });
}

/** With the database away nothing is deleted, and the owner is told so. */
export async function safely<T>(ctx: BotContext, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isAway(error)) throw error;
    await sayAway(ctx);
    return undefined;
  }
}

const isAway = (error: unknown): boolean => error instanceof RetryLaterError && error.reason === "DATABASE";

/** `instead` is an earlier preview that this one takes the place of. */
export async function planDeletion(
  ctx: BotContext,
  wish: { chat: Chat; filter: MediaFilter; everyone?: boolean; replyTo: number | null },
  instead?: number,
): Promise<void> {
  const { db, ask } = ctx.services;
  const { chat, filter } = wish;
  if (filter.commentsOf !== undefined) throw new UserError(ctx.voice.t.deletion.comments);
  const { deletion: texts } = ctx.voice.t;
  const looking = { text: texts.looking(name(titleOf(ctx.voice, chat))) };
  const edited = instead !== undefined && (await editView(ctx.api, chatOf(ctx), instead, looking));
  const messageId = edited ? instead : await say(ctx, looking);
  const ownAlone = filter.from?.length === 1 && filter.from[0] === "me";
  const deletion = await db.deletions.create({
    id: newId(),
    chatId: chat.chatId,
    chatTitle: chat.title,
    filter,
    // What others wrote to the owner is theirs too: taken from them only where the owner says so.
    everyone: wish.everyone ?? ownAlone,
    ownerChatId: chatOf(ctx),
    replyToId: wish.replyTo,
  });
  await db.deletions.note(deletion.id, { messageId });
  const options = { title: ctx.voice.t.common.looking, timeoutMs: PLAN_WITHIN_MS, typing: typing(ctx) };
  await ask("delete-plan", { deletionId: deletion.id }, options);
  const planned = await db.deletions.get(deletion.id);
  if (planned) await showPreview(ctx, planned);
}

/** Shows it with a danger button that works for ten minutes from now. */
export async function showPreview(ctx: BotContext, deletion: Deletion): Promise<void> {
  const { db, now } = ctx.services;
  const { summary, messageId } = deletion;
  const chat = await db.chats.get(deletion.chatId);
  if (!chat || messageId === null || !summary) throw new UserError(ctx.voice.t.chats.gone);
  const limits = await allowance(ctx);
  const offers = deletion.state === "preview" && summary.count > 0 && !summary.overCap;
  const yes = { kind: "first", number: summary.count } as const;
  const token = offers ? await issue(db, deletion, yes, messageId, now()) : null;
  const view = previewView(ctx.voice, deletion, chat, token, limits);
  if (!(await editView(ctx.api, chatOf(ctx), messageId, view))) await say(ctx, { text: lines(view.text) });
}

export async function allowance(ctx: BotContext): Promise<{ cap: number; left: number }> {
  const { db, now } = ctx.services;
  const cap = ctx.settings.deleteDailyCap;
  const spent = await db.deletions.spent(new Date(now().getTime() - CAP_WINDOW_MS));
  return { cap, left: Math.max(0, cap - spent) };
}
