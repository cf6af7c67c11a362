/** /search words [filters] — full text over everything recorded, paged by editing; each result can be fetched. */
import { UserError } from "../../core/errors.ts";
import type { Chat, StoredMessage } from "../../core/media.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import { parseQuery } from "../../core/query.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { leaveDialogue, openDraft } from "../dialogue.ts";
import { findChat } from "../find-chat.ts";
import { bring } from "../search/bring.ts";
import {
  ASK,
  keepSearch,
  loadSearch,
  PER_PAGE,
  results,
  type Search,
  type SearchDraft,
  termsOf,
} from "../search/draft.ts";
import { looser, PARTS, without } from "../search/loosen.ts";
import { say, show } from "../sending.ts";
import { submitDownload } from "../submit.ts";
import { button, rows, type View } from "../view.ts";
import { chooseChatView, titleOf } from "../views/chats.ts";
import { pageOf } from "../views/pager.ts";
import { emptyView, resultsView, resultView } from "../views/search.ts";
import { name } from "../voice.ts";

/** "All" downloads so many at most, and from so many chats: each has its own card. */
const MOST_HITS = 1_000;
const MOST_CHATS = 10;

export default defineCommand({
  name: "search",
  description: "Find messages and files by their words",
  usage: "words [filters]",
  examples: ["/search invoice ext:pdf", '/search "red car" -blue from:@anna 2024', "/search chat:@news elect*"],
  group: "get",
  explanation:
    "Looks in texts, captions, file names and senders of everything recorded by /scan and /download. Whole words, whatever their case and accents; word* for all that begin so, quotes for words side by side, -word to leave out. Chinese, Japanese and Thai are found by any part.",

  async run(ctx, words) {
    if (words === "") await askWords(ctx, null);
    else await say(ctx, await firstPage(ctx, words, null));
  },
  presses: {
    async sr(ctx, [id = "", page]) {
      await show(ctx, await pageView(ctx, await theSearch(ctx, id), page));
      return undefined;
    },
    async "sr-words"(ctx, [id = ""]) {
      const draft = await ctx.services.db.drafts.get(id);
      const text = (draft?.data as { text?: string } | undefined)?.text;
      if (!text) throw new UserError(ctx.voice.t.search.gone);
      await show(ctx, await firstPage(ctx, text, null));
      return undefined;
    },
    async "sr-in"(ctx, [chatId]) {
      await askWords(ctx, Number(chatId));
      return undefined;
    },
    async "sr-change"(ctx, [id = ""]) {
      await askWords(ctx, (await theSearch(ctx, id)).chatId);
      return undefined;
    },
    async "sr-chat"(ctx, [id = "", chatId]) {
      const search = await theSearch(ctx, id);
      await show(ctx, await pageView(ctx, await keepSearch(ctx, { ...search, chatId: Number(chatId) }), 1));
      return undefined;
    },
    async "sr-drop"(ctx, [id = "", part]) {
      const known = PARTS.find((one) => one === part);
      const search = await theSearch(ctx, id);
      if (known) await show(ctx, await pageView(ctx, await keepSearch(ctx, without(search, known)), 1));
      return undefined;
    },
    async "sr-loose"(ctx, [id = ""]) {
      const wider = looser(await theSearch(ctx, id));
      if (wider) await show(ctx, await pageView(ctx, await keepSearch(ctx, wider), 1));
      return undefined;
    },
    async "sr-one"(ctx, [id = "", index]) {
      const search = await theSearch(ctx, id);
      const { message, chat } = await theResult(ctx, search, Number(index));
      await show(ctx, resultView(ctx.voice, search, message, chat, Number(index)));
      return undefined;
    },
    async "sr-send"(ctx, [id = "", index]) {
      const { message, chat } = await theResult(ctx, await theSearch(ctx, id), Number(index));
      await bring(ctx, message, chat, String(ctx.update.update_id));
      return undefined;
    },
    async "sr-get"(ctx, [id = "", index]) {
      const { message, chat } = await theResult(ctx, await theSearch(ctx, id), Number(index));
      if (!chat || message.media.fileKey === null) throw new UserError(ctx.voice.t.search.nothingToSave);
      await downloadFrom(ctx, chat, [message], `${id}:${index}`);
      return undefined;
    },
    async "sr-all"(ctx, [id = ""]) {
      return downloadAll(ctx, await theSearch(ctx, id));
    },
  },
  answers: {
    async [ASK](ctx, draftId, text) {
      const draft = await ctx.services.db.drafts.get(draftId);
      const { chatId = null } = (draft?.data ?? {}) as { chatId?: number | null };
      const view = await firstPage(ctx, text, chatId);
      await ctx.services.db.drafts.take(draftId);
      await say(ctx, view);
      return true;
    },
  },
});

async function askWords(ctx: BotContext, chatId: number | null): Promise<void> {
  await leaveDialogue(ctx, ASK);
  const { t } = ctx.voice;
  const chat = chatId === null ? null : await ctx.services.db.chats.get(chatId);
  await openDraft(ctx, ASK, { chatId: chat?.chatId ?? null });
  await say(ctx, {
    text: chat ? t.search.askIn(name(titleOf(ctx.voice, chat))) : t.search.ask,
    buttons: rows([button(t.common.close, ["close"])]),
  });
}

