/** index — scans several chats, or all that the account has: each as a part of its own, which any machine may take. */
import type { Job } from "../../core/job.ts";
import type { Chat, ChatId } from "../../core/media.ts";
import { OWN_CHAT } from "../../core/own-chat.ts";
import type { Task, TaskContext } from "../task.ts";

const PARTS_AT_ONCE = 100;

export const index: Task<"index"> = async (job, context) => {
  const { db, progress, signal, nudge } = context;
  const { chatIds, filter, full } = job.payload;
  const ids = [...new Set(chatIds ?? (await everyChat(context)))];
  const alone = ids.length === 1;
  // Of a single chat the messages are counted, of several the chats.
  progress.total = alone ? 0 : ids.length;
  for (let from = 0; from < ids.length; from += PARTS_AT_ONCE) {
    signal.throwIfAborted();
    await db.jobs.add(
      await Promise.all(
        ids.slice(from, from + PARTS_AT_ONCE).map(async (chatId) => ({
          id: `${job.id}-${chatId}`,
          task: "scan" as const,
          rootId: job.id,
          payload: { chatId, filter, next: null, full, alone },
          title: (await db.chats.get(chatId))?.title ?? job.title,
          priority: job.priority,
        })),
      ),
    );
  }
  if (await wasCancelled(job, context)) await db.jobs.cancel(job.id);
  nudge();
  return { chats: ids.length };
};

/** By the account's own list, and by what it says now. Not the chat with the bot, which holds nothing but its answers. */
async function everyChat({ db, telegram, signal }: TaskContext): Promise<ChatId[]> {
  const ids: ChatId[] = [];
  const own = await db.settings.recall<ChatId>(OWN_CHAT);
  for await (const page of telegram.chats(signal)) {
    await db.chats.record(page);
    ids.push(...page.map(({ chatId }: Chat) => chatId).filter((chatId) => chatId !== own));
  }
  return ids;
}

/** While the parts were added: those that came after the owner's word go as well. */
async function wasCancelled(job: Job<"index">, { db }: TaskContext): Promise<boolean> {
  return (await db.jobs.get(job.id))?.state === "cancelled";
}
