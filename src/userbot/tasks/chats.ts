/** chats — reads the account's dialogs, folders and archive into the database. */
import type { Task } from "../task.ts";

export const chats: Task<"chats"> = async (_job, { db, telegram, progress, signal }) => {
  progress.seen = 0;
  for await (const page of telegram.chats(signal)) {
    await db.chats.record(page);
    progress.seen += page.length;
  }
  return { count: progress.seen };
};
