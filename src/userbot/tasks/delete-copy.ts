/** delete-copy — copies the frozen messages of a deletion, proves the copy, and says which of them have none. */
import { join } from "node:path";
import type { Deletion } from "../../core/deletion.ts";
import { fingerprintOf } from "../../core/deletion-rules.ts";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import { FileError } from "../../core/errors.ts";
import type { Chat } from "../../core/media.ts";
import { safeName } from "../../core/safe-name.ts";
import type { SettledItem } from "../../db/ports/deletions.ts";
import { type CopiedMessage, CopyFolder } from "../deletion/copy-folder.ts";
import { copyMessage } from "../deletion/copy-message.ts";
import { logBegin } from "../deletion/log.ts";
import type { Task, TaskContext } from "../task.ts";
import { knownChat } from "./known-chat.ts";

const AT_ONCE = 100;

export const deleteCopy: Task<"delete-copy"> = async ({ payload: { deletionId } }, context) => {
  const { db, hostname, signal, progress } = context;
  const deletion = await db.deletions.get(deletionId);
  if (deletion?.state !== "copying") return { copied: progress.saved, failed: progress.failed };
  const chat = await knownChat(context, deletion.chatId);
  const folder = new CopyFolder(placeOf(deletion, context));
  await logBegin(deletion, context);
  await db.deletions.note(deletionId, { folder: folder.path, hostname });
  const written = await folder.begin();
  const { planned } = await db.deletions.counts(deletionId);
  Object.assign(progress, { total: planned, done: 0, failed: 0 });

  const failed = new Map<number, string>();
  for (let above = 0; ; ) {
    const items = await db.deletions.items(deletionId, { states: ["planned"], above }, AT_ONCE);
    if (items.length === 0) break;
    signal.throwIfAborted();
    // Undone meanwhile: there is nothing left to copy for.
    if ((await db.deletions.get(deletionId))?.state !== "copying")
      return { copied: progress.saved, failed: progress.failed };
    await copyBatch(deletion, chat, items, { folder, written, failed }, context);
    progress.done += items.length;
    above = items.at(-1)!.messageId;
  }

  const createdAt = deletion.createdAt.toISOString();
  const { timeZone, language } = context.settings;
  const about = {
    deletion: deletion.id,
    number: deletion.number,
    chat,
    createdAt,
    timeZone,
    filter:
      Object.keys(deletion.filter).length === 0
        ? null
        : describeMediaFilter(deletion.filter, { timeZone, language, now: deletion.createdAt }),
  };
  const { proven, sha256 } = await folder.prove(about, signal);
  const settled: SettledItem[] = [];
  for (let above = 0; ; ) {
    const items = await db.deletions.items(deletionId, { states: ["planned"], above }, 1_000);
    if (items.length === 0) break;
    for (const { messageId } of items) {
      const copyPath = proven.get(messageId);
      if (copyPath === undefined) {
        const reason = failed.get(messageId) ?? "The copy on the disk is not what was written.";
        settled.push({ messageId, state: "copy_failed", reason });
      } else settled.push({ messageId, state: "copied", copyPath });
    }
    above = items.at(-1)!.messageId;
  }
  await db.deletions.settle(deletionId, settled, new Date());
  progress.failed = settled.filter(({ state }) => state === "copy_failed").length;
  progress.saved = settled.length - progress.failed;
  await db.deletions.move(deletionId, ["copying"], "copied", { manifestSha256: sha256 });
  return { copied: progress.saved, failed: progress.failed };
};

async function copyBatch(
  deletion: Deletion,
  chat: Chat,
  items: readonly { messageId: number; fingerprint: string }[],
  { folder, written, failed }: { folder: CopyFolder; written: Set<number>; failed: Map<number, string> },
  context: TaskContext,
): Promise<void> {
  const { db, telegram, signal } = context;
  const missing = items.filter(({ messageId }) => !written.has(messageId));
  if (missing.length === 0) return;
  const ids = missing.map(({ messageId }) => messageId);
  const found = new Map((await telegram.messages(chat, ids, signal)).map((one) => [one.message.messageId, one]));
  const settled: SettledItem[] = [];
  const copied: CopiedMessage[] = [];
  for (const { messageId, fingerprint } of missing) {
    signal.throwIfAborted();
    const fetched = found.get(messageId);
    if (!fetched) settled.push({ messageId, state: "gone" });
    else if (fingerprintOf(fetched.message) !== fingerprint)
      settled.push({ messageId, state: "kept", reason: "changed" });
    else {
      try {
        copied.push(await copyMessage(fetched, chat, folder, context));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        failed.set(messageId, error.message);
      }
    }
  }
  await folder.append(copied);
  if (settled.length > 0) await db.deletions.settle(deletion.id, settled, new Date());
}

function placeOf({ id, number, chatTitle, createdAt }: Deletion, { downloadDir }: TaskContext): string {
  const day = createdAt.toISOString().slice(0, 10);
  return join(downloadDir, "Deleted", `${safeName(chatTitle, 80) || "chat"}_${day}_${number}_${id.slice(-6)}`);
}
