/** The messages of a chat that a filter means, page by page, newest first; those alone that it means. */
import type { Chat, Message } from "../../core/media.ts";
import { type MediaFilter, matchesMediaFilter } from "../../core/media-filter.ts";
import type { TaskContext } from "../task.ts";
import { pagesOf } from "../tasks/history-pages.ts";

export async function* matchingMessages(
  chat: Chat,
  filter: MediaFilter,
  { db, telegram, signal }: Pick<TaskContext, "db" | "telegram" | "signal">,
): AsyncGenerator<Message[]> {
  const selfId = (await db.chats.self())?.chatId ?? null;
  const wants = (message: Message) =>
    message.chatId === chat.chatId &&
    matchesMediaFilter(message, filter, { selfId, usernameOf: (id) => telegram.usernameOf(id) });
  const limit = filter.limit ?? Number.POSITIVE_INFINITY;
  const fromOldest = filter.sort === "oldest" && filter.limit !== undefined;
  let oldest: Message[] = [];
  let count = 0;
  for await (const page of pagesOf(chat, filter, null, { telegram, signal })) {
    const wanted = page.filter(wants);
    if (fromOldest) {
      oldest = [...oldest, ...wanted].slice(-limit);
      continue;
    }
    const room = wanted.slice(0, limit - count);
    count += room.length;
    if (room.length > 0) yield room;
    if (count >= limit) return;
  }
  if (oldest.length > 0) yield oldest;
}
