/** Asking for a yes: a token of its own for each message, number and kind, put into the danger button or behind typing. */
import type { Api } from "grammy";
import { CONFIRM_WITHIN_MS, type Confirmation, type Deletion } from "../../core/deletion.ts";
import { newId } from "../../core/id.ts";
import type { Db } from "../../db/db.ts";
import { editView, sendView } from "../sending.ts";
import { button, lines, rows, type View } from "../view.ts";
import { heading, left, needsTyping } from "../views/deletion.ts";
import type { Voice } from "../voice.ts";

export type Reason = "restarted" | "late" | "interrupted" | "uncopied";

export interface Yes {
  kind: Confirmation["kind"];
  number: number;
}

/** A new token; every earlier one of this deletion is void from now on. */
export async function issue(
  db: Db,
  deletion: Pick<Deletion, "id" | "summary" | "ownerChatId">,
  { kind, number }: Yes,
  messageId: number,
  now: Date,
): Promise<string> {
  const token = newId();
  await db.deletions.issue({
    token,
    deletionId: deletion.id,
    kind,
    number,
    typed: needsTyping(deletion.summary, number),
    ownerId: deletion.ownerChatId,
    chatId: deletion.ownerChatId,
    messageId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + CONFIRM_WITHIN_MS),
  });
  return token;
}

/**
 * Asks, with sound, also what was asked before. The message is there before its buttons work. True once they do: whoever
 * is interrupted before that asks once more, and every earlier button is void then.
 */
export async function askAgain(
  { db, api, now }: { db: Db; api: Api; now: () => Date },
  voice: Voice,
  deletion: Deletion,
  reason: Reason,
): Promise<boolean> {
  const { id, ownerChatId, state } = deletion;
  const { deletion: texts } = voice.t;
  const counts = await db.deletions.counts(id);
  const rest = left(counts) - (deletion.includeUncopied ? 0 : counts.copy_failed);
  const question = async (): Promise<string> => {
    if (reason === "uncopied") {
      const why = await db.deletions.reasons(id, ["copy_failed"]);
      const reasons = why.map(({ reason: one, count }) => texts.otherReason(count, one)).join(" · ");
      return texts.uncopied(counts.copy_failed, left(counts), reasons);
    }
    if (counts.deleted > 0 || reason === "interrupted") return texts.askRest(counts.deleted, rest);
    return reason === "late" ? texts.askLate(rest) : texts.askAgain(rest);
  };
  const chat = await db.chats.get(deletion.chatId);
  const text = lines(
    deletion.error && texts.askBecause(deletion.error),
    await question(),
    chat && heading(voice, deletion, chat),
  );
  const messageId = await sendView(api, ownerChatId, { text }, { replyTo: deletion.replyToId });
  await db.deletions.note(id, { messageId, error: null });
  if (state !== "asking" && !(await db.deletions.move(id, [state], "asking"))) return false;
  const offered = counts.copy_failed > 0 && !deletion.includeUncopied && reason === "uncopied";
  const token = rest > 0 ? await issue(db, deletion, { kind: "again", number: rest }, messageId, now()) : null;
  const go = counts.deleted > 0 ? texts.deleteRest(rest) : texts.delete(rest);
  const view: View = {
    text,
    buttons: rows(
      [
        token !== null &&
          button(offered ? texts.deleteCopied(rest, counts.copy_failed) : go, ["del", "go", token], "danger"),
      ],
      [offered && button(texts.deleteUncopied(left(counts), counts.copy_failed), ["del", "unc", id], "danger")],
      [button(counts.deleted > 0 ? texts.keepRest : texts.keep, ["del", "keep", id])],
    ),
  };
  await editView(api, ownerChatId, messageId, view);
  return true;
}

/** Why a question is asked once more that was asked before this process, or too long ago. */
export async function reasonOf(db: Db, { id, backup, includeUncopied }: Deletion): Promise<Reason> {
  const counts = await db.deletions.counts(id);
  if (counts.deleted > 0) return "interrupted";
  if (counts.copy_failed > 0 && !includeUncopied) return "uncopied";
  return backup ? "late" : "restarted";
}
