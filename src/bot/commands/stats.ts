/** /stats [chat] [filters] — what the database knows of messages, in numbers and pictures. */
import { randomBytes } from "node:crypto";
import { fmt } from "@grammyjs/parse-mode";
import type { ChatId } from "../../core/media.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import { parseQuery } from "../../core/query.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { findChat } from "../find-chat.ts";
import { say, show } from "../sending.ts";
import { openStats } from "../stats/draft.ts";
import { present, titleOfScope } from "../stats/present.ts";
import { pressStats } from "../stats/presses.ts";
import { button, rows, type View } from "../view.ts";
import { chooseChatView } from "../views/chats.ts";

export default defineCommand({
  name: "stats",
  description: "Numbers and pictures of your chats",
  usage: "[chat] [filters]",
  examples: ["/stats", "/stats @news", "/stats Family 2024", "/stats me video"],
  group: "know",
  explanation:
    "Counts what /scan has indexed: messages, media and bytes by person, kind, extension, month, weekday and hour; sizes, growth, and what is on the disk. Buttons turn to another side; 📄 CSV gives you the table.",

  async run(ctx, words) {
    const { now, timeZone } = ctx.voice;
    const all = /^all(?:\s+|$)/i.exec(words);
    const query = parseQuery(all ? words.slice(all[0].length) : words, {
      now,
      timeZone,
      ...(all ? { leading: "text" as const } : {}),
    });
    if (!query.chat) return open(ctx, null, query.filter);
    const found = await findChat(ctx, query);
    if (found.kind === "one") return open(ctx, found.chat.chatId, found.filter);
    await say(
      ctx,
      chooseChatView(ctx.voice, found.typed, found.chats, ({ chatId }) => ["stats", chatId]),
    );
  },
  presses: {
    st: pressStats,
    async stats(ctx, [chatId = "all"]) {
      await open(ctx, chatId === "all" ? null : Number(chatId), {});
      return undefined;
    },
  },
});

async function open(ctx: BotContext, chatId: ChatId | null, filter: MediaFilter): Promise<void> {
  if ((await ctx.services.db.status()).awaySince !== null) {
    const view = awayView(ctx, chatId);
    await (ctx.callbackQuery ? show(ctx, view) : say(ctx, view));
    return;
  }
  const draft = await openStats(ctx, { chatId, filter, title: await titleOfScope(ctx, chatId, filter) });
  await present(ctx, draft, { fresh: true });
}

function awayView({ voice, services }: BotContext, chatId: ChatId | null): View {
  const { stats } = voice.t;
  const reference = randomBytes(2).toString("hex").toUpperCase();
  services.log.warn({ reference }, "Statistics were asked for while the database is away.");
  return { text: fmt`${stats.away(reference)}`, buttons: rows([button(stats.tryNow, ["stats", chatId ?? "all"])]) };
}
