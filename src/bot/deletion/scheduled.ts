/** The steps of a deletion that a schedule has begun, up to its time for Undo: nobody is asked, everything is told. */
import type { Api } from "grammy";
import { CAP_WINDOW_MS, type Deletion, type ItemCounts } from "../../core/deletion.ts";
import { isOver } from "../../core/job.ts";
import type { Schedule } from "../../core/schedule.ts";
import type { Db } from "../../db/db.ts";
import { tell } from "../schedule/tell.ts";
import { sendView } from "../sending.ts";
import type { View } from "../view.ts";
import { noticeView } from "../views/schedule.ts";
import type { Voice } from "../voice.ts";
import type { JobOf } from "./step-jobs.ts";

export function createScheduledSteps({ db, api, now }: { db: Db; api: Api; now: () => Date }, jobOf: JobOf) {
  /** Over before anything: told once, without sound. `why` of null has nothing to tell. */
  async function leave(deletion: Deletion, voice: Voice, from: "planning" | "preview" | "copied", why: string | null) {
    const { id } = deletion;
    const schedule = await scheduleOf(deletion);
    if (!(await db.deletions.move(id, [from], "kept", { endedAt: now(), told: true }))) return;
    await db.deletions.keepRest(id, "copy-failed", now());
    if (from === "copied") await db.actionLog.end(id, "cancelled", { deleted: 0 });
    if (schedule && why !== null) await tell({ api }, voice, schedule, why);
  }

  const scheduleOf = async ({ scheduleId }: Deletion): Promise<Schedule | null> =>
    scheduleId === null ? null : db.schedules.get(scheduleId);

  async function view(
    deletion: Deletion,
    voice: Voice,
    about: { counts: ItemCounts; willGo: number; seconds: number },
  ): Promise<View | null> {
    const [schedule, chat] = [await scheduleOf(deletion), await db.chats.get(deletion.chatId)];
    const at = new Date(now().getTime() + about.seconds * 1_000);
    return schedule && chat && noticeView(voice, { schedule, chat, deletion, at, ...about });
  }

  return {
    async planning(deletion: Deletion, voice: Voice): Promise<void> {
      const { id, chatTitle } = deletion;
      const job = await jobOf(`delete-plan:${id}`, {
        task: "delete-plan",
        payload: { deletionId: id },
        title: chatTitle,
      });
      if (!job || !isOver(job.state) || job.state === "completed") return;
      const reason = job.error ?? "It was cancelled.";
      await leave(deletion, voice, "planning", voice.t.schedule.didNothing.failed(reason));
    },

    async preview(deletion: Deletion, voice: Voice): Promise<void> {
      const { id, summary } = deletion;
      if (!deletion.scheduleId || !summary) return;
      const { didNothing } = voice.t.schedule;
      const settings = await db.settings.all();
      if (summary.overCap) {
        const left = await db.deletions.spent(new Date(now().getTime() - CAP_WINDOW_MS));
        const why = didNothing.overCap(summary.count, Math.max(0, settings.deleteDailyCap - left));
        return leave(deletion, voice, "preview", why);
      }
      if (summary.count === 0) return leave(deletion, voice, "preview", null);
      if (!summary.copyable) return leave(deletion, voice, "preview", didNothing.restricted);
      if (!settings.deleteEnabled) return leave(deletion, voice, "preview", didNothing.off);
      // The yes was given when the schedule was saved; what it is worth is the Undo of the notice.
      await db.deletions.move(id, ["preview"], "copying", { confirmedAt: now() });
    },

    nothingCopied: (deletion: Deletion, voice: Voice): Promise<void> =>
      leave(deletion, voice, "copied", voice.t.schedule.didNothing.nothingCopied),

    /** A new message, with sound. False where the schedule or its chat is gone: then nothing is deleted. */
    async notice(
      deletion: Deletion,
      voice: Voice,
      counts: ItemCounts,
      willGo: number,
      seconds: number,
    ): Promise<boolean> {
      const shown = await view(deletion, voice, { counts, willGo, seconds });
      const schedule = await scheduleOf(deletion);
      if (!shown || schedule?.state === "removed") {
        await leave(deletion, voice, "copied", null);
        return false;
      }
      const messageId = await sendView(api, deletion.ownerChatId, shown);
      await db.deletions.note(deletion.id, { messageId });
      return true;
    },

    countdown: (deletion: Deletion, voice: Voice, counts: ItemCounts, willGo: number, seconds: number) =>
      view(deletion, voice, { counts, willGo, seconds }),
  };
}
