/** The owner takes a deletion back, or stops it: at every stage there is one thing that can be done, and it is said exactly. */
import { fmt } from "@grammyjs/parse-mode";
import type { Deletion, ItemCounts } from "../../core/deletion.ts";
import type { BotContext } from "../context.ts";
import { chatOf, editView, show } from "../sending.ts";
import { button, rows, type View } from "../view.ts";
import { left } from "../views/deletion.ts";

/** Before anything was sent, or between two rounds: null where it is too late for that. */
export async function takeBack(ctx: BotContext, deletion: Deletion): Promise<ItemCounts | null> {
  const { db, now, deletions } = ctx.services;
  const { id } = deletion;
  const { deleted } = await db.deletions.counts(id);
  const change = { endedAt: now(), told: true };
  const moved =
    deleted > 0
      ? await db.deletions.move(id, ["copied", "grace", "ready"], "done", change)
      : await db.deletions.move(id, ["planning", "preview", "copying", "copied", "grace", "ready"], "kept", change);
  if (!moved) return null;
  await deletions.withdrawn(deletion);
  await db.deletions.keepRest(id, "undone", now());
  const counts = await db.deletions.counts(id);
  await db.actionLog.end(id, counts.deleted > 0 ? "completed" : "cancelled", counts);
  return counts;
}

/** No to a question: what is there stays. Null where the question is over. */
export async function keepRest(ctx: BotContext, deletion: Deletion): Promise<"kept" | "reported" | null> {
  const { db, now, deletions } = ctx.services;
  const { id, state } = deletion;
  const { deleted } = await db.deletions.counts(id);
  const from = state === "asking" ? (["asking"] as const) : (["preview"] as const);
  const to = deleted > 0 && state === "asking" ? "done" : "kept";
  // The rest of an interrupted deletion is reported by the watch.
  if (!(await db.deletions.move(id, from, to, { endedAt: now(), told: to === "kept" }))) return null;
  await db.deletions.keepRest(id, "stopped", now());
  if (to === "kept") await db.actionLog.end(id, "cancelled", { deleted: 0 });
  deletions.nudge();
  return to === "kept" ? "kept" : "reported";
}

export const undoneText = ({ voice }: BotContext, counts: ItemCounts): string => {
  const { deletion: texts } = voice.t;
  return counts.deleted > 0 ? texts.undoneMore(counts.deleted, counts.kept) : texts.undone;
};

/** Undo, pressed. Answers with a toast where there is nothing to show. */
export async function undoDeletion(
  ctx: BotContext,
  deletion: Deletion,
  { quiet = false } = {},
): Promise<string | undefined> {
  const counts = await takeBack(ctx, deletion);
  if (!counts) return quiet ? undefined : late(ctx, deletion);
  if (!quiet) await show(ctx, { text: fmt`${undoneText(ctx, counts)}` });
  return undefined;
}

/** The tap came when something was gone already. */
async function late(ctx: BotContext, { id }: Deletion): Promise<string | undefined> {
  const { db } = ctx.services;
  const fresh = await db.deletions.get(id);
  if (fresh?.state !== "running" && fresh?.state !== "stopping") return ctx.voice.t.deletion.over;
  await show(ctx, lateView(ctx, fresh, await db.deletions.counts(id)));
  return undefined;
}

export function lateView({ voice }: BotContext, { id }: Pick<Deletion, "id">, counts: ItemCounts): View {
  const { deletion: texts } = voice.t;
  return {
    text: fmt`${texts.tooLate(counts.deleted, left(counts))}`,
    buttons: rows([button(texts.stopHere, ["del", "stop", id], "danger")]),
  };
}

/** Its own message has no buttons any more. */
async function showOver(ctx: BotContext, { messageId }: Deletion, text: string): Promise<void> {
  if (messageId !== null) await editView(ctx.api, chatOf(ctx), messageId, { text: fmt`${text}` });
}

/** /cancel and the button below a job: what can still be done at this stage, in words. Null where it is over. */
export async function cancelDeletion(ctx: BotContext, id: string): Promise<string | null> {
  const { db, deletions } = ctx.services;
  const { deletion: texts } = ctx.voice.t;
  for (let attempt = 0; attempt < 5; attempt++) {
    const deletion = await db.deletions.get(id);
    switch (deletion?.state) {
      case "asking": {
        const kept = await keepRest(ctx, deletion);
        if (kept === null) continue;
        if (kept === "kept") await showOver(ctx, deletion, texts.kept);
        return kept === "kept" ? texts.kept : texts.restKept;
      }
      case "running":
        if (!(await db.deletions.move(id, ["running"], "stopping"))) continue;
        deletions.nudge();
        return texts.stopping;
      case "stopping":
        return texts.stopping;
      case "interrupted":
        return texts.asksSoon;
      case undefined:
      case "done":
      case "kept":
        return null;
      default: {
        const counts = await takeBack(ctx, deletion!);
        if (!counts) continue;
        await showOver(ctx, deletion!, undoneText(ctx, counts));
        return undoneText(ctx, counts);
      }
    }
  }
  return null;
}
