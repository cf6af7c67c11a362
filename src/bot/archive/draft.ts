/** An archive that is being asked for: what is chosen so far. */

import type { ArchiveFormat } from "../../core/query-types.ts";
import type { ArchiveWish } from "../../core/tasks.ts";
import type { Draft } from "../../db/db.ts";
import type { BotContext } from "../context.ts";
import { isExpired, keepDraft, openDraft } from "../dialogue.ts";
import { chatOf, editView, sendView } from "../sending.ts";
import type { View } from "../view.ts";

export const ARCHIVE = "archive";

export interface ArchiveDraft extends Omit<ArchiveWish, "format"> {
  format: ArchiveFormat | null;
  /** No chat is chosen yet; typed words name one. */
  choosing: boolean;
  replyTo: number | null;
  requestKey: string;
}

export interface ArchiveFlow {
  draft: Draft;
  data: ArchiveDraft;
}

export async function openArchive(ctx: BotContext, begin: Partial<ArchiveDraft>): Promise<ArchiveFlow> {
  const data: ArchiveDraft = {
    chatId: null,
    filter: {},
    format: null,
    media: false,
    zip: false,
    choosing: false,
    replyTo: ctx.message?.message_id ?? null,
    requestKey: `update:${ctx.update.update_id}`,
    ...begin,
  };
  return { draft: await openDraft(ctx, ARCHIVE, data), data };
}

/** Null where it is over, or too old to be gone on with. */
export async function loadArchive(ctx: BotContext, id: string): Promise<ArchiveFlow | null> {
  const draft = await ctx.services.db.drafts.get(id);
  if (draft?.kind !== ARCHIVE || isExpired(ctx, draft)) return null;
  draft.messageId = ctx.callbackQuery?.message?.message_id ?? draft.messageId;
  return { draft, data: draft.data as ArchiveDraft };
}

/** Edits the flow's message into a view, or sends one, and saves the draft. */
export async function present(ctx: BotContext, { draft }: ArchiveFlow, view: View): Promise<void> {
  const edited = draft.messageId !== null && (await editView(ctx.api, chatOf(ctx), draft.messageId, view));
  if (!edited) draft.messageId = await sendView(ctx.api, chatOf(ctx), view);
  await keepDraft(ctx, draft);
}
