/** The buttons of a deletion other than the yes. */
import { fmt } from "@grammyjs/parse-mode";
import { InputFile } from "grammy";
import type { Deletion } from "../../core/deletion.ts";
import type { PressHandler } from "../command.ts";
import type { BotContext } from "../context.ts";
import { chatOf, say, show } from "../sending.ts";
import { button, rows } from "../view.ts";
import { left, samplesView } from "../views/deletion.ts";
import { pressGo } from "./confirm.ts";
import { planDeletion, safely, showPreview } from "./plan.ts";
import { issue } from "./question.ts";
import { protocolOf } from "./report.ts";

type Handler = (ctx: BotContext, deletion: Deletion) => Promise<string | undefined>;

export const pressDelete: PressHandler = (ctx, [action = "", id = ""]) =>
  safely(ctx, async () => {
    if (action === "go") return pressGo(ctx, id);
    const handler = Object.hasOwn(HANDLERS, action) ? HANDLERS[action] : undefined;
    const deletion = handler && (await ctx.services.db.deletions.get(id));
    return handler && deletion ? handler(ctx, deletion) : ctx.voice.t.common.stale;
  });

const HANDLERS: Record<string, Handler> = {
  async see(ctx, { chatId, summary }) {
    const { db } = ctx.services;
    const chat = await db.chats.get(chatId);
    if (!chat || !summary) return ctx.voice.t.chats.gone;
    const messages = await db.messages.of(chatId, summary.samples);
    await say(ctx, samplesView(ctx.voice, messages, chat, summary.count));
    return undefined;
  },

  async bk(ctx, deletion) {
    if (deletion.state !== "preview") return ctx.voice.t.common.pressOnce;
    const backup = !deletion.backup;
    await ctx.services.db.deletions.note(deletion.id, { backup });
    await showPreview(ctx, { ...deletion, backup });
    return undefined;
  },

  /** The list is frozen for one choice: another choice is another list. */
  async all(ctx, deletion) {
    const { db } = ctx.services;
    if (!(await db.deletions.move(deletion.id, ["preview"], "kept", { told: true })))
      return ctx.voice.t.common.pressOnce;
    const chat = await db.chats.get(deletion.chatId);
    if (!chat) return ctx.voice.t.chats.gone;
    const wish = { chat, filter: deletion.filter, everyone: !deletion.everyone, replyTo: deletion.replyToId };
    await planDeletion(ctx, wish, deletion.messageId ?? undefined);
    return undefined;
  },

  /** Messages whose copy failed go too: another yes, for their number. */
  async unc(ctx, deletion) {
    const { db, now } = ctx.services;
    const { deletion: texts } = ctx.voice.t;
    if (deletion.state !== "asking" || deletion.messageId === null) return ctx.voice.t.common.pressOnce;
    const counts = await db.deletions.counts(deletion.id);
    const yes = { kind: "uncopied", number: left(counts) } as const;
    const token = await issue(db, deletion, yes, deletion.messageId, now());
    await show(ctx, {
      text: fmt`${texts.uncopied(counts.copy_failed, yes.number, texts.noBackup)}`,
      buttons: rows(
        [button(texts.deleteUncopied(yes.number, counts.copy_failed), ["del", "go", token], "danger")],
        [button(texts.keep, ["del", "keep", deletion.id])],
      ),
    });
    return undefined;
  },

  async keep(ctx, deletion) {
    const { db, now } = ctx.services;
    const { deleted } = await db.deletions.counts(deletion.id);
    const from = deletion.state === "asking" ? (["asking"] as const) : (["preview"] as const);
    const to = deleted > 0 && deletion.state === "asking" ? "done" : "kept";
    // The rest of an interrupted deletion is reported by the watch.
    if (!(await db.deletions.move(deletion.id, from, to, { endedAt: now(), told: to === "kept" })))
      return ctx.voice.t.common.pressOnce;
    await db.deletions.keepRest(deletion.id, "stopped", now());
    if (to === "kept") {
      await db.actionLog.end(deletion.id, "cancelled", { deleted: 0 });
      await show(ctx, { text: fmt`${ctx.voice.t.deletion.kept}` });
    }
    ctx.services.deletions.nudge();
    return undefined;
  },

  async undo(ctx, deletion) {
    const { db, now } = ctx.services;
    const { deletion: texts } = ctx.voice.t;
    const before = await db.deletions.counts(deletion.id);
    const change = { endedAt: now(), told: true };
    const moved =
      before.deleted > 0
        ? await db.deletions.move(deletion.id, ["copied", "grace", "ready"], "done", change)
        : await db.deletions.move(deletion.id, ["copying", "copied", "grace", "ready"], "kept", change);
    if (!moved) return late(ctx, deletion);
    await db.deletions.keepRest(deletion.id, "undone", now());
    const counts = await db.deletions.counts(deletion.id);
    await db.actionLog.end(deletion.id, counts.deleted > 0 ? "completed" : "cancelled", counts);
    await show(ctx, {
      text: fmt`${counts.deleted > 0 ? texts.undoneMore(counts.deleted, counts.kept) : texts.undone}`,
    });
    return undefined;
  },

  async stop(ctx, { id }) {
    const { db, deletions } = ctx.services;
    if (!(await db.deletions.move(id, ["running"], "stopping"))) return ctx.voice.t.deletion.over;
    deletions.nudge();
    return ctx.voice.t.deletion.stopping;
  },

  async log(ctx, deletion) {
    const file = new InputFile(await protocolOf(ctx.services.db, deletion), `deletion-${deletion.number}.csv`);
    await ctx.api.sendDocument(chatOf(ctx), file);
    return undefined;
  },
};

/** The tap came when something was gone already. */
async function late(ctx: BotContext, { id }: Deletion): Promise<string | undefined> {
  const { db } = ctx.services;
  const { deletion: texts } = ctx.voice.t;
  const fresh = await db.deletions.get(id);
  if (fresh?.state !== "running" && fresh?.state !== "stopping") return texts.over;
  const counts = await db.deletions.counts(id);
  await show(ctx, {
    text: fmt`${texts.tooLate(counts.deleted, left(counts))}`,
    buttons: rows([button(texts.stopHere, ["del", "stop", id], "danger")]),
  });
  return undefined;
}