async function firstPage(ctx: BotContext, words: string, chatId: number | null): Promise<View> {
  const { now, timeZone, t } = ctx.voice;
  const query = parseQuery(words, { now, timeZone, leading: "text" });
  let search: SearchDraft = { chatId, filter: query.filter };
  if (query.chat) {
    const found = await findChat(ctx, query);
    if (found.kind === "several") {
      const { id } = await keepSearch(ctx, { chatId: null, filter: found.filter });
      return chooseChatView(ctx.voice, found.typed, found.chats, (chat) => ["sr-chat", id, chat.chatId]);
    }
    search = { chatId: found.chat.chatId, filter: found.filter };
  }
  const asked = [...(search.filter.text ?? []), ...(search.filter.notText ?? [])];
  const { wanted, unwanted } = termsOf(search);
  const isNothing = !query.chat && chatId === null && Object.keys(query.filter).length === 0;
  if (isNothing || wanted.length + unwanted.length < asked.length) throw new UserError(t.search.noWords);
  return pageView(ctx, await keepSearch(ctx, search), 1);
}

async function pageView(ctx: BotContext, search: Search, asked: string | number | undefined): Promise<View> {
  const { db } = ctx.services;
  // A page may be asked for of which it is not known yet whether it exists.
  const wanted = Math.max(1, Math.floor(Number(asked) || 1));
  let found = await results(ctx, search, { limit: PER_PAGE, offset: (wanted - 1) * PER_PAGE });
  const within = search.chatId === null ? null : await db.chats.get(search.chatId);
  if (found.total === 0) return emptyView(ctx.voice, search, { ...(await searched(ctx)), within });
  // While more may come there is always a next page.
  const { page, pages } = pageOf(wanted, found.total + (found.more ? PER_PAGE : 0), PER_PAGE);
  if (page !== wanted) found = await results(ctx, search, { limit: PER_PAGE, offset: (page - 1) * PER_PAGE });
  const chats = await chatsOf(ctx, found.messages);
  return resultsView(ctx.voice, search, { ...found, page, pages, chats, within, indexed: await db.search.isIndexed() });
}

async function searched(ctx: BotContext): Promise<{ chats: number; unscanned: number }> {
  const { db } = ctx.services;
  const { total } = await db.chats.list({ except: ctx.me.id }, { limit: 1, offset: 0 });
  const chats = await db.search.chatsWithMessages();
  return { chats, unscanned: Math.max(0, total - chats) };
}

async function chatsOf(ctx: BotContext, messages: readonly StoredMessage[]): Promise<Map<number, Chat>> {
  const found = new Map<number, Chat>();
  for (const chatId of new Set(messages.map((message) => message.chatId))) {
    const chat = await ctx.services.db.chats.get(chatId);
    if (chat) found.set(chatId, chat);
  }
  return found;
}

async function theSearch(ctx: BotContext, id: string): Promise<Search> {
  const search = await loadSearch(ctx, id);
  if (!search) throw new UserError(ctx.voice.t.search.gone);
  return search;
}

async function theResult(
  ctx: BotContext,
  search: Search,
  index: number,
): Promise<{ message: StoredMessage; chat: Chat | null }> {
  const { messages } = await results(ctx, search, { limit: 1, offset: Math.max(0, Math.floor(index) || 0) });
  const [message] = messages;
  if (!message) throw new UserError(ctx.voice.t.search.goneMessage);
  return { message, chat: await ctx.services.db.chats.get(message.chatId) };
}

/** One download a chat; what carries no file is left out. */
async function downloadAll(ctx: BotContext, search: Search): Promise<string> {
  const { t } = ctx.voice;
  const { messages } = await results(ctx, search, { limit: MOST_HITS, offset: 0 });
  const withFile = messages.filter(({ media }) => media.fileKey !== null);
  if (withFile.length === 0) throw new UserError(t.search.nothingToSave);
  const byChat = grouped(withFile);
  if (byChat.size > MOST_CHATS) throw new UserError(t.search.tooManyChats(byChat.size, MOST_CHATS));
  const chats = await chatsOf(ctx, withFile);
  for (const [chatId, own] of byChat) {
    const chat = chats.get(chatId);
    if (chat) await downloadFrom(ctx, chat, own, `${search.id}:all`);
  }
  return t.search.started(withFile.length);
}

async function downloadFrom(
  ctx: BotContext,
  chat: Chat,
  messages: readonly StoredMessage[],
  wish: string,
): Promise<void> {
  if (chat.restricted && !ctx.settings.allowRestricted) throw new UserError(ctx.voice.t.search.restricted);
  const filter: MediaFilter = { messageIds: messages.map(({ messageId }) => messageId).sort((a, b) => a - b) };
  await submitDownload(ctx, {
    chat: { chatId: chat.chatId, title: titleOf(ctx.voice, chat) },
    filter,
    requestKey: `search:${wish}:${chat.chatId}`,
    replyTo: null,
  });
}

function grouped(messages: readonly StoredMessage[]): Map<number, StoredMessage[]> {
  const found = new Map<number, StoredMessage[]>();
  for (const message of messages) found.set(message.chatId, [...(found.get(message.chatId) ?? []), message]);
  return found;
}
