/**
 * delete — deletes what was confirmed, once. A job that finds its deletion under way already was interrupted: it finds out
 * how far that came, and goes no further without a new yes of the owner's.
 */
import { type Deletion, type DeletionItem, type ItemState, isStillReady } from "../../core/deletion.ts";
import { batchesOf } from "../../core/deletion-rules.ts";
import { AccessError } from "../../core/errors.ts";
import type { Chat } from "../../core/media.ts";
import { CopyFolder } from "../deletion/copy-folder.ts";
import { logBegin } from "../deletion/log.ts";
import { Sender, Stopped } from "../deletion/sender.ts";
import type { Task, TaskContext } from "../task.ts";
import { knownChat } from "./known-chat.ts";

const AT_ONCE = 100;
/** For finding out what became of messages no right is needed. */
const ANY = { present: true, deleteAny: true, post: true, revokeWithin: null };

export const deleteTask: Task<"delete"> = async ({ payload: { deletionId } }, context) => {
  const { db } = context;
  const deletion = await db.deletions.get(deletionId);
  if (!deletion) return { deleted: 0 };
  if (deletion.state === "ready") await begin(deletion, context);
  else if (deletion.state === "running" || deletion.state === "stopping") await afterInterruption(deletion, context);
  const { deleted } = await db.deletions.counts(deletionId);
  return { deleted };
};

async function begin(deletion: Deletion, context: TaskContext): Promise<void> {
  const { db, telegram, signal } = context;
  const { id } = deletion;
  const unfit = await whyNot(deletion, context);
  if (unfit) {
    await db.deletions.move(id, ["ready"], "interrupted", { error: unfit });
    return;
  }
  const chat = await knownChat(context, deletion.chatId);
  const rights = await telegram.rightsIn(chat, signal).catch((error: unknown) => {
    if (error instanceof AccessError) return { ...ANY, present: false, deleteAny: false };
    throw error;
  });
  // Time has passed with these questions: the owner may have said stop.
  if (!(await db.deletions.move(id, ["ready"], "running"))) return;
  // Two that run in one chat could not tell who of them has taken a message.
  if (await anotherRuns(deletion, context)) {
    await db.deletions.move(id, ["running"], "interrupted", { error: "Another deletion is at work in this chat." });
    return;
  }
  await logBegin(deletion, context);
  try {
    await run(deletion, chat, new Sender(deletion, chat, rights, context), context);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  await finish(deletion, context);
}

async function anotherRuns({ id, chatId }: Deletion, { db }: TaskContext): Promise<boolean> {
  const open = await db.deletions.open();
  return open.some((one) => one.id !== id && one.chatId === chatId && ["running", "stopping"].includes(one.state));
}

async function whyNot(
  { readyAt, folder, backup, manifestSha256 }: Deletion,
  { settings }: TaskContext,
): Promise<string | null> {
  if (!settings.deleteEnabled) return "Deleting was turned off in the settings.";
  if (!isStillReady(readyAt, new Date())) return "Too much time has passed since the yes.";
  if (!backup) return null;
  const whole = folder !== null && manifestSha256 !== null && (await new CopyFolder(folder).isWhole(manifestSha256));
  return whole ? null : "The copy on the disk is not what it was.";
}

async function run(deletion: Deletion, chat: Chat, sender: Sender, context: TaskContext): Promise<void> {
  const { db, progress, log } = context;
  const states = wantedStates(deletion);
  for (let above = 0; ; ) {
    const items = await db.deletions.items(deletion.id, { states, above }, AT_ONCE);
    if (items.length === 0) return;
    for (const batch of batchesOf(items)) await sender.send(batch);
    above = items.at(-1)!.messageId;
    progress.done += items.length;
    log.info({ deletion: deletion.id, chatId: chat.chatId, done: progress.done }, "A batch is settled.");
  }
}

/** Only what has a proven copy, unless the owner wanted none, or said so for those that have none. */
function wantedStates({ backup, includeUncopied }: Deletion): ItemState[] {
  if (!backup) return ["planned"];
  return includeUncopied ? ["copied", "copy_failed"] : ["copied"];
}

async function finish({ id }: Deletion, { db }: TaskContext): Promise<void> {
  const endedAt = new Date();
  const state = (await db.deletions.get(id))?.state;
  if (state !== "running" && state !== "stopping") return;
  await db.deletions.keepRest(id, state === "running" ? "copy-failed" : "stopped", endedAt);
  // Stopped at the very end: there is nothing left to stop.
  await db.deletions.move(id, ["running", "stopping"], "done", { endedAt });
}

async function afterInterruption(deletion: Deletion, context: TaskContext): Promise<void> {
  const { db } = context;
  const chat = await knownChat(context, deletion.chatId);
  const sender = new Sender(deletion, chat, ANY, context);
  for (let items = await sent(deletion, context); items.length > 0; items = await sent(deletion, context))
    await sender.reconcile(items);
  if (deletion.state === "stopping") return finish(deletion, context);
  const pending = await db.deletions.items(deletion.id, { states: wantedStates(deletion) }, 1);
  if (pending.length === 0) return finish(deletion, context);
  if (!(await db.deletions.move(deletion.id, ["running"], "interrupted"))) await finish(deletion, context);
}

const sent = ({ id }: Deletion, { db }: TaskContext): Promise<DeletionItem[]> =>
  db.deletions.items(id, { states: ["sent"] }, AT_ONCE);
