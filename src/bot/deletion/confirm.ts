/** The owner's yes: by a tap, or by a typed number where a tap is not enough. Each holds once. */
import { fmt } from "@grammyjs/parse-mode";
import type { Confirmation, Deletion, DeletionState } from "../../core/deletion.ts";
import { oneLine } from "../../core/text.ts";
import type { DeletionChange } from "../../db/ports/deletions.ts";
import type { BotContext } from "../context.ts";
import { keepDraft, openDraft } from "../dialogue.ts";
import { chatOf, editView, say } from "../sending.ts";
import { heading, typeView } from "../views/deletion.ts";
import { numberOf } from "./as-jobs.ts";
import { allowance } from "./plan.ts";

export const TYPED = "delete-typed";

/** The danger button. */
export async function pressGo(ctx: BotContext, token: string): Promise<string | undefined> {
  const { db } = ctx.services;
  const known = await db.deletions.confirmation(token);
  if (!known) return ctx.voice.t.common.pressOnce;
  const messageId = ctx.callbackQuery?.message?.message_id ?? 0;
  if (known.messageId !== messageId) return ctx.voice.t.deletion.notYours;
  if (!known.typed) return give(ctx, known, messageId);
  const deletion = await db.deletions.get(known.deletionId);
  const chat = deletion && (await db.chats.get(deletion.chatId));
  if (!deletion || !chat) return ctx.voice.t.common.pressOnce;
  const draft = await openDraft(ctx, TYPED, { token });
  draft.messageId = messageId;
  await keepDraft(ctx, draft);
  await editView(
    ctx.api,
    chatOf(ctx),
    messageId,
    typeView(ctx.voice, deletion, heading(ctx.voice, deletion, chat), known.number),
  );
  return undefined;
}

/** The number, typed. Anything else is no yes; false where nothing waits for one any more. */
export async function typedNumber(ctx: BotContext, draftId: string, text: string): Promise<boolean> {
  const { db } = ctx.services;
  const draft = await db.drafts.get(draftId);
  const { token = "" } = (draft?.data ?? {}) as { token?: string };
  const known = await db.deletions.confirmation(token);
  if (!draft || !known) return false;
  if (text.trim().replace(/[\s.,'’\u00A0\u202F]/g, "") !== String(known.number)) {
    await say(ctx, { text: ctx.voice.t.deletion.wrongNumber(oneLine(text, 20), known.number) });
    return true;
  }
  if (!(await db.drafts.take(draftId))) return true;
  const toast = await give(ctx, known, known.messageId);
  if (toast) await say(ctx, { text: fmt`${toast}` });
  return true;
}

async function give(ctx: BotContext, yes: Confirmation, messageId: number): Promise<string | undefined> {
  const { db, now, deletions } = ctx.services;
  const { deletion: texts, common } = ctx.voice.t;
  const deletion = await db.deletions.get(yes.deletionId);
  if (!deletion || !ctx.settings.deleteEnabled) return texts.off;
  const room = (await allowance(ctx)).left;
  // What waits to be asked again has its place in the allowance already.
  if (yes.kind === "first" && room < yes.number) return texts.capNow(room);
  const by = { ownerId: ctx.from?.id ?? 0, chatId: chatOf(ctx), messageId, now: now() };
  const answer = await db.deletions.confirm(yes.token, by, stepOf(yes, deletion, now()));
  if (answer === "expired" && deletion.state === "asking") {
    deletions.expired(deletion.id);
    deletions.nudge();
    return common.expired;
  }
  if (answer === "expired") {
    await editView(ctx.api, chatOf(ctx), messageId, { text: fmt`${texts.expired}` });
    return common.expired;
  }
  if (answer !== "yes") return answer === "stranger" ? texts.notYours : common.pressOnce;
  // Where a question was asked about messages without a copy, it is answered.
  deletions.confirmed(deletion.id, yes.kind);
  deletions.nudge();
  await numberOf(db, deletion, now());
  return undefined;
}

function stepOf({ kind }: Confirmation, { backup }: Deletion, now: Date) {
  const first = kind === "first";
  const from: DeletionState[] = first ? ["preview"] : ["asking"];
  const to: DeletionState = first && backup ? "copying" : "copied";
  const change: DeletionChange = { confirmedAt: now, ...(kind === "uncopied" ? { includeUncopied: true } : {}) };
  return { from, to, change };
}
