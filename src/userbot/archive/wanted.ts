/** The rows that an archive is about, in the order of their ids. */
import type { ArchivedChat } from "../../archive/index.ts";
import type { ChatId, StoredMessage } from "../../core/media.ts";
import { type MediaFilter, matchesMediaFilter } from "../../core/media-filter.ts";
import type { TaskContext } from "../task.ts";

/** Few enough that what a page leaves behind is cleared away young, however long the messages are. */
const ROWS_AT_ONCE = 250;

export type ReadWanted = (chat: ArchivedChat, afterId: number) => AsyncGenerator<StoredMessage[]>;

export async function wantedRows(filter: MediaFilter, context: TaskContext): Promise<ReadWanted> {
  const { db, telegram, settings, signal } = context;
  const selfId = (await db.chats.self())?.chatId ?? null;
  const matches = (message: StoredMessage) =>
    (settings.allowRestricted || !message.media.restricted) &&
    matchesMediaFilter(message, filter, { selfId, usernameOf: (id) => telegram.usernameOf(id) });

  async function* all(chat: Pick<ArchivedChat, "chatId" | "upTo">, afterId: number): AsyncGenerator<StoredMessage[]> {
    for (let last = Math.max(afterId, (filter.minId ?? 1) - 1); ; ) {
      signal.throwIfAborted();
      const rows = await db.archives.after(chat.chatId, last, ROWS_AT_ONCE);
      const upTo = Math.min(chat.upTo, filter.maxId ?? chat.upTo);
      const within = rows.filter(({ messageId }) => messageId <= upTo);
      const wanted = within.filter(matches);
      if (wanted.length > 0) yield wanted;
      if (within.length < ROWS_AT_ONCE) return;
      last = rows.at(-1)!.messageId;
    }
  }

  const bounds = new Map<ChatId, { from: number; to: number }>();
  /** Where the newest, or the oldest, so many begin and end. */
  async function boundsOf(chat: ArchivedChat, limit: number): Promise<{ from: number; to: number }> {
    const known = bounds.get(chat.chatId);
    if (known) return known;
    let ids: number[] = [];
    for await (const page of all(chat, 0)) {
      ids.push(...page.map(({ messageId }) => messageId));
      if (filter.sort === "oldest" && ids.length >= limit) break;
      if (ids.length > 2 * limit + ROWS_AT_ONCE) ids = ids.slice(-limit);
    }
    const kept = filter.sort === "oldest" ? ids.slice(0, limit) : ids.slice(-limit);
    const found = { from: kept[0] ?? 1, to: kept.at(-1) ?? 0 };
    bounds.set(chat.chatId, found);
    return found;
  }

  return async function* read(chat, afterId) {
    if (filter.limit === undefined) return yield* all(chat, afterId);
    const { from, to } = await boundsOf(chat, filter.limit);
    yield* all({ chatId: chat.chatId, upTo: Math.min(chat.upTo, to) }, Math.max(afterId, from - 1));
  };
}
