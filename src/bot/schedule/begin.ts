/** One run of a schedule begins: as a deletion that is planned, and goes its own way from there. */
import { createHash } from "node:crypto";
import type { Api } from "grammy";
import { isDeletionOver } from "../../core/deletion.ts";
import { newId } from "../../core/id.ts";
import { keptSince, type Schedule } from "../../core/schedule.ts";
import type { Db } from "../../db/db.ts";
import type { DeletionWatch } from "../deletion/watch.ts";
import { voiceOf } from "../voice.ts";
import { tell } from "./tell.ts";

export interface BeginDeps {
  db: Db;
  api: Api;
  now: () => Date;
  deletions: Pick<DeletionWatch, "scheduled" | "nudge">;
}

/** The same time makes the same run, however often it is begun. */
const idOf = (schedule: Schedule, due: Date): string =>
  createHash("sha256").update(`${schedule.id} ${due.toISOString()}`).digest("hex").slice(0, 26).toUpperCase();

/** A run that has been begun and is not over: there is one at a time. */
export async function openRun(db: Db, { lastRunId }: Schedule): Promise<boolean> {
  const last = lastRunId === null ? null : await db.deletions.get(lastRunId);
  return last !== null && !isDeletionOver(last.state);
}

/** `due` is the time it was to run at; null where the owner wants it now. False where it cannot begin, which is told. */
export async function beginRun(deps: BeginDeps, schedule: Schedule, due: Date | null): Promise<boolean> {
  const { db, now, deletions } = deps;
  const settings = await db.settings.all();
  const voice = voiceOf(settings, now());
  const { didNothing } = voice.t.schedule;
  if (!settings.deleteEnabled) return tell(deps, voice, schedule, didNothing.off);
  const chat = await db.chats.get(schedule.chatId);
  if (!chat) return tell(deps, voice, schedule, didNothing.noChat);
  const { wish, id: scheduleId, chatId, ownerChatId, timeZone } = schedule;
  const before = keptSince(wish.keep, timeZone, now()).toISOString();
  const deletion = await db.deletions.create({
    id: due ? idOf(schedule, due) : newId(),
    chatId,
    chatTitle: chat.title,
    filter: { ...wish.filter, before },
    everyone: wish.everyone,
    ownerChatId,
    replyToId: null,
    scheduleId,
    cap: wish.cap,
  });
  await db.schedules.ran(scheduleId, now(), deletion.id);
  deletions.scheduled(deletion.id);
  deletions.nudge();
  return true;
}

/** Whether the run of that time has been begun already, by a process that was killed after it. */
export const isBegun = async (db: Db, schedule: Schedule, due: Date): Promise<boolean> =>
  (await db.deletions.get(idOf(schedule, due))) !== null;
