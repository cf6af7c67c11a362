/** Half-finished dialogues: kept as drafts in the database, named by their buttons, gone after a quarter of an hour. */
import { fmt } from "@grammyjs/parse-mode";
import { newId } from "../core/id.ts";
import type { Draft } from "../db/db.ts";
import type { BotContext } from "./context.ts";
import { chatOf, editView } from "./sending.ts";

export const DRAFT_TTL_MS = 15 * 60_000;

export async function openDraft<Data>(ctx: BotContext, kind: string, data: Data): Promise<Draft> {
  const draft: Draft = { id: newId(), kind, data, messageId: null, expiresAt: laterBy(ctx, DRAFT_TTL_MS) };
  await ctx.services.db.drafts.save(draft);
  return draft;
}

/** Saves what changed and gives the owner another quarter of an hour. */
export async function keepDraft(ctx: BotContext, draft: Draft): Promise<void> {
  draft.expiresAt = laterBy(ctx, DRAFT_TTL_MS);
  await ctx.services.db.drafts.save(draft);
}

export const isExpired = (ctx: BotContext, draft: Draft): boolean =>
  draft.expiresAt.getTime() <= ctx.services.now().getTime();

/** The dialogue that typed words may answer. */
export async function openDialogue(ctx: BotContext): Promise<Draft | null> {
  const draft = await ctx.services.db.drafts.latest();
  if (!draft || isExpired(ctx, draft)) return null;
  return ctx.services.commands.some(({ answers }) => answers && Object.hasOwn(answers, draft.kind)) ? draft : null;
}

/** Closes the newest dialogue, if one is open. */
export async function closeDialogue(ctx: BotContext): Promise<boolean> {
  const draft = await openDialogue(ctx);
  if (!draft || !(await ctx.services.db.drafts.take(draft.id))) return false;
  if (draft.messageId !== null) {
    await editView(ctx.api, chatOf(ctx), draft.messageId, { text: fmt`${ctx.voice.t.common.closed}` });
  }
  return true;
}

const laterBy = (ctx: BotContext, milliseconds: number): Date => new Date(ctx.services.now().getTime() + milliseconds);
