/**
 * /delete <chat> [filters] — deletes messages, after a preview, a copy, a yes and a time to undo.
 *
 * This command only plans: nothing here can delete. The yes is deletion/confirm.ts, what follows it deletion/watch.ts,
 * the deleting itself a worker's.
 */
import { fmt } from "@grammyjs/parse-mode";
import type { MediaFilter } from "../../core/media-filter.ts";
import { parseQuery } from "../../core/query.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { TYPED, typedNumber } from "../deletion/confirm.ts";
import { mayDelete, planDeletion, safely } from "../deletion/plan.ts";
import { pressDelete } from "../deletion/presses.ts";
import { openDraft } from "../dialogue.ts";
import { chatById, findChat } from "../find-chat.ts";
import { say } from "../sending.ts";
import { button, rows } from "../view.ts";
import { chooseChatView } from "../views/chats.ts";

const DRAFT = "delete";

export default defineCommand({
  name: "delete",
  description: "Delete messages, after asking twice",
  usage: "<chat> [filters]",
  examples: ["/delete @group from:me before:2024", "/delete me type:sticker", '/delete "Family" photo last month'],
  group: "remove",
  explanation:
    "Shows what would go, for whom it vanishes and what Telegram refuses; makes a copy first; asks for a yes with the number, and gives you a time to undo before anything is sent. Off until you turn it on in /settings. Telegram has no undo afterwards; /restore posts the copy again.",

  async run(ctx, words) {
    await safely(ctx, () => begin(ctx, words));
  },
  presses: {
    del: pressDelete,
    async "del-of"(ctx, [chatId]) {
      await safely(ctx, async () => {
        if (!(await mayDelete(ctx))) return;
        await planDeletion(ctx, { chat: await chatById(ctx, Number(chatId)), filter: {}, replyTo: null });
      });
      return undefined;
    },
    async "del-chat"(ctx, [draftId = "", chatId]) {
      const { db } = ctx.services;
      const draft = await db.drafts.get(draftId);
      if (draft?.kind !== DRAFT || !(await db.drafts.take(draftId))) return ctx.voice.t.common.expired;
      const { filter, replyTo } = draft.data as { filter: MediaFilter; replyTo: number | null };
      const messageId = ctx.callbackQuery?.message?.message_id;
      await safely(ctx, async () => {
        if (!(await mayDelete(ctx))) return;
        await planDeletion(ctx, { chat: await chatById(ctx, Number(chatId)), filter, replyTo }, messageId);
      });
      return undefined;
    },
  },
  answers: {
    [TYPED]: async (ctx, draftId, text) => (await safely(ctx, () => typedNumber(ctx, draftId, text))) ?? true,
  },
});

async function begin(ctx: BotContext, words: string): Promise<void> {
  if (!(await mayDelete(ctx))) return;
  const { now, timeZone } = ctx.voice;
  const query = parseQuery(words, { now, timeZone });
  const replyTo = ctx.message?.message_id ?? null;
  if (!query.chat) {
    const { t } = ctx.voice;
    await say(ctx, {
      text: fmt`${t.deletion.which}`,
      buttons: rows([button(t.help.filters, ["help", "filters"]), button(t.common.close, ["close"])]),
    });
    return;
  }
  const found = await findChat(ctx, query);
  if (found.kind === "one") {
    await planDeletion(ctx, { chat: found.chat, filter: found.filter, replyTo });
    return;
  }
  const draft = await openDraft(ctx, DRAFT, { filter: found.filter, replyTo });
  const data = ({ chatId }: { chatId: number }) => ["del-chat", draft.id, chatId];
  await say(ctx, chooseChatView(ctx.voice, found.typed, found.chats, data));
}
