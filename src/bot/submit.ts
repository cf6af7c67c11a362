/** A yes to a download becomes a scan whose finds are downloaded. */
import { fmt } from "@grammyjs/parse-mode";
import type { Chat } from "../core/media.ts";
import type { MediaFilter } from "../core/media-filter.ts";
import type { BotContext } from "./context.ts";
import { rememberDownload } from "./last-download.ts";
import { chatOf, editView, sendView } from "./sending.ts";
import { submitJob } from "./submit-job.ts";
import { runningTwin, type Twin } from "./twin.ts";
import { button, rows, type View } from "./view.ts";

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
  const { db } = ctx.services;
  const { chat, filter, replyTo } = order;
  const twin = await runningTwin(db, { chatId: chat.chatId, filter });
  if (twin) {
    const sameWish = twin.card.messageId === order.becomesCard || (replyTo !== null && twin.card.replyToId === replyTo);
    if (!sameWish) await tellOfTwin(ctx, twin, order);
    return "already";
  }
  const outcome = await submitJob(ctx, {
    ...order,
    job: { task: "scan", payload: { chatId: chat.chatId, filter, next: "download" }, title: chat.title },
  });
  // "Same as last time" means a kind of wish, not the one message that was pasted.
  if (!filter.messageIds) await rememberDownload(db.settings, { chatId: chat.chatId, filter });
  return outcome;
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
