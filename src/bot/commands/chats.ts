/** /chats [words] — the account's chats, paged by editing; each opens as a card with what can be done. */
import { fmt } from "@grammyjs/parse-mode";
import { UserError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import { rememberRows } from "../chat-rows.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { keepDraft, leaveDialogue, openDraft } from "../dialogue.ts";
import { say, show, typing } from "../sending.ts";
import { button, rows, type View } from "../view.ts";
import { CHATS_PER_PAGE, type ChatKind, chatCardView, chatsView, isKind, TYPES_OF_KIND } from "../views/chats.ts";
import { pageOf } from "../views/pager.ts";

/** A draft that keeps the words looked for; its id is what the buttons carry. */
const SEARCH = "chats-search";
/** A draft that waits for those words. */
const FIND = "chats-find";
const READ_WITHIN_MS = 120_000;

export default defineCommand({
  name: "chats",
  description: "Your chats, groups and channels",
  usage: "[part of a title]",
  examples: ["/chats", "/chats family"],
  group: "know",
  explanation: "Lists your chats, the latest first. Tap a number to open one; in commands, #3 means the third row.",

  async run(ctx, words) {
    const searchId = words ? await keepSearch(ctx, words) : "";
    const { total } = await ctx.services.db.chats.list({}, { limit: 1, offset: 0 });
    if (total === 0) await readChats(ctx);
    await say(ctx, await listView(ctx, "a", 1, searchId));
  },
  presses: {
    async chats(ctx, [kind, page, searchId = ""]) {
      await leaveDialogue(ctx, FIND);
      await show(ctx, await listView(ctx, isKind(kind) ? kind : "a", page, searchId));
      return undefined;
    },
    async chat(ctx, [chatId]) {
      const { db } = ctx.services;
      const chat = await db.chats.get(Number(chatId));
      if (!chat) throw new UserError(ctx.voice.t.chats.gone);
      await show(ctx, chatCardView(ctx.voice, chat, await db.messages.countDownloaded(chat.chatId, null)));
      return undefined;
    },
    async "chats-find"(ctx) {
      const draft = await openDraft(ctx, FIND, {});
      const { chats } = ctx.voice.t;
      const view: View = {
        text: fmt`${chats.askFind}`,
        buttons: rows([button(ctx.voice.t.common.back, ["chats", "a", 1, ""])]),
      };
      draft.messageId = await show(ctx, view);
      await keepDraft(ctx, draft);
      return undefined;
    },
    async "chats-read"(ctx) {
      const count = await readChats(ctx);
      await show(ctx, await listView(ctx, "a", 1, ""));
      return ctx.voice.t.chats.refreshed(count);
    },
  },
  answers: {
    async [FIND](ctx, draftId, text) {
      await ctx.services.db.drafts.take(draftId);
      await say(ctx, await listView(ctx, "a", 1, await keepSearch(ctx, text)));
      return true;
    },
  },
});

async function keepSearch(ctx: BotContext, words: string): Promise<string> {
  return (await openDraft(ctx, SEARCH, { text: oneLine(words, 64) })).id;
}

async function listView(
  ctx: BotContext,
  kind: ChatKind,
  asked: string | number | undefined,
  searchId: string,
): Promise<View> {
  const { db } = ctx.services;
  const draft = searchId ? await db.drafts.get(searchId) : null;
  const text = (draft?.data as { text?: string } | undefined)?.text;
  const search = draft && text ? { text, draftId: draft.id } : null;
  const query = { ...(text ? { text } : {}), ...(TYPES_OF_KIND[kind] ? { types: TYPES_OF_KIND[kind] } : {}) };
  const { total } = await db.chats.list(query, { limit: 1, offset: 0 });
  const { page, pages, offset, limit } = pageOf(asked, total, CHATS_PER_PAGE);
  const { chats } = await db.chats.list(query, { limit, offset });
  await rememberRows(db, `${kind}:${text ?? ""}`, offset + 1, chats);
  return chatsView(ctx.voice, { chats, total, page, pages, kind, search });
}

/** Asks a worker to read the account's list of chats. */
async function readChats(ctx: BotContext): Promise<number> {
  const { ask } = ctx.services;
  const options = { title: ctx.voice.t.chats.reading, timeoutMs: READ_WITHIN_MS, typing: typing(ctx) };
  return (await ask("chats", {}, options)).count;
}
