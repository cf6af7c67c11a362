import { CHAT_TYPES, type Chat, type ChatType } from "../core/media.ts";
import { type InsertPlan, inKeyOrder, insert, replace, replaceByKnown } from "./insert.ts";
import type { ChatQuery, ChatRepository } from "./ports/chats.ts";
import { allOf, countOf, first, type Store } from "./sql.ts";
import {
  clean,
  cleanOrNull,
  containing,
  fromJson,
  numberOrNull,
  oneOf,
  textOrNull,
  timeOrNull,
  toJson,
  toTime,
  toTimeOrNull,
  type Value,
} from "./values.ts";

type ChatRow = { [column: string]: unknown };

const PLAN: InsertPlan = {
  table: "chats",
  key: ["chat_id"],
  update: {
    title: replace,
    username: replace,
    chat_type: replace,
    last_scan_datetime: replaceByKnown,
    access_hash: replaceByKnown,
    unread: replace,
    last_message_datetime: replaceByKnown,
    archived: replace,
    folders: replace,
    is_forum: replace,
    is_bot: replace,
    is_self: replace,
    restricted: replace,
    linked_chat_id: replaceByKnown,
    search_text: replace,
  },
  stamp: "updated_at",
};

export function chatRepository(store: Store): ChatRepository {
  const one = async (where: string, values: Value[]) => {
    const row = await first<ChatRow>(store, `SELECT * FROM chats WHERE ${where} LIMIT 1`, values);
    return row && fromRow(row);
  };
  return {
    async record(chats) {
      const rows = inKeyOrder(chats, (a, b) => a.chatId - b.chatId).map(toRow);
      if (rows.length > 0) await insert(store, PLAN, rows);
    },
    get: (chatId) => one("chat_id = ?", [chatId]),
    // Telegram looks at no case in usernames. MySQL's collation does neither; SQLite is told so.
    byUsername: (username) =>
      one(store.dialect.name === "sqlite" ? "username = ? COLLATE NOCASE" : "username = ?", [clean(username)]),
    self: () => one("is_self = 1", []),
    async list(query, { limit, offset }) {
      const { where, values } = conditions(query, store.dialect.like);
      const rows = await store.all<ChatRow>(
        `SELECT * FROM chats WHERE ${where}
          ORDER BY last_message_datetime IS NULL, last_message_datetime DESC, title, chat_id LIMIT ? OFFSET ?`,
        [...values, limit, offset],
      );
      const total = await countOf(store, `SELECT COUNT(*) AS total FROM chats WHERE ${where}`, values);
      return { chats: rows.map(fromRow), total };
    },
    async scanned(chatId, at) {
      await store.run(`UPDATE chats SET last_scan_datetime = ?, updated_at = ${store.dialect.now} WHERE chat_id = ?`, [
        toTime(at),
        chatId,
      ]);
    },
  };
}

const conditions = ({ text, types, archived, except }: ChatQuery, like: string) =>
  allOf({
    // Rows of an older tool have no search text yet.
    [`COALESCE(search_text, LOWER(title)) ${like}`]: text ? containing(text) : undefined,
    "chat_type IN (…)": types,
    "archived = ?": archived === undefined ? undefined : Number(archived),
    "chat_id <> ?": except ?? undefined,
  });

const toRow = (chat: Chat) => ({
  chat_id: chat.chatId,
  title: clean(chat.title),
  username: cleanOrNull(chat.username),
  chat_type: oneOf(CHAT_TYPES, chat.type, "chat type"),
  last_scan_datetime: toTimeOrNull(chat.lastScanAt),
  access_hash: chat.accessHash,
  unread: chat.unread,
  last_message_datetime: toTimeOrNull(chat.lastMessageAt),
  archived: chat.archived ? 1 : 0,
  folders: toJson(chat.folders),
  is_forum: chat.isForum ? 1 : 0,
  is_bot: chat.isBot ? 1 : 0,
  is_self: chat.isSelf ? 1 : 0,
  restricted: chat.restricted ? 1 : 0,
  linked_chat_id: chat.linkedChatId,
  search_text: clean(`${chat.title} ${chat.username ? `@${chat.username}` : ""}`.toLowerCase()),
});

const fromRow = (row: ChatRow): Chat => ({
  chatId: Number(row.chat_id),
  type: row.chat_type as ChatType,
  title: textOrNull(row.title) ?? "",
  username: textOrNull(row.username),
  accessHash: textOrNull(row.access_hash),
  unread: Number(row.unread),
  lastMessageAt: timeOrNull(row.last_message_datetime),
  archived: Boolean(row.archived),
  folders: fromJson<number[]>(row.folders) ?? [],
  isForum: Boolean(row.is_forum),
  isBot: Boolean(row.is_bot),
  isSelf: Boolean(row.is_self),
  restricted: Boolean(row.restricted),
  linkedChatId: numberOrNull(row.linked_chat_id),
  lastScanAt: timeOrNull(row.last_scan_datetime),
});
