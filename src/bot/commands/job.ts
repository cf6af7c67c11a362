/** /job_12 — one job: its details, and the buttons of its card. */

import { UserError } from "../../core/errors.ts";
import { isOver } from "../../core/job.ts";
import { defineCommand, type PressHandler } from "../command.ts";
import type { BotContext } from "../context.ts";
import { deletionJob } from "../deletion/as-jobs.ts";
import { stopRestore } from "../deletion/restores.ts";
import { cancelDeletion } from "../deletion/undo.ts";
import { lastEnd } from "../job-end.ts";
import { type Again, repeatJob, retryFailed } from "../retry-job.ts";
import { say, show } from "../sending.ts";
import { deletionDetails } from "../views/deletion-job.ts";
import { detailsView, FAILED_PER_PAGE, failedView } from "../views/jobs.ts";
import { pageOf } from "../views/pager.ts";

export default defineCommand({
  name: "job",
  description: "One job in detail",
  usage: "<number>",
  examples: ["/job_12"],
  group: "control",
  hidden: true,
  explanation: "Shows how far one job is, what it looks for and what went wrong.",

  async run(ctx, words) {
    const number = Number(/^#?(\d{1,9})$/.exec(words)?.[1] ?? 0);
    const card = number > 0 ? await ctx.services.db.jobCards.byNumber(number) : null;
    if (!card) throw new UserError(ctx.voice.t.jobs.unknown(words.slice(0, 20)));
    await say(ctx, await details(ctx, card.jobId));
  },
  presses: {
    job(ctx, [action = "", id = "", argument]) {
      const handler = ACTIONS[action];
      return handler ? handler(ctx, [id, argument ?? ""]) : Promise.resolve(ctx.voice.t.common.stale);
    },
  },
});

const ACTIONS: Record<string, PressHandler> = {
  details: async (ctx, [id = ""]) => {
    const { db } = ctx.services;
    const card = await db.jobCards.get(id);
    const view = await details(ctx, id);
    // The card itself goes on being the card.
    const pressed = ctx.callbackQuery?.message?.message_id;
    if (pressed !== undefined && pressed !== card?.messageId && pressed !== card?.endMessageId) await show(ctx, view);
    else await say(ctx, view, { replyTo: pressed });
    return undefined;
  },
  pause: (ctx, [id = ""]) => setPaused(ctx, id, true),
  resume: (ctx, [id = ""]) => setPaused(ctx, id, false),
  cancel: async (ctx, [id = ""]) => {
    const { db, jobAdded, now } = ctx.services;
    const deletion = await deletionJob(db, id, now());
    if (deletion) {
      const told = await cancelDeletion(ctx, id);
      const fresh = await deletionJob(db, id, now());
      if (fresh) await show(ctx, deletionDetails(ctx.voice, fresh));
      return told ?? ctx.voice.t.deletion.over;
    }
    const job = await db.jobs.get(id);
    if (job?.task === "restore")
      return (await stopRestore(db, job)) ? ctx.voice.t.restoring.stopping : ctx.voice.t.jobs.over;
    const cancelled = await db.jobs.cancel(id);
    jobAdded();
    return cancelled ? ctx.voice.t.jobs.nowCancelled : ctx.voice.t.jobs.over;
  },
  failed: async (ctx, [id = "", asked]) => {
    const { db } = ctx.services;
    const { number, family } = await find(ctx, id);
    const first = await db.messages.failedOf(id, { limit: FAILED_PER_PAGE, offset: 0 });
    const { page, pages, offset, limit } = pageOf(asked, first.total, FAILED_PER_PAGE);
    const { messages, total } = offset === 0 ? first : await db.messages.failedOf(id, { limit, offset });
    const chat = family.root.task === "scan" ? await db.chats.get(family.root.payload.chatId) : null;
    const view = failedView(ctx.voice, number ?? 0, id, chat, { messages, total, page, pages });
    if (asked) await show(ctx, view);
    else await say(ctx, view, { replyTo: ctx.callbackQuery?.message?.message_id });
    return undefined;
  },
  retry: async (ctx, [id = ""]) => againWord(ctx, await retryFailed(ctx, id), ctx.voice.t.jobs.noneFailed),
  repeat: async (ctx, [id = ""]) => againWord(ctx, await repeatJob(ctx, id), ctx.voice.t.jobs.over),
};

function againWord({ voice: { t } }: BotContext, again: Again, nothing: string): string {
  return { started: t.jobs.retrying, already: t.jobs.already, nothing }[again];
}

async function setPaused(ctx: BotContext, id: string, paused: boolean): Promise<string> {
  const { db, jobAdded } = ctx.services;
  const { t } = ctx.voice;
  const { family } = await find(ctx, id);
  if (isOver(family.state) || !(await db.jobs.setPaused(id, paused))) return t.jobs.over;
  jobAdded();
  const card = await db.jobCards.get(id);
  if (ctx.callbackQuery?.message?.message_id !== card?.messageId) await show(ctx, await details(ctx, id));
  return paused ? t.jobs.nowPaused : t.jobs.nowResumed;
}

async function details(ctx: BotContext, id: string) {
  const { db, now } = ctx.services;
  const deletion = await deletionJob(db, id, now());
  if (deletion) return deletionDetails(ctx.voice, deletion);
  const found = await find(ctx, id);
  const reason = isOver(found.family.state) ? (await lastEnd(db, id)).reason : null;
  return detailsView(ctx.voice, found, found.family.root.error ?? reason);
}

async function find(ctx: BotContext, id: string) {
  const { db } = ctx.services;
  const family = await db.jobs.family(id);
  if (!family) throw new UserError(ctx.voice.t.jobs.unknown(""));
  return { family, number: (await db.jobCards.get(id))?.number ?? null };
}
