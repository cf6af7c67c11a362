/** /restore [number] [chat] — posts what a deletion has removed again, from its copy. */
import { fmt } from "@grammyjs/parse-mode";
import type { Deletion } from "../../core/deletion.ts";
import { UserError } from "../../core/errors.ts";
import { newId } from "../../core/id.ts";
import type { Chat } from "../../core/media.ts";
import { parseQuery } from "../../core/query.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { safely } from "../deletion/plan.ts";
import { followRestore, restoringView, stopRestore } from "../deletion/restores.ts";
import { chatById, findChat } from "../find-chat.ts";
import { chatOf, say, show } from "../sending.ts";
import { button, inRows, lines, rows } from "../view.ts";
import { titleOf } from "../views/chats.ts";
import { day, name } from "../voice.ts";

const LISTED = 8;

export default defineCommand({
  name: "restore",
  description: "Post deleted messages again, from the copy",
  usage: "[number] [chat]",
  examples: ["/restore", "/restore 3", "/restore 3 me"],
  group: "remove",
  explanation:
    "Posts the messages of a deletion again, from the copy made before it: in order, with their files, each naming its author and date. They are new messages of yours, since Telegram cannot bring the old ones back.",

  async run(ctx, words) {
    const [, number, where = ""] = /^#?(\d{1,9})(?:\s+([\s\S]+))?$/.exec(words) ?? [];
    if (words && !number) throw new UserError(ctx.voice.t.restoring.unknown(words.slice(0, 20)));
    await safely(ctx, () => (number ? offer(ctx, Number(number), where) : list(ctx)));
  },
  presses: {
    async rst(ctx, [number, chatId]) {
      await safely(ctx, async () => {
        const deletion = await withCopy(ctx, Number(number));
        if (!chatId) await show(ctx, await askWhere(ctx, deletion));
        else await show(ctx, await confirm(ctx, deletion, await chatById(ctx, Number(chatId))));
      });
      return undefined;
    },
    async "rst-go"(ctx, [number, chatId]) {
      await safely(ctx, async () => begin(ctx, await withCopy(ctx, Number(number)), Number(chatId)));
      return undefined;
    },
    async "rst-stop"(ctx, [jobId = ""]) {
      const { db } = ctx.services;
      const job = await db.jobs.get(jobId);
      return job && (await stopRestore(db, job)) ? ctx.voice.t.restoring.stopping : ctx.voice.t.jobs.over;
    },
  },
});

async function list(ctx: BotContext): Promise<void> {
  const { restoring, common } = ctx.voice.t;
  const { deletions } = await ctx.services.db.deletions.list({ withCopy: true }, { limit: LISTED, offset: 0 });
  if (deletions.length === 0) {
    await say(ctx, { text: fmt`${restoring.none}` });
    return;
  }
  const rowsOf = await Promise.all(
    deletions.map(async (one) =>
      restoring.listRow(one.number, name(one.chatTitle, 40), day(ctx.voice, one.createdAt), await deletedOf(ctx, one)),
    ),
  );
  const buttons = deletions.map(({ number }) => button(String(number), ["rst", number]));
  await say(ctx, {
    text: lines(restoring.list, ...rowsOf),
    buttons: [...inRows(buttons, 4), ...rows([button(common.close, ["close"])])],
  });
}

async function offer(ctx: BotContext, number: number, where: string): Promise<void> {
  const deletion = await withCopy(ctx, number);
  if (where === "") {
    await say(ctx, await askWhere(ctx, deletion));
    return;
  }
  const { now, timeZone } = ctx.voice;
  const found = await findChat(ctx, parseQuery(where, { now, timeZone }));
  if (found.kind === "several") throw new UserError(ctx.voice.t.restoring.several(found.typed));
  await say(ctx, await confirm(ctx, deletion, found.chat));
}

async function withCopy(ctx: BotContext, number: number): Promise<Deletion> {
  const deletion = await ctx.services.db.deletions.byNumber(number);
  const { restoring } = ctx.voice.t;
  if (!deletion) throw new UserError(restoring.unknown(String(number)));
  if (!deletion.manifestSha256 || (await deletedOf(ctx, deletion)) === 0) throw new UserError(restoring.noCopy(number));
  return deletion;
}

const deletedOf = async (ctx: BotContext, { id }: Deletion): Promise<number> =>
  (await ctx.services.db.deletions.counts(id)).deleted;

async function askWhere(ctx: BotContext, deletion: Deletion) {
  const { restoring, common } = ctx.voice.t;
  const self = await ctx.services.db.chats.self();
  const { number, chatId, chatTitle } = deletion;
  return {
    text: restoring.ask(number, name(chatTitle), await deletedOf(ctx, deletion)),
    buttons: rows(
      [
        button(restoring.same, ["rst", number, chatId]),
        self && self.chatId !== chatId && button(restoring.saved, ["rst", number, self.chatId]),
      ],
      [button(common.close, ["close"])],
    ),
  };
}

async function confirm(ctx: BotContext, deletion: Deletion, chat: Chat) {
  const { restoring, common } = ctx.voice.t;
  const count = await deletedOf(ctx, deletion);
  return {
    text: restoring.confirm(count, name(titleOf(ctx.voice, chat))),
    buttons: rows([
      button(restoring.start(count), ["rst-go", deletion.number, chat.chatId], "primary"),
      button(common.close, ["close"]),
    ]),
  };
}

/** The message with the button is one wish: pressed twice, it is one job. */
async function begin(ctx: BotContext, deletion: Deletion, chatId: number): Promise<void> {
  const { db, jobAdded, now } = ctx.services;
  const messageId = ctx.callbackQuery?.message?.message_id ?? 0;
  const [jobId = ""] = await db.jobs.add([
    {
      id: newId(),
      task: "restore",
      payload: { deletionId: deletion.id, chatId },
      title: deletion.chatTitle,
      hostname: deletion.hostname,
      maxAttempts: 20,
      requestKey: `restore:${deletion.id}:${chatOf(ctx)}:${messageId}`,
    },
  ]);
  const job = await db.jobs.get(jobId);
  if (!job) return;
  // A number among the jobs; its message is followed here, not by the board.
  const card = await db.jobCards.open({ jobId, chatId: chatOf(ctx), replyToId: null });
  if (card.closedAt === null) await db.jobCards.update(jobId, { closedAt: now(), messageId });
  jobAdded();
  await show(ctx, restoringView(ctx.voice, job));
  await followRestore(db, { jobId, chatId: chatOf(ctx), messageId });
}
