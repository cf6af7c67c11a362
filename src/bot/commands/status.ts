/** /status — account, database, machines and jobs at a glance. */
import { type RequestNote, requestNoteName, sumRequests } from "../../core/request-count.ts";
import { accountState } from "../account.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { countJobs } from "../job-lists.ts";
import { say, show } from "../sending.ts";
import type { View } from "../view.ts";
import { hostsOf } from "../views/hosts.ts";
import { statusView } from "../views/status.ts";

export default defineCommand({
  name: "status",
  description: "Account, database and machines",
  group: "control",
  explanation:
    "Shows whether the account is connected, which database is in use and what it is owed, which machines are at work, and how much was asked of Telegram today.",

  async run(ctx) {
    await say(ctx, await glance(ctx));
  },
  presses: {
    async status(ctx) {
      await show(ctx, await glance(ctx));
      return undefined;
    },
    /** Below every message that says that the database is away. */
    async "db-now"(ctx) {
      const { machines } = ctx.voice.t;
      return (await ctx.services.db.tryNow()) ? machines.answers : machines.stillAway;
    },
  },
});

async function glance(ctx: BotContext): Promise<View> {
  const { db, now } = ctx.services;
  const [workers, store, jobs] = await Promise.all([db.workers.list(), db.status(), countJobs(db)]);
  const notes = await Promise.all(
    workers.map(({ workerId }) => db.settings.recall<RequestNote>(requestNoteName(workerId))),
  );
  return statusView(ctx.voice, {
    account: accountState(workers, now()),
    store,
    hosts: hostsOf(workers, now()),
    jobs,
    requests: sumRequests(notes, now()),
  });
}
