/** The buttons of schedules. */
import { fmt } from "@grammyjs/parse-mode";
import { nextRun, type Schedule } from "../../core/schedule.ts";
import type { PressHandler } from "../command.ts";
import type { BotContext } from "../context.ts";
import { mayDelete, safely } from "../deletion/plan.ts";
import { undoDeletion } from "../deletion/undo.ts";
import { chatById } from "../find-chat.ts";
import { say, show } from "../sending.ts";
import { type LastRun, moment, schedulesView, scheduleView } from "../views/schedule.ts";
import { beginRun, openRun } from "./begin.ts";
import { CHOICE, propose, saveSchedule, type Wanted } from "./create.ts";

export const pressSchedule: PressHandler = (ctx, [action = "", id = "", more = ""]) =>
  safely(ctx, async () => {
    const { db } = ctx.services;
    if (action === "list") {
      await listSchedules(ctx);
      return undefined;
    }
    if (action === "save") return (await saveSchedule(ctx, id)) ? undefined : ctx.voice.t.common.pressOnce;
    if (action === "chat") return chosenChat(ctx, id, Number(more));
    if (action === "halt") return halt(ctx, id);
    const handler = Object.hasOwn(HANDLERS, action) ? HANDLERS[action] : undefined;
    const schedule = handler && (await db.schedules.get(id));
    if (!handler || !schedule) return ctx.voice.t.common.stale;
    return schedule.state === "removed" ? ctx.voice.t.schedule.gone : handler(ctx, schedule);
  });

type Handler = (ctx: BotContext, schedule: Schedule) => Promise<string | undefined>;

const HANDLERS: Record<string, Handler> = {
  async see(ctx, schedule) {
    await show(ctx, scheduleView(ctx.voice, schedule, await lastRunOf(ctx, schedule)));
    return undefined;
  },
  async off(ctx, schedule) {
    await switchOff(ctx, schedule, "paused");
    await seeAgain(ctx, schedule.id);
    return ctx.voice.t.schedule.nowPaused(schedule.number);
  },
  async on(ctx, { id, number, timing, timeZone }) {
    const { db, now } = ctx.services;
    const next = nextRun(timing, timeZone, now());
    await db.schedules.setState(id, "on", next);
    await seeAgain(ctx, id);
    return ctx.voice.t.schedule.nowOn(number, moment(ctx.voice, next, timeZone));
  },
  async rm(ctx, schedule) {
    await switchOff(ctx, schedule, "removed");
    await show(ctx, { text: fmt`${ctx.voice.t.schedule.removed(schedule.number)}` });
    return undefined;
  },
  run: (ctx, schedule) => runNow(ctx, schedule),
  /** A run that was missed, wanted after all. */
  async late(ctx, schedule) {
    if (!(await ctx.services.db.schedules.takeMissed(schedule.id))) return ctx.voice.t.common.pressOnce;
    return runNow(ctx, schedule);
  },
  async skip(ctx, schedule) {
    await ctx.services.db.schedules.takeMissed(schedule.id);
    await show(ctx, { text: fmt`${ctx.voice.t.schedule.skipped(schedule.number)}` });
    return undefined;
  },
};

async function runNow(ctx: BotContext, schedule: Schedule): Promise<string | undefined> {
  const { db, now, deletions } = ctx.services;
  const { schedule: texts } = ctx.voice.t;
  if (!(await mayDelete(ctx))) return undefined;
  if (await openRun(db, schedule)) return texts.busy(schedule.number);
  if (await beginRun({ db, api: ctx.api, now, deletions }, schedule, null))
    await show(ctx, { text: fmt`${texts.begins(schedule.number)}` });
  return undefined;
}

/** The button below a notice: this run and all further ones. */
async function halt(ctx: BotContext, deletionId: string): Promise<string | undefined> {
  const { db } = ctx.services;
  const deletion = await db.deletions.get(deletionId);
  const schedule = deletion?.scheduleId ? await db.schedules.get(deletion.scheduleId) : null;
  if (!deletion || !schedule) return ctx.voice.t.common.stale;
  await db.schedules.setState(schedule.id, "paused");
  return (await undoDeletion(ctx, deletion)) ?? ctx.voice.t.schedule.nowPaused(schedule.number);
}

/** A run that has not begun to delete is undone with it. */
async function switchOff(ctx: BotContext, schedule: Schedule, state: "paused" | "removed"): Promise<void> {
  const { db } = ctx.services;
  await db.schedules.setState(schedule.id, state);
  const run = schedule.lastRunId === null ? null : await db.deletions.get(schedule.lastRunId);
  if (run && ["planning", "preview", "copying", "copied", "grace", "ready"].includes(run.state))
    await undoDeletion(ctx, run, { quiet: true });
}

async function chosenChat(ctx: BotContext, draftId: string, chatId: number): Promise<string | undefined> {
  const { db } = ctx.services;
  const draft = await db.drafts.get(draftId);
  if (draft?.kind !== CHOICE || !(await db.drafts.take(draftId))) return ctx.voice.t.common.expired;
  const { wish, timing } = draft.data as Wanted;
  await propose(ctx, await chatById(ctx, chatId), { wish, timing });
  return undefined;
}

async function seeAgain(ctx: BotContext, id: string): Promise<void> {
  const fresh = await ctx.services.db.schedules.get(id);
  if (fresh) await HANDLERS.see?.(ctx, fresh);
}

export async function listSchedules(ctx: BotContext, asNew = false): Promise<void> {
  const schedules = await ctx.services.db.schedules.list();
  const [only] = schedules;
  const view =
    only && schedules.length === 1
      ? scheduleView(ctx.voice, only, await lastRunOf(ctx, only))
      : schedulesView(ctx.voice, schedules);
  if (asNew) await say(ctx, view);
  else await show(ctx, view);
}

async function lastRunOf(ctx: BotContext, { lastRunId }: Schedule): Promise<LastRun> {
  const { db } = ctx.services;
  const deletion = lastRunId === null ? null : await db.deletions.get(lastRunId);
  return deletion && { deletion, counts: await db.deletions.counts(deletion.id) };
}
