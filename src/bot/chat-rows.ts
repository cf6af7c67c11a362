/** Which chat stood in which row of the last list, so that "#3" means what the owner saw. */
import type { Chat, ChatId } from "../core/media.ts";
import type { Db } from "../db/db.ts";

const MEMORY = "chat-rows";

interface Rows {
  /** The list they belong to; pages of one list share it. */
  list: string;
  rows: Record<string, ChatId>;
}

export async function rememberRows(db: Db, list: string, first: number, chats: readonly Chat[]): Promise<void> {
  const before = await db.settings.recall<Rows>(MEMORY);
  const rows = before?.list === list ? before.rows : {};
  const shown = Object.fromEntries(chats.map((chat, index) => [String(first + index), chat.chatId]));
  await db.settings.remember(MEMORY, { list, rows: { ...rows, ...shown } });
}

export async function chatOfRow(db: Db, row: number): Promise<Chat | null> {
  const chatId = (await db.settings.recall<Rows>(MEMORY))?.rows[String(row)];
  return chatId === undefined ? null : db.chats.get(chatId);
}
