/** The guided download, half finished: what is chosen so far. */

import type { ChatId } from "../../core/media.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import type { DownloadPlan } from "../../core/tasks.ts";
import type { Draft } from "../../db/db.ts";
import type { BotContext } from "../context.ts";
import { isExpired, openDraft } from "../dialogue.ts";

export const DOWNLOAD = "download";

export type Step = "chat" | "search" | "what" | "when" | "when-typed" | "size" | "size-typed" | "summary";

export interface DownloadDraft {
  step: Step;
  chatId: ChatId | null;
  filter: MediaFilter;
  /** Nothing but perhaps the chat was said: every step is asked. */
  guided: boolean;
  /** The command that began it; card and end message answer it. */
  replyTo: number | null;
  plan: DownloadPlan | null;
  /** Telegram's own list of chats is shown by this message. */
  pickerMessageId: number | null;
  /** One message was pasted or forwarded: its summary is one line. */
  single: boolean;
  /** The wish behind it: the same update, delivered twice, starts one job. */
  requestKey: string;
}

export interface Flow {
  draft: Draft;
  data: DownloadDraft;
}

export async function openFlow(ctx: BotContext, begin: Partial<DownloadDraft>): Promise<Flow> {
  const data: DownloadDraft = {
    step: "chat",
    chatId: null,
    filter: {},
    guided: true,
    replyTo: ctx.message?.message_id ?? null,
    plan: null,
    pickerMessageId: null,
    single: false,
    requestKey: `update:${ctx.update.update_id}`,
    ...begin,
  };
  return { draft: await openDraft(ctx, DOWNLOAD, data), data };
}

/** `expired` flows can be shown again, but not continued by their old buttons. */
export async function loadFlow(ctx: BotContext, id: string): Promise<(Flow & { expired: boolean }) | null> {
  const draft = await ctx.services.db.drafts.get(id);
  if (draft?.kind !== DOWNLOAD) return null;
  return { draft, data: draft.data as DownloadDraft, expired: isExpired(ctx, draft) };
}

/** The newest open flow, or none. */
export async function currentFlow(ctx: BotContext): Promise<Flow | null> {
  const draft = await ctx.services.db.drafts.latest();
  if (draft?.kind !== DOWNLOAD || isExpired(ctx, draft)) return null;
  return { draft, data: draft.data as DownloadDraft };
}
