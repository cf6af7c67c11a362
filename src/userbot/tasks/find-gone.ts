/** Recorded messages that a scan did not meet: gone, if Telegram says so when asked for them by their ids. */
import type { Chat, Message } from "../../core/media.ts";
import { type MediaFilter, matchesMediaFilter } from "../../core/media-filter.ts";
import type { IdRange } from "../../db/db.ts";
import type { TaskContext } from "../task.ts";

const ROWS_AT_ONCE = 1_000;
/** So many ids Telegram takes in one call. */
const IDS_AT_ONCE = 100;

export async function findGone(
  filter: MediaFilter,
  chat: Chat,
  { low, high }: IdRange,
  met: readonly Message[],
  { db, telegram, signal }: TaskContext,
): Promise<number[]> {
  const present = new Set(met.map(({ messageId }) => messageId));
  const selfId = (await db.chats.self())?.chatId ?? null;
  const gone: number[] = [];
  for (let top = high; top >= low; ) {
    const rows = await db.messages.presentWithin(chat.chatId, { low, high: top }, ROWS_AT_ONCE);
    const missed = rows
      .filter((row) => !present.has(row.messageId))
      .filter((row) => matchesMediaFilter(row, filter, { selfId }))
      .map(({ messageId }) => messageId);
    for (let from = 0; from < missed.length; from += IDS_AT_ONCE) {
      const ids = missed.slice(from, from + IDS_AT_ONCE);
      const found = await telegram.messages(chat, ids, signal);
      const there = new Set(
        found.filter(({ message }) => message.chatId === chat.chatId).map(({ message }) => message.messageId),
      );
      gone.push(...ids.filter((id) => !there.has(id)));
    }
    if (rows.length < ROWS_AT_ONCE) break;
    top = (rows.at(-1)?.messageId ?? 0) - 1;
  }
  return gone;
}
