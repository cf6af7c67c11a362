/** Brings a chat's index up to date before it is archived: what no scan has looked through yet, and nothing else. */
import type { Job } from "../../core/job.ts";
import type { Chat } from "../../core/media.ts";
import type { TaskContext } from "../task.ts";
import { indexHistory } from "../tasks/index-history.ts";
import { learnTopics } from "../topics.ts";

export async function updateIndex(archive: Job<"archive">, chat: Chat, context: TaskContext): Promise<void> {
  const { progress } = context;
  const scan: Job<"scan"> = {
    ...archive,
    task: "scan",
    payload: { chatId: chat.chatId, filter: {}, next: null },
    result: null,
  };
  await learnTopics(chat, context);
  await indexHistory(scan, chat, context, () => false, { hasCursor: false });
  // A scan counts chats; the archive counts messages, once it knows how many there are.
  Object.assign(progress, { done: 0, total: 0 });
}
