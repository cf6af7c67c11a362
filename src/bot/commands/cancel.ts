/** /cancel [number|all] — stops a job; what is saved stays. In a dialogue it closes that instead. */
import { fmt } from "@grammyjs/parse-mode";
import { UserError } from "../../core/errors.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { closeDialogue } from "../dialogue.ts";
import { listJobs, RUNNING_STATES } from "../job-lists.ts";
import { say, show } from "../sending.ts";
import { button, inRows, lines, rows, type View } from "../view.ts";
import { stateWord } from "../views/jobs.ts";
import { plainName } from "../voice.ts";

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
      if (!(await cancel(ctx, card.jobId))) throw new UserError(t.jobs.over);
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
      const done = await cancel(ctx, id);
      await show(ctx, { text: fmt`${done ? ctx.voice.t.jobs.nowCancelled : ctx.voice.t.jobs.over}` });
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
  const { jobs: list } = await listJobs(ctx.services.db, RUNNING_STATES, { limit: LISTED, offset: 0 });
  const [only] = list;
  if (!only) return { text: fmt`${jobs.nothingRuns}` };
  if (list.length === 1) {
    return {
      text: fmt`${jobs.askOne(only.number ?? 0, stateWord(ctx.voice, only.family))}`,
      buttons: rows([
        button(jobs.cancelJob, ["cancel-one", only.family.root.id], "danger"),
        button(jobs.keep, ["cancel-none"]),
      ]),
    };
  }
  return {
    text: lines(
      jobs.askMany,
      ...list.map(({ number, family }) =>
        jobs.row(number ?? "–", plainName(family.root.title, 40), stateWord(ctx.voice, family)),
      ),
    ),
    buttons: [
      ...inRows(
        list.map(({ number, family }) => button(String(number ?? "–"), ["cancel-one", family.root.id])),
        4,
      ),
      ...rows([button(jobs.all(list.length), ["cancel-all"], "danger"), button(jobs.keep, ["cancel-none"])]),
    ],
  };
}

/** The board tells the end, as of any job. */
async function cancel(ctx: BotContext, jobId: string): Promise<boolean> {
  const done = await ctx.services.db.jobs.cancel(jobId);
  ctx.services.jobAdded();
  return done;
}

async function cancelAll(ctx: BotContext): Promise<number> {
  let count = 0;
  for (;;) {
    const { jobs } = await listJobs(ctx.services.db, RUNNING_STATES, { limit: 50, offset: 0 });
    const done = await Promise.all(jobs.map(({ family }) => cancel(ctx, family.root.id)));
    const stopped = done.filter(Boolean).length;
    count += stopped;
    if (stopped === 0) return count;
  }
}
