/** Telegram without Telegram: chats and messages in arrays. It keeps the tests of tasks fast. */
import type { ChatRights } from "../../../src/core/deletion-rules.ts";
import { FatalError } from "../../../src/core/errors.ts";
import type { Chat, ChatId, Message, Topic } from "../../../src/core/media.ts";
import { filterTypesOf } from "../../../src/core/media-filter.ts";
import type { OutgoingFile, OutgoingText, SendOptions, SentIds } from "../../../src/userbot/outgoing.ts";
import {
  type Account,
  DeleteForbiddenError,
  type FetchedMessage,
  type HistoryRange,
  type RemoteFile,
  StaleReferenceError,
  type Telegram,
  type TelegramWait,
} from "../../../src/userbot/telegram.ts";
import { MemorySending } from "./memory-sending.ts";

const PAGE = 100;

export interface MemoryChat {
  chat: Chat;
  /** Newest first. */
  messages: Message[];
}

export class InMemoryTelegram implements Telegram {
  onWait: ((wait: TelegramWait | null) => void) | null = null;
  readonly chatsById = new Map<ChatId, MemoryChat>();
  /** Bytes by the key of the file. */
  readonly contents = new Map<string, Uint8Array>();
  /** Parts given so far, by the key of the file. */
  readonly served = new Map<string, number>();
  readonly #account: Account;
  readonly #sending: MemorySending;
  #open = true;
  /** References given out before this one are stale. */
  #era = 1;

  constructor(account: Account) {
    this.#account = account;
    this.#sending = new MemorySending(this.chatsById, this.contents, account.id);
  }

  async connect(): Promise<Account> {
    this.#open = true;
    return this.#account;
  }

  async close(): Promise<void> {
    this.#open = false;
  }

  expireReferences(): void {
    this.#era++;
  }

  async *chats(signal: AbortSignal): AsyncIterable<Chat[]> {
    this.#check(signal);
    yield [...this.chatsById.values()].map(({ chat }) => chat);
  }

  async findChat(query: string, signal: AbortSignal): Promise<Chat | null> {
    this.#check(signal);
    for (const { chat } of this.chatsById.values())
      if (query === String(chat.chatId) || query === `@${chat.username}` || (query === "me" && chat.isSelf))
        return chat;
    return null;
  }

  async *history(chat: Chat, range: HistoryRange, signal: AbortSignal): AsyncIterable<Message[]> {
    this.#check(signal);
    const found = this.#in(chat, range);
    for (let at = 0; at < found.length; at += PAGE) {
      this.#check(signal);
      yield found.slice(at, at + PAGE);
    }
  }

  async countMatching(chat: Chat, range: HistoryRange, signal: AbortSignal) {
    this.#check(signal);
    const found = this.#in(chat, range);
    return { total: found.length, sample: found.slice(0, PAGE) };
  }

  readonly topicsById = new Map<ChatId, Topic[]>();

  async topics(chat: Chat, signal: AbortSignal): Promise<Topic[]> {
    this.#check(signal);
    return this.topicsById.get(chat.chatId) ?? [];
  }

  async messages(chat: Chat, messageIds: readonly number[], signal: AbortSignal): Promise<FetchedMessage[]> {
    this.#check(signal);
    const wanted = new Set(messageIds);
    const found = this.#in(chat, {}).filter(({ messageId }) => wanted.has(messageId));
    return found.map((message) => ({ message, file: this.#fileOf(message) }));
  }

  async filePart(file: RemoteFile, offset: number, limit: number, signal: AbortSignal): Promise<Uint8Array> {
    this.#check(signal);
    if (file.fileReference[0] !== this.#era) throw new StaleReferenceError("stale");
    const key = `${file.kind}:${file.id}`;
    this.served.set(key, (this.served.get(key) ?? 0) + 1);
    return (this.contents.get(key) ?? new Uint8Array()).subarray(offset, offset + limit);
  }

  async sendText(chat: Chat, content: OutgoingText, options: SendOptions, signal: AbortSignal): Promise<SentIds> {
    this.#check(signal);
    return this.#sending.text(chat, content, options);
  }

  async sendFiles(chat: Chat, files: readonly OutgoingFile[], options: SendOptions, signal: AbortSignal) {
    this.#check(signal);
    return this.#sending.files(chat, files, options);
  }

  async forward(from: Chat, messageIds: readonly number[], to: Chat, options: SendOptions, signal: AbortSignal) {
    const found = await this.messages(from, messageIds, signal);
    return this.#sending.forward(
      found.map(({ message }) => message),
      to,
      options,
    );
  }

  readonly rights = new Map<ChatId, Partial<ChatRights>>();
  /** Messages that Telegram will not delete, whatever the rights. */
  readonly undeletable = new Set<number>();

  async rightsIn(chat: Chat, signal: AbortSignal): Promise<ChatRights> {
    this.#check(signal);
    return { present: true, deleteAny: false, post: true, revokeWithin: null, ...this.rights.get(chat.chatId) };
  }

  async deleteMessages(chat: Chat, messageIds: readonly number[], _options: { revoke: boolean }, signal: AbortSignal) {
    this.#check(signal);
    const known = this.chatsById.get(chat.chatId);
    if (!known) throw new Error("Never read from that chat.");
    const { deleteAny } = await this.rightsIn(chat, signal);
    const shared = chat.type === "channel" || chat.type === "supergroup";
    const chosen = known.messages.filter(({ messageId }) => messageIds.includes(messageId));
    const refused = chosen.some(
      ({ messageId, outgoing }) => this.undeletable.has(messageId) || (shared && !deleteAny && !outgoing),
    );
    if (refused) throw new DeleteForbiddenError("Telegram refuses to delete some of these messages.");
    known.messages = known.messages.filter((message) => !chosen.includes(message));
    return chosen.length;
  }

  usernameOf(senderId: ChatId): string | null {
    return this.chatsById.get(senderId)?.chat.username?.toLowerCase() ?? null;
  }

  #in(chat: Chat, { beforeId, afterId, after, before, type, topicId, text }: HistoryRange): Message[] {
    return (this.chatsById.get(chat.chatId)?.messages ?? []).filter(
      (message) =>
        (beforeId === undefined || message.messageId < beforeId) &&
        (afterId === undefined || message.messageId > afterId) &&
        (!after || message.date >= after) &&
        (!before || message.date < before) &&
        (!type || filterTypesOf(message).includes(type)) &&
        (topicId === undefined || message.topicId === topicId) &&
        (!text || message.text.toLowerCase().includes(text.toLowerCase())),
    );
  }

  #fileOf({ media, chatId, messageId }: Message): RemoteFile | null {
    if (!media.fileKey) return null;
    const [kind, id] = media.fileKey.split(":") as ["photo" | "document", string];
    const fileReference = Uint8Array.of(this.#era);
    const place = { dcId: media.dcId ?? 2, thumbSize: kind === "photo" ? "y" : "", chatId, messageId };
    return { kind, id, accessHash: "1", fileReference, size: media.size, ...place };
  }

  #check(signal: AbortSignal): void {
    signal.throwIfAborted();
    if (!this.#open) throw new FatalError("The Telegram account is signed out.", "SIGNED_OUT");
  }
}
