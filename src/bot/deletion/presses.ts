/** The buttons of a deletion other than the yes. */
import { fmt } from "@grammyjs/parse-mode";
import { InputFile } from "grammy";
import type { Deletion } from "../../core/deletion.ts";
import type { PressHandler } from "../command.ts";
import type { BotContext } from "../context.ts";
import { chatOf, say, show } from "../sending.ts";
import { button, rows } from "../view.ts";
import { left, samplesView, total } from "../views/deletion.ts";
import { name } from "../voice.ts";
import { pressGo } from "./confirm.ts";
import { planDeletion, safely, showPreview } from "./plan.ts";
import { issue } from "./question.ts";
import { protocolOf } from "./report.ts";
import { keepRest, undoDeletion } from "./undo.ts";

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
    const kept = await keepRest(ctx, deletion);
    if (kept === null) return ctx.voice.t.common.pressOnce;
    if (kept === "kept") await show(ctx, { text: fmt`${ctx.voice.t.deletion.kept}` });
    return undefined;
  },

  undo: (ctx, deletion) => undoDeletion(ctx, deletion),

  async stop(ctx, { id }) {
    const { db, deletions } = ctx.services;
    if (!(await db.deletions.move(id, ["running"], "stopping"))) return ctx.voice.t.deletion.over;
    deletions.nudge();
    return ctx.voice.t.deletion.stopping;
  },

  async log(ctx, deletion) {
    const { db } = ctx.services;
    const file = new InputFile(await protocolOf(db, deletion), `deletion-${deletion.number}.csv`);
    const counts = await db.deletions.counts(deletion.id);
    const { protocolOf: caption } = ctx.voice.t.deletion;
    const { text, entities } = caption(deletion.number, name(deletion.chatTitle), counts.deleted, total(counts));
    await ctx.api.sendDocument(chatOf(ctx), file, { caption: text, caption_entities: entities });
    return undefined;
  },
};
