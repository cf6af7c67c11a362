/** A wish to scan becomes a job with its card. */
import { fmt } from "@grammyjs/parse-mode";
import type { IndexWish } from "../../core/tasks.ts";
import type { BotContext } from "../context.ts";
import { RUNNING_STATES } from "../job-lists.ts";
import { chatOf, editView, sendView } from "../sending.ts";
import { submitJob } from "../submit-job.ts";
import { button, rows, type View } from "../view.ts";
import { titleOf } from "../views/chats.ts";

export interface ScanOrder {
  wish: IndexWish;
  requestKey: string;
  replyTo: number | null;
  becomesCard?: number;
}

const LOOKED_AT = 100;

export async function submitScan(ctx: BotContext, order: ScanOrder): Promise<"started" | "already"> {
  const { db } = ctx.services;
  const { wish } = order;
  const { families } = await db.jobs.roots({ states: RUNNING_STATES }, { limit: LOOKED_AT, offset: 0 });
  const same = JSON.stringify(wish);
  const twin = families.find(({ root }) => root.task === "index" && JSON.stringify(inOrder(root.payload)) === same);
  const card = twin && (await db.jobCards.get(twin.root.id));
  if (card && card.replyToId !== order.replyTo) {
    const view: View = {
      text: fmt`${ctx.voice.t.scan.twin(card.number)}`,
      buttons: rows([button(ctx.voice.t.jobs.details, ["job", "details", card.jobId])]),
    };
    const edited = order.becomesCard !== undefined && (await editView(ctx.api, chatOf(ctx), order.becomesCard, view));
    if (!edited) await sendView(ctx.api, chatOf(ctx), view, { replyTo: order.replyTo });
    return "already";
  }
  return submitJob(ctx, { ...order, job: { task: "index", payload: wish, title: await titleFor(ctx, wish) } });
}

/** The fields as `IndexWish` names them, since a database may give JSON back in another order. */
const inOrder = ({ chatIds, filter, full }: IndexWish): IndexWish => ({ chatIds, filter, full });

async function titleFor(ctx: BotContext, { chatIds }: IndexWish): Promise<string> {
  const { scan } = ctx.voice.t;
  if (chatIds === null) return scan.allTitle;
  const [only, ...more] = chatIds;
  const chat = only !== undefined && more.length === 0 ? await ctx.services.db.chats.get(only) : null;
  return chat ? titleOf(ctx.voice, chat) : scan.severalTitle(chatIds.length);
}
