/** An answer to /stats: the words at once, the picture below them; turning it over edits both. */
import { InputFile, InputMediaBuilder } from "grammy";
import { newId } from "../../core/id.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import { type Statistics, totalOf } from "../../core/statistics.ts";
import type { BotContext } from "../context.ts";
import { keepDraft } from "../dialogue.ts";
import { chatOf, isGone, isUnmodified, say, show, typing } from "../sending.ts";
import type { View } from "../view.ts";
import { titleOf } from "../views/chats.ts";
import { notIndexedView, rangeOf, statsView } from "../views/stats.ts";
import type { OpenStats } from "./draft.ts";
import { minutesToCount } from "./how-long.ts";
import { loadStatistics } from "./load.ts";
import { chartOf } from "./picture.ts";
import { PARTS } from "./tables.ts";

/** By the owner's setting; see Settings.chartTheme. */
const isDark = (ctx: BotContext): boolean => ctx.settings.chartTheme === "dark";

export function numbersOf(ctx: BotContext, { data }: OpenStats): Promise<Partial<Statistics>> {
  const { db, now, signal } = ctx.services;
  const options = { timeZone: ctx.voice.timeZone, now: now(), typing: typing(ctx), signal };
  return loadStatistics(db, { chatId: data.chatId, filter: data.filter }, PARTS[data.view], options);
}

/** `fresh` where the numbers are asked for anew, which is an operation of its own in the log. */
export async function present(ctx: BotContext, draft: OpenStats, { fresh }: { fresh: boolean }): Promise<void> {
  const { data } = draft;
  const uid = fresh ? await begin(ctx, draft) : null;
  try {
    const statistics = await numbersOf(ctx, draft);
    const total = totalOf(statistics.kinds ?? []);
    if (uid) await ctx.services.db.actionLog.end(uid, "completed", { ...total, view: data.view });
    if (total.messages === 0 && Object.keys(data.filter).length === 0) {
      const minutes = data.chatId === null ? null : await minutesToCount(ctx, data.chatId);
      await answer(ctx, notIndexedView(ctx.voice, { ...data, minutes }), draft);
      return;
    }
    draft.messageId = await answer(ctx, statsView(ctx.voice, draft, statistics, isDark(ctx)), draft);
    await keepDraft(ctx, draft);
    if (total.messages > 0) await showPicture(ctx, draft, statistics);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (uid) await ctx.services.db.actionLog.end(uid, "failed", null, reason).catch(() => undefined);
    throw error;
  }
}

async function begin(ctx: BotContext, { data }: OpenStats): Promise<string> {
  const { db, hostname } = ctx.services;
  const uid = newId();
  await db.actionLog.start({
    uid,
    type: "analyze",
    hostname: hostname ?? "bot",
    chatId: data.chatId,
    jobId: null,
    parameters: data.filter,
  });
  return uid;
}

/** The first words are a message of their own: the button may stand below the end of a job. */
const answer = (ctx: BotContext, view: View, { messageId }: OpenStats): Promise<number> =>
  messageId !== null && ctx.callbackQuery ? show(ctx, view) : say(ctx, view, { replyTo: ctx.message?.message_id });

/** The numbers stand in the words already: a picture that cannot be drawn or sent is only noted. */
async function showPicture(ctx: BotContext, draft: OpenStats, statistics: Partial<Statistics>): Promise<void> {
  const { voice, services } = ctx;
  const { data } = draft;
  const plain = data.chatId === null ? voice.t.stats.allChatsPlain : (data.title ?? "");
  const subtitle = `${rangeOf(voice, draft)} (${voice.timeZone})`.replace(/\(([^)]*)\) \(\1\)$/, "($1)");
  try {
    // Two seconds of a small machine to load: not before the first chart.
    const { drawChart } = await import("../../charts/draw.ts");
    const { png, illegible } = await drawChart(chartOf(voice, data.view, statistics, { title: plain, subtitle }), {
      theme: isDark(ctx) ? "dark" : "light",
    });
    const file = () => new InputFile(png, "stats.png");
    const heading = `${plain} · ${voice.t.stats.chartNames[data.view]}`.slice(0, 200);
    // Whoever sees boxes shall know why; the numbers above have the names in letters.
    const caption = illegible.length > 0 ? `${heading}\n${voice.t.stats.noFont(illegible.slice(0, 5))}` : heading;
    if (data.pictureId !== null && (await edited(ctx, data.pictureId, InputMediaBuilder.photo(file(), { caption }))))
      return;
    const sent = await ctx.api.sendPhoto(chatOf(ctx), file(), { caption, disable_notification: true });
    data.pictureId = sent.message_id;
    await keepDraft(ctx, draft);
  } catch (error) {
    services.log.warn({ err: error }, "A picture of statistics could not be shown.");
  }
}

async function edited(
  ctx: BotContext,
  messageId: number,
  media: ReturnType<typeof InputMediaBuilder.photo>,
): Promise<boolean> {
  try {
    await ctx.api.editMessageMedia(chatOf(ctx), messageId, media);
    return true;
  } catch (error) {
    if (isUnmodified(error)) return true;
    if (isGone(error)) return false;
    throw error;
  }
}

/** What pictures and tables are named after. */
export async function titleOfScope(
  ctx: BotContext,
  chatId: number | null,
  { topicId }: MediaFilter = {},
): Promise<string | null> {
  const { chats, topics } = ctx.services.db;
  const chat = chatId === null ? null : await chats.get(chatId);
  if (!chat) return null;
  const title = titleOf(ctx.voice, chat);
  const topic = topicId === undefined ? undefined : (await topics.of(chat.chatId)).get(topicId);
  return topic ? `${title} › ${topic}` : title;
}
