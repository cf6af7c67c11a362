/** Sending within arrays: the account's own messages, each key once. */
import { readFileSync } from "node:fs";
import type { Chat, Media, Message } from "../../../src/core/media.ts";
import type { OutgoingFile, OutgoingText, SendOptions, SentIds } from "../../../src/userbot/outgoing.ts";
import type { MemoryChat } from "./in-memory.ts";

const NONE: Media = {
  type: "none",
  round: false,
  fileName: null,
  mimeType: null,
  size: null,
  fileKey: null,
  dcId: null,
  duration: null,
  width: null,
  height: null,
  restricted: false,
};

export class MemorySending {
  readonly #chats: Map<number, MemoryChat>;
  readonly #contents: Map<string, Uint8Array>;
  readonly #selfId: number;
  readonly #sent = new Map<string, number>();
  #files = 0;

  constructor(chats: Map<number, MemoryChat>, contents: Map<string, Uint8Array>, selfId: number) {
    this.#chats = chats;
    this.#contents = contents;
    this.#selfId = selfId;
  }

  text(chat: Chat, { text }: OutgoingText, options: SendOptions): SentIds {
    return [this.#put(chat, options.key, options, { text, media: NONE, albumId: null })];
  }

  files(chat: Chat, files: readonly OutgoingFile[], options: SendOptions): SentIds {
    const albumId = files.length > 1 ? String(++this.#files) : null;
    return files.map((file, index) => {
      const bytes = readFileSync(file.path);
      const fileKey = `${file.as === "photo" ? "photo" : "document"}:9${++this.#files}`;
      this.#contents.set(fileKey, bytes);
      const { fileName, mimeType, as: type } = file;
      const media = { ...NONE, type, fileName, mimeType, size: bytes.length, fileKey };
      const key = files.length > 1 ? `${options.key}:${index}` : options.key;
      return this.#put(chat, key, options, { text: file.caption?.text ?? "", media, albumId });
    });
  }

  forward(messages: readonly Message[], to: Chat, options: SendOptions): SentIds {
    return messages.map(({ text, media, albumId, messageId }) =>
      this.#put(to, `${options.key}:${messageId}`, options, { text, media, albumId }),
    );
  }

  #put(
    chat: Chat,
    key: string,
    { replyToId = null, topicId = null }: SendOptions,
    content: Pick<Message, "text" | "media" | "albumId">,
  ): number {
    const sent = this.#sent.get(key);
    if (sent !== undefined) return sent;
    const there = this.#chats.get(chat.chatId);
    if (!there) throw new Error("There is no such chat.");
    const messageId = 1 + Math.max(0, ...there.messages.map((message) => message.messageId));
    there.messages.unshift({
      chatId: chat.chatId,
      messageId,
      date: new Date(),
      editedAt: null,
      senderId: this.#selfId,
      senderName: null,
      outgoing: true,
      topicId,
      replyToId,
      service: null,
      ...content,
    });
    this.#sent.set(key, messageId);
    return messageId;
  }
}
