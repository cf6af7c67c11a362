/** /hosts — the machines: what each does now, and how to set one aside. */
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { listJobs, RUNNING_STATES } from "../job-lists.ts";
import { say, show } from "../sending.ts";
import type { View } from "../view.ts";
import { askHostView, type Host, hostsOf, hostsView } from "../views/hosts.ts";

const JOBS_LOOKED_AT = 200;

export default defineCommand({
  name: "hosts",
  description: "Your machines, and what each does",
  group: "control",
  explanation:
    "Lists your machines with their work, disk and version. Draining one lets it finish what it has in hand and take nothing new, for a repair or an update.",

  async run(ctx) {
    await say(ctx, await listView(ctx));
  },
  presses: {
    async hosts(ctx) {
      await show(ctx, await listView(ctx));
      return undefined;
    },
    async "host-ask"(ctx, [key]) {
      const { host, others } = await find(ctx, key);
      if (!host) return gone(ctx);
      await show(ctx, askHostView(ctx.voice, host, !others.some(fetches)));
      return undefined;
    },
    "host-drain": (ctx, [key]) => setDraining(ctx, key, true),
    "host-back": (ctx, [key]) => setDraining(ctx, key, false),
    /** One that is silent for good; a living one reports again by itself. */
    async "host-forget"(ctx, [key]) {
      const { db } = ctx.services;
      const { host } = await find(ctx, key);
      if (!host || host.alive) return gone(ctx);
      for (const worker of await db.workers.list()) {
        if (worker.hostname === host.hostname) await db.workers.remove(worker.workerId);
      }
      await show(ctx, await listView(ctx));
      return ctx.voice.t.machines.forgotten;
    },
  },
});

const fetches = ({ alive, draining, trouble, roles }: Host): boolean =>
  alive && !draining && trouble === null && roles.includes("worker");

async function setDraining(ctx: BotContext, key: string | undefined, draining: boolean): Promise<string | undefined> {
  const { db, jobAdded, log } = ctx.services;
  const { host } = await find(ctx, key);
  if (!host) return gone(ctx);
  await db.workers.setDraining(host.hostname, draining);
  log.info({ machine: host.hostname, draining }, "The owner has drained a machine or taken it back.");
  if (!draining) jobAdded();
  await show(ctx, await listView(ctx));
  return draining ? ctx.voice.t.machines.drained : ctx.voice.t.machines.takenBack;
}

async function gone(ctx: BotContext): Promise<string> {
  await show(ctx, await listView(ctx));
  return ctx.voice.t.machines.gone;
}

async function find(ctx: BotContext, key: string | undefined): Promise<{ host: Host | undefined; others: Host[] }> {
  const { db, now } = ctx.services;
  const workers = await db.workers.list();
  const hosts = hostsOf(workers, now());
  // Whichever of the machine's processes the button was made for.
  const hostname = workers.find(({ workerId }) => workerId === key)?.hostname;
  return {
    host: hosts.find((host) => host.hostname === hostname),
    others: hosts.filter((host) => host.hostname !== hostname),
  };
}

async function listView(ctx: BotContext): Promise<View> {
  const { db, now } = ctx.services;
  const [workers, { jobs }] = await Promise.all([
    db.workers.list(),
    listJobs(db, RUNNING_STATES, { limit: JOBS_LOOKED_AT, offset: 0 }),
  ]);
  const work = new Map<string, (number | null)[]>();
  for (const { number, family } of jobs) {
    for (const hostname of family.hostnames) work.set(hostname, [...(work.get(hostname) ?? []), number]);
  }
  return hostsView(ctx.voice, hostsOf(workers, now()), work);
}
