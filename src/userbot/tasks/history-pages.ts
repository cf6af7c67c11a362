/** A chat's history as a filter means it, newest first: by pages, or by the ids that it names. */
import type { Chat, Message } from "../../core/media.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import { serverSideOf } from "../../core/server-side-filter.ts";
import type { TaskContext } from "../task.ts";
import type { HistoryRange } from "../telegram.ts";

const IDS_AT_ONCE = 100;

export async function* pagesOf(
  chat: Chat,
  filter: MediaFilter,
  cursor: { beforeId: number } | null,
  { telegram, signal }: Pick<TaskContext, "telegram" | "signal">,
  /** Only ids above it. */
  floor = 0,
): AsyncGenerator<Message[]> {
  if (filter.messageIds) {
    const ids = [...new Set(filter.messageIds)]
      .sort((a, b) => b - a)
      .filter((id) => id < (cursor?.beforeId ?? Infinity));
    for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
      const found = await telegram.messages(chat, ids.slice(at, at + IDS_AT_ONCE), signal);
      yield found.map(({ message }) => message).sort((a, b) => b.messageId - a.messageId);
    }
    return;
  }
  const range: HistoryRange = serverSideOf(filter);
  const beforeId = Math.min(range.beforeId ?? Infinity, cursor?.beforeId ?? Infinity);
  const afterId = Math.max(range.afterId ?? 0, floor);
  yield* telegram.history(
    chat,
    { ...range, ...(Number.isFinite(beforeId) ? { beforeId } : {}), ...(afterId > 0 ? { afterId } : {}) },
    signal,
  );
}

/** A filtered scan does not make a chat scanned. */
export const isWholeHistory = (filter: MediaFilter): boolean => Object.keys(filter).length === 0;
