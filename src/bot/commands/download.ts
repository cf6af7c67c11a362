/**
 * /download [chat] [filters] — saves a chat's media to disk.
 *
 * This only finds out what is meant and queues a scan; a worker, here or on another machine, does the rest. Without a
 * chat it asks step by step.
 */
import { parseQuery, type Query } from "../../core/query.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { DOWNLOAD, openFlow } from "../download/draft.ts";
import { goTo, present } from "../download/flow.ts";
import { pressDownload, pressDownloadChat } from "../download/presses.ts";
import { settle } from "../download/settle.ts";
import { answerStep } from "../download/typed.ts";
import { findChat } from "../find-chat.ts";
import { chooseChatView } from "../views/chats.ts";

export default defineCommand({
  name: "download",
  description: "Save a chat's media to disk",
  usage: "[chat] [filters]",
  examples: ["/download @news video 7d", '/download "Family" photo 2024', "/download me pdf 10MB+", "/download"],
  group: "get",
  explanation:
    "Saves photos, videos, music and documents of a chat on your machine, under their date and name. What is there already is not fetched again. Without words I ask step by step; above 5 GB or 5,000 files I ask first.",

  async run(ctx, words) {
    const { now, timeZone } = ctx.voice;
    await beginDownload(ctx, parseQuery(words, { now, timeZone }));
  },
  presses: { dl: pressDownload, "dl-chat": pressDownloadChat },
  answers: { [DOWNLOAD]: answerStep },
});

async function beginDownload(ctx: BotContext, query: Query): Promise<void> {
  if (!query.chat) {
    const flow = await openFlow(ctx, { filter: query.filter, guided: Object.keys(query.filter).length === 0 });
    await goTo(ctx, flow, "chat");
    return;
  }
  const found = await findChat(ctx, query);
  const flow = await openFlow(ctx, { filter: found.filter, guided: false });
  if (found.kind === "several") {
    const data = ({ chatId }: { chatId: number }) => ["dl", flow.draft.id, "chat", chatId];
    await present(ctx, flow, chooseChatView(ctx.voice, found.typed, found.chats, data));
    return;
  }
  flow.data.chatId = found.chat.chatId;
  await settle(ctx, flow, { asked: false });
}
