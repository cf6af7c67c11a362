/** A yes of the owner's becomes a job and its card. Done twice with the same key, it is done once. */
import { fmt } from "@grammyjs/parse-mode";
import { newId } from "../core/id.ts";
import { type Family, type Job, NO_PROGRESS } from "../core/job.ts";
import type { Chat } from "../core/media.ts";
import type { MediaFilter } from "../core/media-filter.ts";
import type { BotContext } from "./context.ts";
import { rememberDownload } from "./last-download.ts";
import { chatOf, editView, sendView } from "./sending.ts";
import { runningTwin, type Twin } from "./twin.ts";
import { button, rows, type View } from "./view.ts";
import { cardView } from "./views/card.ts";

export interface Order {
  chat: Pick<Chat, "chatId" | "title">;
  filter: MediaFilter;
  /** Unique for the wish: an update that Telegram delivers twice starts one job. */
  requestKey: string;
  /** The command, under which card and end message stand. */
  replyTo: number | null;
  /** A message of ours that becomes the card. */
  becomesCard?: number;
}

/** "already": this very wish has its card; the owner is told where another job does the same. */
export async function submitDownload(ctx: BotContext, order: Order): Promise<"started" | "already"> {
  const { db, jobAdded } = ctx.services;
  const { chat, filter, requestKey, replyTo } = order;
  const chatId = chatOf(ctx);
  const twin = await runningTwin(db, { chatId: chat.chatId, filter });
  if (twin) {
    const sameWish = twin.card.messageId === order.becomesCard || (replyTo !== null && twin.card.replyToId === replyTo);
    if (!sameWish) await tellOfTwin(ctx, twin, order);
    return "already";
  }
  const [jobId = ""] = await db.jobs.add([
    // A draft runs only once its card is there, so that no job is ever without one.
    {
      id: newId(),
      task: "scan",
      payload: { chatId: chat.chatId, filter, next: "download" },
      title: chat.title,
      requestKey,
      state: "draft",
    },
  ]);
  const card = await db.jobCards.open({ jobId, chatId, replyToId: replyTo });
  const isNew = card.messageId === null;
  if (isNew) {
    const job = await db.jobs.get(jobId);
    if (!job) throw new Error("The job just added is not there.");
    const view = cardView(ctx.voice, beginning(job), card.number, { kind: "milestone", percent: 0 });
    const edited = order.becomesCard !== undefined && (await editView(ctx.api, chatId, order.becomesCard, view));
    const messageId = edited ? order.becomesCard : await sendView(ctx.api, chatId, view, { replyTo });
    await db.jobCards.update(jobId, { messageId, milestone: 0 });
  }
  await db.jobs.confirm(jobId);
  // "Same as last time" means a kind of wish, not the one message that was pasted.
  if (!filter.messageIds) await rememberDownload(db.settings, { chatId: chat.chatId, filter });
  jobAdded();
  return isNew ? "started" : "already";
}

async function tellOfTwin(ctx: BotContext, twin: Twin, { becomesCard, replyTo }: Order): Promise<void> {
  const { jobs } = ctx.voice.t;
  const view: View = {
    text: fmt`${jobs.twin(twin.card.number)}`,
    buttons: rows([button(jobs.details, ["job", "details", twin.family.root.id])]),
  };
  const edited = becomesCard !== undefined && (await editView(ctx.api, chatOf(ctx), becomesCard, view));
  if (!edited) await sendView(ctx.api, chatOf(ctx), view, { replyTo });
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
