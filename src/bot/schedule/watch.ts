/** Looks which schedules are due. What was missed while nobody looked is offered, never done silently. */
import type { Logger } from "pino";
import { LATE_MS, nextRun, type Schedule } from "../../core/schedule.ts";
import { sendView } from "../sending.ts";
import { missedView } from "../views/schedule.ts";
import { voiceOf } from "../voice.ts";
import { type BeginDeps, beginRun, isBegun, openRun } from "./begin.ts";

const TICK_MS = 2_000;

export interface ScheduleWatch {
  start(): void;
  stop(): Promise<void>;
}

export function createScheduleWatch(deps: BeginDeps & { log: Logger }): ScheduleWatch {
  const { db, log, now } = deps;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  async function look(): Promise<void> {
    if ((await db.status()).awaySince) return;
    for (const schedule of await db.schedules.due(now())) {
      if (stopped) return;
      await run(schedule).catch((error: unknown) =>
        log.warn({ err: error, schedule: schedule.id }, "A schedule could not run now; it is tried again."),
      );
    }
  }

  async function run(schedule: Schedule): Promise<void> {
    const { id, nextRunAt: due, timing, timeZone } = schedule;
    const next = nextRun(timing, timeZone, new Date(Math.max(now().getTime(), due.getTime())));
    if (now().getTime() - due.getTime() > LATE_MS) {
      const begun = await isBegun(db, schedule, due);
      if (!(await db.schedules.advance(id, due, next, begun ? {} : { missedAt: due })) || begun) return;
      const view = missedView(voiceOf(await db.settings.all(), now()), schedule, due);
      await sendView(deps.api, schedule.ownerChatId, view);
      return;
    }
    // Begun first: killed in between, it is begun again, and is the same run.
    const busy = await openRun(db, schedule);
    if (busy && !(await isBegun(db, schedule, due)))
      log.info({ schedule: id }, "The last run of a schedule is not over; this one is left out.");
    else if (!busy) await beginRun(deps, schedule, due);
    await db.schedules.advance(id, due, next, {});
  }

  function again(ms: number): void {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => log.warn({ err: error }, "The schedules could not be looked at."))
        .finally(() => again(TICK_MS));
    }, ms);
  }

  return {
    start: () => again(0),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
