/** resolve — finds one chat, and messages in it, from what a person has: a name, a link, an id, a title. */

import type { Chat } from "../../core/media.ts";
import type { TaskResults } from "../../core/tasks.ts";
import { type LinkedChat, parseTelegramLink, type TelegramLink } from "../../core/telegram-link.ts";
import type { Task, TaskContext } from "../task.ts";

/** A link to a range names at most so many messages. */
const LONGEST_RANGE = 1_000;
/** An album has ten messages at most, and their ids are neighbours. */
const ALBUM_REACH = 10;

type Found = TaskResults["resolve"];

export const resolve: Task<"resolve"> = async ({ payload: { query } }, context) => {
  const text = query.trim();
  const link = parseTelegramLink(text);
  if (link) return byLink(link, context);
  const chat = await byWords(text, context);
  return chat && whole(chat);
};

const whole = (chat: Chat): Found => ({ chatId: chat.chatId, messageIds: null, topicId: null, commentsOf: null });

async function byLink(link: TelegramLink, context: TaskContext): Promise<Found> {
  const chat = await find(queryOf(link.chat), context);
  if (!chat) return null;
  if (link.commentId !== null && chat.linkedChatId !== null) {
    const group = await find(String(chat.linkedChatId), context);
    return group && { ...whole(group)!, messageIds: [link.commentId] };
  }
  const topicId = link.topicId ?? link.threadId;
  if (!link.messages) return { ...whole(chat)!, topicId };
  const { first, last } = link.messages;
  if (first === last && !link.single)
    return { ...whole(chat)!, messageIds: await withAlbum(chat, first, context), topicId };
  const messageIds = Array.from({ length: Math.min(LONGEST_RANGE, last - first + 1) }, (_, index) => first + index);
  return { ...whole(chat)!, messageIds, topicId };
}

function queryOf(chat: LinkedChat): string {
  switch (chat.kind) {
    case "username":
      return `@${chat.username}`;
    case "id":
      return String(chat.chatId);
    case "invite":
      return `invite:${chat.hash}`;
    case "phone":
      return `+${chat.phone}`;
  }
}

/** A link to one picture of an album means the album, as the app copies no other. */
async function withAlbum(chat: Chat, messageId: number, { telegram, signal }: TaskContext): Promise<number[]> {
  const around = Array.from({ length: 2 * ALBUM_REACH + 1 }, (_, index) => messageId - ALBUM_REACH + index);
  const found = await telegram.messages(
    chat,
    around.filter((id) => id > 0),
    signal,
  );
  const albumId = found.find(({ message }) => message.messageId === messageId)?.message.albumId;
  if (!albumId) return [messageId];
  return found.filter(({ message }) => message.albumId === albumId).map(({ message }) => message.messageId);
}

async function byWords(text: string, context: TaskContext): Promise<Chat | null> {
  const lower = text.toLowerCase();
  if (["me", "saved", "saved messages"].includes(lower)) return find("me", context);
  if (/^@[a-z]\w{2,31}$/i.test(text)) return find(text, context);
  if (/^-?\d{1,15}$/.test(text)) return (await find(text, context)) ?? byTitle(text, context);
  if (/^\+[\d\s()-]{6,20}$/.test(text)) return find(`+${text.replaceAll(/\D/g, "")}`, context);
  return byTitle(text, context);
}

/** The whole title beats a part of it; a part must fit one chat alone. The list is read anew before giving up. */
async function byTitle(title: string, { db, telegram, signal }: TaskContext): Promise<Chat | null> {
  if (title === "") return null;
  const look = async () => {
    const { chats } = await db.chats.list({ text: title }, { limit: 20, offset: 0 });
    const same = chats.filter((chat) => chat.title.toLowerCase() === title.toLowerCase());
    return same[0] ?? (chats.length === 1 ? chats[0]! : null);
  };
  const known = await look();
  if (known) return known;
  for await (const page of telegram.chats(signal)) await db.chats.record(page);
  return look();
}

async function find(query: string, { db, telegram, signal }: TaskContext): Promise<Chat | null> {
  let chat = await telegram.findChat(query, signal);
  if (!chat && /^-?\d+$/.test(query)) {
    // An id alone does not open a chat; the list of chats brings what does.
    for await (const page of telegram.chats(signal)) await db.chats.record(page);
    chat = await telegram.findChat(query, signal);
  }
  if (!chat) return null;
  // What only the list tells (unread, folders, archive) is kept.
  const known = await db.chats.get(chat.chatId);
  const { unread, lastMessageAt, archived, folders } = known ?? chat;
  const recorded = { ...chat, unread, lastMessageAt, archived, folders };
  await db.chats.record([recorded]);
  return recorded;
}
