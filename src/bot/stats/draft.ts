/** What an answer to /stats shows: which messages, which side of them, and the picture that belongs to it. */
import type { Draft } from "../../db/db.ts";
import type { BotContext } from "../context.ts";
import { openDraft } from "../dialogue.ts";
import type { StatsScope } from "./load.ts";

export const STATS = "stats";
export const STATS_VIEWS = ["all", "people", "kinds", "ext", "months", "hours", "growth", "sizes", "chats"] as const;
export type StatsView = (typeof STATS_VIEWS)[number];

export interface StatsDraft extends StatsScope {
  view: StatsView;
  /** Null for all chats. */
  title: string | null;
  pictureId: number | null;
}
export type OpenStats = Draft & { data: StatsDraft };

export async function openStats(ctx: BotContext, begin: StatsScope & { title: string | null }): Promise<OpenStats> {
  const data: StatsDraft = { ...begin, view: "all", pictureId: null };
  return { ...(await openDraft(ctx, STATS, data)), data };
}

export async function loadStats(ctx: BotContext, id: string): Promise<OpenStats | null> {
  const draft = await ctx.services.db.drafts.get(id);
  return draft?.kind === STATS ? (draft as OpenStats) : null;
}
