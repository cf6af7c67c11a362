/**
 * Brings a chat's index up to date before it is archived: the whole history the first time, then what is newer.
 *
 * History comes newest first, so a reading that was interrupted leaves a gap below what it has recorded. Its floor is
 * kept until it is done, and the next reading, of this job or another, goes down to there.
 */
import type { Chat } from "../../core/media.ts";
import type { TaskContext } from "../task.ts";

const RECORDED_AT_ONCE = 1_000;

interface Floor {
  afterId: number;
}

export async function updateIndex(
  chat: Chat,
  { db, telegram, hostname, progress, signal }: TaskContext,
): Promise<void> {
  const begun = new Date();
  const floorName = `index-floor:${chat.chatId}`;
  const left = await db.settings.recall<Floor>(floorName);
  const newest = chat.lastScanAt === null ? 0 : await db.messages.newestId(chat.chatId);
  const afterId = left ? Math.min(left.afterId, newest) : newest;
  await db.settings.remember(floorName, { afterId } satisfies Floor);
  let waiting: Parameters<typeof db.messages.record>[0][number][] = [];
  const record = async () => {
    if (waiting.length > 0) await db.messages.record(waiting, hostname);
    waiting = [];
  };
  for await (const page of telegram.history(chat, afterId > 0 ? { afterId } : {}, signal)) {
    waiting.push(...page);
    progress.seen += page.length;
    if (waiting.length >= RECORDED_AT_ONCE) await record();
  }
  signal.throwIfAborted();
  await record();
  await db.chats.scanned(chat.chatId, begun);
  await db.settings.remember(floorName, null);
}
