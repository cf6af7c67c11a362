/** Half-finished dialogues: kept as drafts in the database, named by their buttons, gone after a quarter of an hour. */
import { fmt } from "@grammyjs/parse-mode";
import { newId } from "../core/id.ts";
import type { Draft } from "../db/db.ts";
import type { BotContext } from "./context.ts";
import { chatOf, editView } from "./sending.ts";

/** So long a dialogue can be continued. */
const OPEN_MS = 15 * 60_000;
/** So long after that its buttons still find it, to offer a new start. */
const KEPT_MS = 24 * 60 * 60_000;

/** What every dialogue keeps. */
interface DialogueData {
  openUntil: string;
}

export async function openDraft<Data extends object>(ctx: BotContext, kind: string, data: Data): Promise<Draft> {
  const draft: Draft = { id: newId(), kind, data, messageId: null, expiresAt: laterBy(ctx, KEPT_MS) };
  await keepDraft(ctx, draft);
  return draft;
}

/** Saves what changed and gives the owner another quarter of an hour. */
export async function keepDraft(ctx: BotContext, draft: Draft): Promise<void> {
  (draft.data as DialogueData).openUntil = laterBy(ctx, OPEN_MS).toISOString();
  draft.expiresAt = laterBy(ctx, KEPT_MS);
  await ctx.services.db.drafts.save(draft);
}

export const isExpired = (ctx: BotContext, draft: Draft): boolean =>
  new Date((draft.data as DialogueData).openUntil).getTime() <= ctx.services.now().getTime();

/** The dialogue that typed words may answer. */
async function openDialogue(ctx: BotContext): Promise<Draft | null> {
  const draft = await ctx.services.db.drafts.latest();
  if (!draft || isExpired(ctx, draft)) return null;
  return ctx.services.commands.some(({ answers }) => answers && Object.hasOwn(answers, draft.kind)) ? draft : null;
}

/** Words that the open dialogue has asked for go to it; false where none is open, or none of them is an answer. */
export async function answerDialogue(ctx: BotContext, text: string): Promise<boolean> {
  const draft = await openDialogue(ctx);
  if (!draft) return false;
  const command = ctx.services.commands.find(({ answers }) => answers && Object.hasOwn(answers, draft.kind));
  return (await command?.answers?.[draft.kind]?.(ctx, draft.id, text)) ?? false;
}

/** The owner left a question by a button: what is typed from now on is no answer to it. */
export async function leaveDialogue(ctx: BotContext, kind: string): Promise<void> {
  const draft = await openDialogue(ctx);
  if (draft?.kind === kind) await ctx.services.db.drafts.take(draft.id);
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
