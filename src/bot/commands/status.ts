/** /status — account, database, machines and jobs at a glance. */

import { fmt } from "@grammyjs/parse-mode";
import { formatBytes } from "../../core/units.ts";
import { accountState, isAlive } from "../account.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { countJobs } from "../job-lists.ts";
import { say, show } from "../sending.ts";
import { button, lines, rows, type View } from "../view.ts";
import { accountName } from "../views/start.ts";
import { clock, plainName } from "../voice.ts";

export default defineCommand({
  name: "status",
  description: "Account, database and machines",
  group: "control",
  explanation: "Shows whether the account is connected, which database is in use, and which machines are at work.",

  async run(ctx) {
    await say(ctx, await statusView(ctx));
  },
  presses: {
    async status(ctx) {
      await show(ctx, await statusView(ctx));
      return undefined;
    },
  },
});

async function statusView(ctx: BotContext): Promise<View> {
  const { db, now } = ctx.services;
  const { start, settings, common } = ctx.voice.t;
  const [workers, store, jobs] = await Promise.all([db.workers.list(), db.status(), countJobs(db)]);
  const account = accountName(accountState(workers, now())) ?? settings.noAccount;
  const machines = workers.map((worker) => {
    const alive = isAlive(worker, now());
    const seen = worker.draining
      ? start.status.draining
      : alive
        ? start.status.alive
        : start.status.lastSeen(clock(ctx.voice, worker.lastSeenAt));
    const disk = worker.freeBytes === null ? null : formatBytes(worker.freeBytes, ctx.voice.language);
    return start.status.machine(plainName(worker.hostname, 40), disk, fmt`${seen}`, worker.version);
  });
  return {
    text: lines(
      start.status.title,
      start.status.account(account),
      start.status.database(store.dialect, store.awaySince !== null),
      store.awaySince && start.status.owed(store.owed, clock(ctx.voice, store.awaySince)),
      ...(machines.length > 0 ? machines.slice(0, 20) : [start.status.noMachine]),
      start.status.jobs(jobs.running, jobs.waiting),
    ),
    buttons: rows([button(common.refresh, ["status"]), button(start.jobs(0), ["run", "jobs"])]),
  };
}
