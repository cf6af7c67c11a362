/** /cancel [number|all] — stops a job; what is saved stays. In a dialogue it closes that instead. */
import { fmt } from "@grammyjs/parse-mode";
import { UserError } from "../../core/errors.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { deletionJob } from "../deletion/as-jobs.ts";
import { stopRestore } from "../deletion/restores.ts";
import { cancelDeletion } from "../deletion/undo.ts";
import { closeDialogue } from "../dialogue.ts";
import { listRunning } from "../job-lists.ts";
import { say, show } from "../sending.ts";
import { button, inRows, lines, rows, type View } from "../view.ts";
import { idOf, jobRow, stateWord } from "../views/jobs.ts";

const LISTED = 16;

export default defineCommand({
  name: "cancel",
  description: "Stop a job or close a question",
  usage: "[number|all]",
  examples: ["/cancel", "/cancel 12", "/cancel all"],
  group: "control",
  explanation: "Stops a job. Files that are saved stay. While I ask you something, it closes the question.",

  async run(ctx, words) {
    const { t } = ctx.voice;
    const number = /^#?(\d{1,9})$/.exec(words)?.[1];
    if (number) {
      const card = await ctx.services.db.jobCards.byNumber(Number(number));
      if (!card) throw new UserError(t.jobs.unknown(number));
      const told = await cancel(ctx, card.jobId);
      if (told === null) throw new UserError(t.jobs.over);
      // A job's end is told by its card; a deletion's fate is told here, whole.
      if (told !== t.jobs.nowCancelled) await say(ctx, { text: fmt`${told}` });
      return;
    }
    if (/^all$/i.test(words)) {
      const count = await cancelAll(ctx);
      await say(ctx, { text: fmt`${count > 0 ? t.jobs.cancelledMany(count) : t.jobs.nothingRuns}` });
      return;
    }
    if (words) throw new UserError(t.jobs.unknown(words.slice(0, 20)));
    if (await closeDialogue(ctx)) await say(ctx, { text: fmt`${t.common.closed}` });
    else await say(ctx, await question(ctx));
  },
  presses: {
    async "cancel-all"(ctx) {
      const count = await cancelAll(ctx);
      const { jobs } = ctx.voice.t;
      await show(ctx, { text: fmt`${count > 0 ? jobs.cancelledMany(count) : jobs.nothingRuns}` });
      return undefined;
    },
    async "cancel-one"(ctx, [id = ""]) {
      const told = await cancel(ctx, id);
      await show(ctx, { text: fmt`${told ?? ctx.voice.t.jobs.over}` });
      return undefined;
    },
    async "cancel-none"(ctx) {
      await show(ctx, { text: fmt`${ctx.voice.t.jobs.keepsRunning}` });
      return undefined;
    },
  },
});

async function question(ctx: BotContext): Promise<View> {
  const { jobs } = ctx.voice.t;
  const { db, now } = ctx.services;
  const list = await listRunning(db, { limit: LISTED, offset: 0 }, now());
  const [only] = list;
  if (!only) return { text: fmt`${jobs.nothingRuns}` };
  if (list.length === 1) {
    return {
      text:
        "deletion" in only
          ? lines(jobRow(ctx.voice, only))
          : fmt`${jobs.askOne(only.number ?? 0, stateWord(ctx.voice, only.family))}`,
      buttons: rows([button(jobs.cancelJob, ["cancel-one", idOf(only)], "danger"), button(jobs.keep, ["cancel-none"])]),
    };
  }
  return {
    text: lines(jobs.askMany, ...list.map((one) => jobRow(ctx.voice, one))),
    buttons: [
      ...inRows(
        list.map((one) => button(String(one.number ?? "–"), ["cancel-one", idOf(one)])),
        4,
      ),
      ...rows([button(jobs.all(list.length), ["cancel-all"], "danger"), button(jobs.keep, ["cancel-none"])]),
    ],
  };
}

/** What has become of it, in words; null where it was over. Of a job the board tells the end, as of any other. */
async function cancel(ctx: BotContext, id: string): Promise<string | null> {
  const { db, jobAdded, now } = ctx.services;
  if (await deletionJob(db, id, now())) return cancelDeletion(ctx, id);
  const job = await db.jobs.get(id);
  if (job?.task === "restore") return (await stopRestore(db, job)) ? ctx.voice.t.restoring.stopping : null;
  const done = await db.jobs.cancel(id);
  jobAdded();
  return done ? ctx.voice.t.jobs.nowCancelled : null;
}

async function cancelAll(ctx: BotContext): Promise<number> {
  const { db, now } = ctx.services;
  const seen = new Set<string>();
  let count = 0;
  for (;;) {
    const list = (await listRunning(db, { limit: 50, offset: 0 }, now())).filter((one) => !seen.has(idOf(one)));
    if (list.length === 0) return count;
    for (const one of list) {
      // One that is only stopping stays in the list for a while.
      seen.add(idOf(one));
      if ((await cancel(ctx, idOf(one))) !== null) count++;
    }
  }
}
