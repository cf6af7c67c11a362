/** The command that scans the same again. */
import { referenceTo, writeChat } from "../../core/chat-reference.ts";
import type { IndexWish } from "../../core/tasks.ts";
import { queryOf } from "../../core/write-query.ts";
import type { Db } from "../../db/db.ts";

/** Null where it would be too long to copy, or a chat is not known any more. */
export async function scanCommand(db: Db, wish: IndexWish, timeZone: string): Promise<string | null> {
  const chats = await Promise.all((wish.chatIds ?? []).map((chatId) => db.chats.get(chatId)));
  const named = chats.map((chat) => (chat ? writeChat(referenceTo(chat)) : null));
  if (named.includes(null)) return null;
  const words = [
    wish.chatIds === null ? "all" : named.join(" "),
    queryOf(wish.filter, null, { timeZone }),
    wish.full ? "full" : "",
  ];
  return `/scan ${words.filter(Boolean).join(" ")}`;
}
