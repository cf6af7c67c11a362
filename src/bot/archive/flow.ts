/** From a chat to a running archive: refuse, ask for the format, or start. */
import { fmt } from "@grammyjs/parse-mode";
import { UserError } from "../../core/errors.ts";
import type { ArchiveWish } from "../../core/tasks.ts";
import type { BotContext } from "../context.ts";
import { RUNNING_STATES } from "../job-lists.ts";
import { submitJob } from "../submit-job.ts";
import { button, rows } from "../view.ts";
import { askFormatView, chooseArchiveView, RECENT, restrictedArchiveView } from "../views/archive.ts";
import { titleOf } from "../views/chats.ts";
import { type ArchiveFlow, present } from "./draft.ts";

const LOOKED_AT = 100;

export async function chooseChat(ctx: BotContext, flow: ArchiveFlow): Promise<void> {
  flow.data.choosing = true;
  const { chats } = await ctx.services.db.chats.list({ except: ctx.me.id }, { limit: RECENT + 1, offset: 0 });
  const recent = chats.filter(({ isSelf }) => !isSelf).slice(0, RECENT);
  await present(ctx, flow, chooseArchiveView(ctx.voice, flow.draft.id, recent));
}

/** The chat is known, or all are meant. */
export async function settleArchive(ctx: BotContext, flow: ArchiveFlow): Promise<void> {
  const { data, draft } = flow;
  data.choosing = false;
  const chat = data.chatId === null ? null : await ctx.services.db.chats.get(data.chatId);
  if (data.chatId !== null && !chat) throw new UserError(ctx.voice.t.chats.gone);
  if (chat?.restricted && !ctx.settings.allowRestricted) {
    await present(ctx, flow, restrictedArchiveView(ctx.voice, titleOf(ctx.voice, chat)));
    return;
  }
  const title = chat ? titleOf(ctx.voice, chat) : ctx.voice.t.archive.allChats;
  if (data.format === null) {
    await present(ctx, flow, askFormatView(ctx.voice, draft.id, title, data));
    return;
  }
  const { chatId, filter, format, media, zip } = data;
  const wish: ArchiveWish = { chatId, filter, format, media, zip };
  await submitArchive(ctx, wish, title, {
    requestKey: data.requestKey,
    replyTo: data.replyTo,
    ...(draft.messageId === null ? {} : { becomesCard: draft.messageId }),
  });
  await ctx.services.db.drafts.take(draft.id);
}

export async function submitArchive(
  ctx: BotContext,
  wish: ArchiveWish,
  title: string,
  order: { requestKey: string; replyTo: number | null; becomesCard?: number },
): Promise<"started" | "already"> {
  const twin = await runningTwin(ctx, wish);
  if (twin === null) return submitJob(ctx, { ...order, job: { task: "archive", payload: wish, title } });
  const { archive, jobs } = ctx.voice.t;
  const known = await ctx.services.db.jobCards.get(twin);
  // The same update once more is no second wish.
  if (known && (known.messageId === order.becomesCard || (order.replyTo !== null && known.replyToId === order.replyTo)))
    return "already";
  const text = fmt`${archive.twin(known?.number ?? 0)}`;
  await ctx.reply(text.text, {
    entities: text.entities,
    reply_markup: { inline_keyboard: rows([button(jobs.details, ["job", "details", twin])]) },
  });
  return "already";
}

async function runningTwin(ctx: BotContext, wish: ArchiveWish): Promise<string | null> {
  const { families } = await ctx.services.db.jobs.roots({ states: RUNNING_STATES }, { limit: LOOKED_AT, offset: 0 });
  const same = families.find(({ root }) => root.task === "archive" && inOrder(root.payload) === inOrder(wish));
  return same?.root.id ?? null;
}

const inOrder = ({ chatId, filter, format, media, zip }: ArchiveWish): string =>
  JSON.stringify([chatId, format, media, zip, Object.entries(filter).sort(([one], [other]) => (one < other ? -1 : 1))]);
