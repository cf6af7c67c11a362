/** A wish becomes a job with its card, whatever kind of job it is. Done twice with the same key, it is done once. */
import { newId } from "../core/id.ts";
import { type Family, type Job, type NewJob, NO_PROGRESS } from "../core/job.ts";
import type { BotContext } from "./context.ts";
import { chatOf, editView, sendView } from "./sending.ts";
import { cardView } from "./views/card.ts";

export interface JobOrder {
  job: Pick<NewJob, "task" | "payload" | "title" | "hostname">;
  /** Unique for the wish: an update that Telegram delivers twice starts one job. */
  requestKey: string;
  /** The command, under which card and end message stand. */
  replyTo: number | null;
  /** A message of ours that becomes the card. */
  becomesCard?: number;
}

/** "already": this very wish has its card. */
export async function submitJob(ctx: BotContext, order: JobOrder): Promise<"started" | "already"> {
  const { db, jobAdded } = ctx.services;
  const { requestKey, replyTo } = order;
  const chatId = chatOf(ctx);
  const [jobId = ""] = await db.jobs.add([
    // A draft runs only once its card is there, so that no job is ever without one.
    { ...order.job, id: newId(), requestKey, state: "draft" } as NewJob,
  ]);
  const card = await db.jobCards.open({ jobId, chatId, replyToId: replyTo });
  const isNew = card.messageId === null;
  if (isNew) {
    const job = await db.jobs.get(jobId);
    if (!job) throw new Error("The job just added is not there.");
    const view = cardView(ctx.voice, beginning(job), card.number, { kind: "milestone", percent: 0 });
    const edited = order.becomesCard !== undefined && (await editView(ctx.api, chatId, order.becomesCard, view));
    // The owner has just asked and looks on: sound is kept for the end.
    const messageId = edited ? order.becomesCard : await sendView(ctx.api, chatId, view, { replyTo, silent: true });
    await db.jobCards.update(jobId, { messageId, milestone: 0 });
  }
  await db.jobs.confirm(jobId);
  jobAdded();
  return isNew ? "started" : "already";
}

/** A job that has not begun, as its card shows it. */
function beginning(root: Job): Family {
  return {
    root,
    state: "waiting",
    paused: false,
    counting: true,
    progress: NO_PROGRESS,
    wait: null,
    parts: 0,
    hostnames: [],
  };
}
