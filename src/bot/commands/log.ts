/** /log [chat] [kind] [days] — what was done: when, on which machine, and with what result. */
import { UsageError } from "../../core/errors.ts";
import type { ChatId } from "../../core/media.ts";
import { parseQuery } from "../../core/query.ts";
import { addDays, localTime, startOfDay } from "../../core/zone.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { findChat } from "../find-chat.ts";
import { readKind } from "../log-words.ts";
import { say, show } from "../sending.ts";
import type { View } from "../view.ts";
import { chooseChatView, titleOf } from "../views/chats.ts";
import { KIND_LETTERS, type Kind, type LogFilter, logData, logView, OPERATIONS_PER_PAGE } from "../views/log.ts";
import { pageOf } from "../views/pager.ts";

const EVERYTHING: LogFilter = { kind: null, chat: null, since: null, before: null };

export default defineCommand({
  name: "log",
  description: "What was done, when and where",
  usage: "[chat] [kind] [days]",
  examples: ["/log", "/log @news download 7d", "/log delete 2026"],
  group: "control",
  explanation:
    "Lists what was done: scans, downloads, archives, deletions and statistics, each with its time, machine and result. Name a chat, a kind and days in any order to see less.",

  async run(ctx, words) {
    const { kind, rest } = readKind(words);
    const { now } = ctx.services;
    const query = parseQuery(rest, { now: now(), timeZone: ctx.voice.timeZone });
    const { after, before, ...others } = query.filter;
    if (Object.keys(others).length > 0) throw new UsageError(ctx.voice.t.log.notUnderstood);
    const filter: LogFilter = {
      ...EVERYTHING,
      kind,
      since: after ? new Date(after) : null,
      before: before ? new Date(before) : null,
    };
    if (!query.chat) {
      await say(ctx, await listView(ctx, filter, 1));
      return;
    }
    const found = await findChat(ctx, query);
    if (found.kind === "several") {
      const pick = (chatId: ChatId) => logData({ ...filter, chat: { chatId, title: "" } });
      await say(
        ctx,
        chooseChatView(ctx.voice, found.typed, found.chats, ({ chatId }) => pick(chatId)),
      );
      return;
    }
    const { chat } = found;
    const named = { chatId: chat.chatId, title: titleOf(ctx.voice, chat) };
    await say(ctx, await listView(ctx, { ...filter, chat: named }, 1));
  },
  presses: {
    async log(ctx, [page, letter, chatId, since, before]) {
      const kind = (Object.keys(KIND_LETTERS) as Kind[]).find((one) => KIND_LETTERS[one] === letter) ?? null;
      const filter = { kind, chat: await chatOfButton(ctx, chatId), since: timeOf(since), before: timeOf(before) };
      await show(ctx, await listView(ctx, filter, page));
      return undefined;
    },
  },
});

async function chatOfButton(ctx: BotContext, text: string | undefined): Promise<LogFilter["chat"]> {
  if (!text) return null;
  const chatId = Number(text);
  const chat = await ctx.services.db.chats.get(chatId);
  return { chatId, title: chat ? titleOf(ctx.voice, chat) : ctx.voice.t.log.unknownChat(chatId) };
}

function timeOf(minutes: string | undefined): Date | null {
  const value = minutes ? Number.parseInt(minutes, 36) : Number.NaN;
  return Number.isFinite(value) ? new Date(value * 60_000) : null;
}

async function listView(ctx: BotContext, filter: LogFilter, asked: string | number | undefined): Promise<View> {
  const { db, now } = ctx.services;
  const { timeZone } = ctx.voice;
  const where = {
    ...(filter.kind ? { type: filter.kind } : {}),
    ...(filter.chat ? { chatId: filter.chat.chatId } : {}),
    ...(filter.since ? { since: filter.since } : {}),
    ...(filter.before ? { before: filter.before } : {}),
  };
  const { total } = await db.actionLog.list(where, { limit: 1, offset: 0 });
  const { page, pages, offset, limit } = pageOf(asked, total, OPERATIONS_PER_PAGE);
  const { entries } = await db.actionLog.list(where, { limit, offset });
  const ids = new Set(entries.flatMap(({ chatId }) => (chatId === null ? [] : [chatId])));
  const titles = new Map<ChatId, string>();
  for (const chatId of ids) {
    const chat = await db.chats.get(chatId);
    if (chat) titles.set(chatId, titleOf(ctx.voice, chat));
  }
  const today = localTime(now(), timeZone);
  return logView(ctx.voice, {
    entries,
    titles,
    total,
    page,
    pages,
    filter,
    today: startOfDay(today, timeZone),
    week: startOfDay(addDays(today, -6), timeZone),
  });
}
