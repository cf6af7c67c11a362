/** /jobs — what runs, waits and has finished; each with its details and buttons. */
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { countFinishedToday, countJobs, listFinished, listRunning } from "../job-lists.ts";
import { say, show } from "../sending.ts";
import type { View } from "../view.ts";
import { finishedJobsView, JOBS_PER_PAGE, jobsView } from "../views/jobs.ts";
import { pageOf } from "../views/pager.ts";

export default defineCommand({
  name: "jobs",
  description: "What is running, waiting and finished",
  group: "control",
  explanation: "Lists your jobs. Tap a number to see one, pause it, cancel it or try its failed files again.",

  async run(ctx) {
    await say(ctx, await runningJobs(ctx, 1));
  },
  presses: {
    async jobs(ctx, [which, page]) {
      await show(ctx, which === "finished" ? await finishedJobs(ctx, page) : await runningJobs(ctx, page));
      return undefined;
    },
  },
});

async function runningJobs(ctx: BotContext, asked: string | number | undefined): Promise<View> {
  const { db, now } = ctx.services;
  const counts = await countJobs(db);
  const { page, pages, offset, limit } = pageOf(asked, counts.running + counts.waiting, JOBS_PER_PAGE);
  const jobs = await listRunning(db, { offset, limit }, now());
  const { awaySince } = await db.status();
  const finishedToday = await countFinishedToday(db, now(), ctx.voice.timeZone);
  return jobsView(ctx.voice, { ...counts, finishedToday, jobs, page, pages, local: awaySince !== null });
}

async function finishedJobs(ctx: BotContext, asked: string | undefined): Promise<View> {
  const { db, now } = ctx.services;
  const first = await listFinished(db, { limit: JOBS_PER_PAGE, offset: 0 }, now());
  const { page, pages, offset, limit } = pageOf(asked, first.total, JOBS_PER_PAGE);
  const { jobs, total } = offset === 0 ? first : await listFinished(db, { offset, limit }, now());
  return finishedJobsView(ctx.voice, { total, jobs, page, pages });
}
