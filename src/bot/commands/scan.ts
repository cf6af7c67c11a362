/** /scan [chats|all] [filters] [full] — reads messages into the index; nothing is downloaded. */
import type { ChatId } from "../../core/media.ts";
import { defineCommand } from "../command.ts";
import { findChat } from "../find-chat.ts";
import { choiceView, openScan, pressScan, SCAN } from "../scan/choose.ts";
import { submitScan } from "../scan/submit.ts";
import { readScan } from "../scan/words.ts";
import { say } from "../sending.ts";
import { chooseChatView } from "../views/chats.ts";

export default defineCommand({
  name: "scan",
  description: "Index chats without downloading",
  usage: "[chats|all] [filters] [full]",
  examples: ["/scan @news", "/scan all", "/scan @news @family", "/scan Family full"],
  group: "know",
  explanation:
    "Reads messages into the database: texts, senders, media and sizes. A second scan asks only for what is new. With “full” I look at everything again, for edits and for messages that are gone.",

  async run(ctx, words) {
    const { now, timeZone } = ctx.voice;
    const wish = readScan(words, { now, timeZone });
    const { filter, full } = wish;
    if (!wish.all && wish.chats.length === 0) {
      const draft = await openScan(ctx, { filter, full });
      draft.messageId = await say(ctx, await choiceView(ctx, draft));
      await ctx.services.db.drafts.save(draft);
      return;
    }
    const chosen: ChatId[] = [];
    for (const query of wish.all ? [] : wish.chats) {
      const found = await findChat(ctx, query);
      if (found.kind === "several") {
        const draft = await openScan(ctx, { filter: found.filter, full, chosen });
        await say(
          ctx,
          chooseChatView(ctx.voice, found.typed, found.chats, ({ chatId }) => ["sc", draft.id, "one", chatId]),
        );
        return;
      }
      chosen.push(found.chat.chatId);
      Object.assign(filter, found.filter);
    }
    await submitScan(ctx, {
      wish: { chatIds: wish.all ? null : chosen, filter, full },
      requestKey: `update:${ctx.update.update_id}`,
      replyTo: ctx.message?.message_id ?? null,
    });
  },
  // Its buttons alone answer the question; as one it can be closed by /cancel.
  answers: { [SCAN]: async () => false },
  presses: {
    sc: pressScan,
    async "scan-chat"(ctx, [chatId = ""]) {
      const outcome = await submitScan(ctx, {
        wish: { chatIds: chatId === "all" ? null : [Number(chatId)], filter: {}, full: false },
        requestKey: `update:${ctx.update.update_id}`,
        replyTo: null,
        ...(ctx.callbackQuery?.message ? { becomesCard: ctx.callbackQuery.message.message_id } : {}),
      });
      return outcome === "started" ? undefined : ctx.voice.t.jobs.already;
    },
  },
});
