/** Restores under way: shown while they run and told at their end. Which there are is kept, so that a restart goes on. */
import type { Api } from "grammy";
import type { Logger } from "pino";
import { isOver, type Job } from "../../core/job.ts";
import { stopName } from "../../core/repost.ts";
import type { Db } from "../../db/db.ts";
import { editView, sendView } from "../sending.ts";
import { button, lines, rows, type View } from "../view.ts";
import { titleOf } from "../views/chats.ts";
import { clock, name, type Voice, voiceOf } from "../voice.ts";

const MEMORY = "restores";
const SHOW_EVERY_MS = 5_000;

export interface ShownRestore {
  jobId: string;
  chatId: number;
  messageId: number;
}

export async function followRestore(db: Db, restore: ShownRestore): Promise<void> {
  const known = (await db.settings.recall<ShownRestore[]>(MEMORY)) ?? [];
  await db.settings.remember(MEMORY, [...known.filter(({ jobId }) => jobId !== restore.jobId), restore]);
}

/**
 * Stops between two messages, so that it can be told exactly how many are posted; a job that nobody has begun ends at
 * once. False where it is over.
 */
export async function stopRestore(db: Db, job: Job): Promise<boolean> {
  if (isOver(job.state)) return false;
  await db.settings.remember(stopName(job.id), true);
  if (job.state !== "active") await db.jobs.cancel(job.id);
  return true;
}

export function restoringView(voice: Voice, job: Pick<Job, "id" | "progress" | "wait">): View {
  const { restoring, deletion } = voice.t;
  return {
    text: lines(
      restoring.running(job.progress.done, job.progress.total),
      job.wait && deletion.waiting(clock(voice, job.wait.until)),
    ),
    buttons: rows([button(restoring.cancel, ["rst-stop", job.id])]),
  };
}

/** One look at all of them. */
export function createRestores({ db, api, log, now }: { db: Db; api: Api; log: Logger; now: () => Date }) {
  const shownAt = new Map<string, number>();

  async function look(restore: ShownRestore): Promise<void> {
    const { jobId, chatId, messageId } = restore;
    const job = await db.jobs.get(jobId);
    const voice = voiceOf(await db.settings.all(), now());
    if (job && !isOver(job.state)) {
      if (performance.now() - (shownAt.get(jobId) ?? 0) < SHOW_EVERY_MS) return;
      shownAt.set(jobId, performance.now());
      await editView(api, chatId, messageId, restoringView(voice, job));
      return;
    }
    if (job?.task === "restore") {
      const view = await endOf(job, voice);
      await sendView(api, chatId, view, { replyTo: messageId });
      await editView(api, chatId, messageId, { text: view.text }).catch(() => false);
    }
    const known = (await db.settings.recall<ShownRestore[]>(MEMORY)) ?? [];
    await db.settings.remember(stopName(jobId), null);
    await db.settings.remember(
      MEMORY,
      known.filter((one) => one.jobId !== jobId),
    );
  }

  async function endOf(job: Job<"restore">, voice: Voice): Promise<View> {
    const { restoring } = voice.t;
    const chat = await db.chats.get(job.payload.chatId);
    if (job.state !== "completed") {
      const { saved, total } = job.progress;
      if (job.state === "cancelled") return { text: lines(restoring.stoppedAt(saved, total - saved)) };
      return { text: lines(restoring.failed(job.error ?? "", saved)) };
    }
    const { posted, missing, stopped = false } = job.result ?? { posted: 0, missing: 0 };
    if (stopped) return { text: lines(restoring.stoppedAt(posted, missing)) };
    return { text: lines(restoring.done(posted, missing, name(chat ? titleOf(voice, chat) : "?"))) };
  }

  return async (): Promise<void> => {
    for (const restore of (await db.settings.recall<ShownRestore[]>(MEMORY)) ?? []) {
      await look(restore).catch((error: unknown) =>
        log.warn({ err: error, job: restore.jobId }, "A restore could not be followed now; it is tried again."),
      );
    }
  };
}
