/** The end of a deletion: told once it is taken by Telegram, written into action_log, and as a protocol on request. */
import type { Api } from "grammy";
import type { Deletion, DeletionItem } from "../../core/deletion.ts";
import type { Db } from "../../db/db.ts";
import { editView, sendView } from "../sending.ts";
import { lines, type View } from "../view.ts";
import { endView } from "../views/deletion.ts";
import type { Voice } from "../voice.ts";

const AT_ONCE = 1_000;

export async function tellEnd({ db, api }: { db: Db; api: Api }, voice: Voice, deletion: Deletion): Promise<void> {
  const { id, ownerChatId, messageId, replyToId, error } = deletion;
  const { deletion: texts } = voice.t;
  const counts = await db.deletions.counts(id);
  const kept = await db.deletions.reasons(id, ["kept"]);
  const view: View =
    deletion.state === "kept"
      ? { text: lines(error ? texts.copyFailed(error) : texts.kept) }
      : endView(
          voice,
          deletion,
          counts,
          kept.some(({ reason }) => reason === "stopped" || reason === "undone"),
        );
  await sendView(api, ownerChatId, view, { replyTo: replyToId ?? messageId });
  await db.deletions.note(id, { told: true });
  await db.actionLog.end(id, deletion.state === "done" ? "completed" : "cancelled", counts, error);
  // What is over has no buttons any more.
  if (messageId !== null) await editView(api, ownerChatId, messageId, { text: view.text }).catch(() => false);
}

/** A table of what became of each message. */
export async function protocolOf(db: Db, { id }: Deletion): Promise<Buffer> {
  const rows = ["message,date,sender,type,for,result,reason,sent,copy"];
  for (let above = 0; ; ) {
    const items = await db.deletions.items(id, { above }, AT_ONCE);
    rows.push(...items.map(rowOf));
    if (items.length < AT_ONCE) break;
    above = items.at(-1)!.messageId;
  }
  return Buffer.from(`\uFEFF${rows.join("\r\n")}\r\n`);
}

const rowOf = (item: DeletionItem): string =>
  [
    String(item.messageId),
    item.date.toISOString(),
    item.senderName ?? "",
    item.type,
    item.effect,
    item.state,
    item.reason ?? "",
    item.sentAt?.toISOString() ?? "",
    item.copyPath ?? "",
  ]
    .map(cell)
    .join(",");

/** A name that a table program would take for a formula gets an apostrophe in front. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
