/**
 * /archive [chat|all] [filters] [json|csv|html] [media] [zip] — keeps messages as files.
 *
 * This finds out what is meant; a worker reads the chat, fetches and writes.
 */
import { UserError } from "../../core/errors.ts";
import { parseQuery } from "../../core/query.ts";
import { ARCHIVE, loadArchive, openArchive, present } from "../archive/draft.ts";
import { chooseChat, settleArchive } from "../archive/flow.ts";
import { pressArchive, pressArchiveChat, pressSplit, pressUpload, pressVerify, pressZip } from "../archive/presses.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { findChat } from "../find-chat.ts";
import { chooseChatView } from "../views/chats.ts";

export default defineCommand({
  name: "archive",
  description: "Keep a chat's messages as files",
  usage: "[chat|all] [filters] [json|csv|html] [media] [zip]",
  examples: ["/archive @news json", '/archive "Family" html media 2024', "/archive all csv", "/archive me"],
  group: "get",
  explanation:
    "Writes a chat, or all of them, as JSON (as Telegram Desktop does), as a CSV table or as web pages that open without a server, with the files if you say media. Sent here up to 50 MB; more is split, zipped or uploaded to Saved Messages. The next run adds what is new. Every file has its SHA-256 in manifest.json.",

  async run(ctx, words) {
    const { now, timeZone } = ctx.voice;
    const { all, zip, rest } = ownWords(words);
    const query = parseQuery(rest, { now, timeZone, archive: true });
    if (all && query.chat) throw new UserError(ctx.voice.t.archive.allOrOne);
    const { format = null, media = false } = query.options;
    const begin = { format, media, zip, filter: query.filter };
    if (all || !query.chat) {
      const flow = await openArchive(ctx, begin);
      await (all ? settleArchive(ctx, flow) : chooseChat(ctx, flow));
      return;
    }
    const found = await findChat(ctx, query);
    const flow = await openArchive(ctx, { ...begin, filter: found.filter });
    if (found.kind === "several") {
      const data = ({ chatId }: { chatId: number }) => ["ar", flow.draft.id, "chat", chatId];
      await present(ctx, flow, chooseChatView(ctx.voice, found.typed, found.chats, data));
      return;
    }
    flow.data.chatId = found.chat.chatId;
    await settleArchive(ctx, flow);
  },
  presses: {
    ar: pressArchive,
    "ar-chat": pressArchiveChat,
    "ar-split": pressSplit,
    "ar-up": pressUpload,
    "ar-zip": pressZip,
    "ar-check": pressVerify,
  },
  answers: { [ARCHIVE]: typedChat },
});

/** "all" in the first place and "zip" anywhere are this command's own. */
function ownWords(words: string): { all: boolean; zip: boolean; rest: string } {
  const zip = /(?<=^|\s)zip(?=\s|$)/i;
  const all = /^all(?=\s|$)/i;
  const rest = words.replace(zip, "").trim();
  return { all: all.test(rest), zip: zip.test(words), rest: rest.replace(all, "").trim() };
}

async function typedChat(ctx: BotContext, draftId: string, text: string): Promise<boolean> {
  const flow = await loadArchive(ctx, draftId);
  if (!flow?.data.choosing) return false;
  const { now, timeZone } = ctx.voice;
  const query = parseQuery(text, { now, timeZone, archive: true });
  if (!query.chat) throw new UserError(ctx.voice.t.archive.askChat);
  const found = await findChat(ctx, query);
  flow.draft.messageId = null;
  Object.assign(flow.data, { filter: { ...flow.data.filter, ...found.filter } });
  if (found.kind === "several") {
    const data = ({ chatId }: { chatId: number }) => ["ar", draftId, "chat", chatId];
    await present(ctx, flow, chooseChatView(ctx.voice, found.typed, found.chats, data));
    return true;
  }
  flow.data.chatId = found.chat.chatId;
  await settleArchive(ctx, flow);
  return true;
}
