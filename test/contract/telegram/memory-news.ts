/** The account of the contract, in memory. */
import { createHash } from "node:crypto";
import type { Chat, Message } from "../../../src/core/media.ts";
import { NO_MEDIA } from "../../../src/userbot/gramjs/convert-media.ts";
import { InMemoryTelegram } from "./in-memory.ts";
import { type Contender, POSTS } from "./suite.ts";

export const SELF_ID = 5_000_001;
export const NEWS_ID = -1_001_500_000_001;

const chat = (given: Partial<Chat> & Pick<Chat, "chatId" | "type" | "title">): Chat => ({
  username: null,
  accessHash: "1",
  unread: 0,
  lastMessageAt: null,
  archived: false,
  folders: [],
  isForum: false,
  isBot: false,
  isSelf: false,
  restricted: false,
  linkedChatId: null,
  lastScanAt: null,
  ...given,
});

export function memoryNews(posts = POSTS): Contender & { telegram: InMemoryTelegram; news: Chat } {
  const telegram = new InMemoryTelegram({ id: SELF_ID, name: "Alex", username: "alex", premium: false });
  const news = chat({ chatId: NEWS_ID, type: "channel", title: "News", username: "news" });
  const self = chat({ chatId: SELF_ID, type: "user", title: "Saved Messages", isSelf: true });
  const messages: Message[] = [];
  const hashes: string[] = [];
  for (let messageId = posts + 1; messageId >= 1; messageId--) {
    const media = messageId > 1 && messageId % 2 === 0 ? documentOf(messageId) : NO_MEDIA;
    messages.push({
      chatId: NEWS_ID,
      messageId,
      date: new Date(Date.UTC(2025, 0, 1, 0, messageId)),
      editedAt: null,
      senderId: NEWS_ID,
      senderName: "News",
      outgoing: false,
      text: messageId === 1 ? "" : `post ${messageId}`,
      albumId: null,
      topicId: null,
      replyToId: null,
      service: messageId === 1 ? "channel_create" : null,
      media,
    });
  }
  telegram.chatsById.set(SELF_ID, { chat: self, messages: [] });
  telegram.chatsById.set(NEWS_ID, { chat: news, messages });
  return {
    telegram,
    news,
    selfId: SELF_ID,
    hashes,
    remove(messageId) {
      const at = messages.findIndex((message) => message.messageId === messageId);
      if (at >= 0) messages.splice(at, 1);
    },
    expireReferences: () => telegram.expireReferences(),
  };

  function documentOf(messageId: number) {
    const bytes = Buffer.alloc(9_000 + messageId, `content of ${messageId} `);
    const fileKey = `document:${messageId}`;
    telegram.contents.set(fileKey, bytes);
    hashes.push(createHash("sha256").update(bytes).digest("hex"));
    return {
      ...NO_MEDIA,
      type: "document" as const,
      fileName: `${messageId}.txt`,
      size: bytes.length,
      fileKey,
      dcId: 2,
    };
  }
}
