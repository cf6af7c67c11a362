/** The Telegram port: all that the workshop asks of the account. Plain values only; GramJS implements it in gramjs/. */
import type { ChatRights } from "../core/deletion-rules.ts";
import type { Chat, ChatId, MediaType, Message, Topic } from "../core/media.ts";
import type { FilterType } from "../core/media-filter.ts";
import type { OutgoingFile, OutgoingText, SendOptions, SentIds } from "./outgoing.ts";

export interface Account {
  id: ChatId;
  name: string;
  username: string | null;
  premium: boolean;
}

/** Where a file's bytes are. Its reference goes stale within hours: never stored, asked afresh with the message. */
export interface RemoteFile {
  kind: "photo" | "document";
  /** Decimal digits of a 64-bit number, like accessHash. */
  id: string;
  accessHash: string;
  fileReference: Uint8Array;
  dcId: number;
  /** The size name of a photo ("y"); empty for the document itself. */
  thumbSize: string;
  /** Bytes, where Telegram tells. */
  size: number | null;
  /** The message it came with, so that a stale reference can be refreshed. */
  chatId: ChatId;
  messageId: number;
}

/** A message and, where it has one, the file it carries. */
export interface FetchedMessage {
  message: Message;
  file: RemoteFile | null;
}

/** Which part of a chat's history to read. Filters are what the server can do; the rest is core/media-filter.ts. */
export interface HistoryRange {
  /** Only ids below this one; where an interrupted scan goes on. */
  beforeId?: number;
  /** Only ids above this one. */
  afterId?: number;
  after?: Date;
  before?: Date;
  type?: FilterType;
  topicId?: number;
  /** Comments of this post; they live in the channel's discussion group, whose chatId the messages then carry. */
  commentsOf?: number;
  text?: string;
}

export interface TelegramWait {
  /** FLOOD_WAIT, FLOOD_PREMIUM_WAIT, SLOWMODE_WAIT, NETWORK. */
  reason: string;
  until: Date;
  /** Telegram's name of the call that waits, such as upload.getFile. */
  method: string;
}

/** Asked before each call, by Telegram's name of it: resolves when the account's budget of requests allows it. */
export type Pace = (method: string, signal: AbortSignal) => Promise<void>;

export interface Telegram {
  /** Connects and asks who we are. Throws FatalError SIGNED_OUT, DUPLICATE_SESSION; RetryLaterError while unreachable. */
  connect(signal: AbortSignal): Promise<Account>;
  close(): Promise<void>;
  /** All dialogs, folders and archive included, in pages as they come. */
  chats(signal: AbortSignal): AsyncIterable<Chat[]>;
  /** A chat by @name, id, phone or invite link that is joined already; null where there is none. */
  findChat(query: string, signal: AbortSignal): Promise<Chat | null>;
  /** Newest first, in pages of up to 100, down to an empty page. Service messages are included. */
  history(chat: Chat, range: HistoryRange, signal: AbortSignal): AsyncIterable<Message[]>;
  /** How many messages of a range there are, and a sample of up to 100 of the newest. */
  countMatching(chat: Chat, range: HistoryRange, signal: AbortSignal): Promise<{ total: number; sample: Message[] }>;
  /** The topics of a forum, with the titles that they have now. */
  topics(chat: Chat, signal: AbortSignal): Promise<Topic[]>;
  /** Up to 100 ids a call; what is gone is absent. */
  messages(chat: Chat, messageIds: readonly number[], signal: AbortSignal): Promise<FetchedMessage[]>;
  /**
   * One part of a file. `offset` and `limit` in bytes as upload.getFile wants them (multiples of 4096, at most 1 MiB,
   * none across a MiB boundary). Obeys waits by itself and tells them to `onWait`; moves to the right data centre.
   * Throws StaleReferenceError.
   */
  filePart(file: RemoteFile, offset: number, limit: number, signal: AbortSignal): Promise<Uint8Array>;
  /** One message of text. Waits and broken lines as everywhere; the key keeps it one message. */
  sendText(chat: Chat, content: OutgoingText, options: SendOptions, signal: AbortSignal): Promise<SentIds>;
  /** One file, or up to ten as an album (photos and videos together, else all of one kind). Up to 2 GB each, Premium 4. */
  sendFiles(chat: Chat, files: readonly OutgoingFile[], options: SendOptions, signal: AbortSignal): Promise<SentIds>;
  /** Up to 100 messages of one chat, as forwards. Throws AccessError where their owners do not allow it. */
  forward(
    from: Chat,
    messageIds: readonly number[],
    to: Chat,
    options: SendOptions,
    signal: AbortSignal,
  ): Promise<SentIds>;
  /** What the account may delete in a chat, asked of Telegram now. */
  rightsIn(chat: Chat, signal: AbortSignal): Promise<ChatRights>;
  /**
   * One call that deletes up to 100 messages of one chat, and answers how many Telegram says it has deleted. All of them
   * must have been read from this chat before (`messages`, `history`), else nothing is sent. Never asked again by itself:
   * a RetryLaterError of NETWORK or SERVER may have been carried out, one of a wait has not. `revoke` takes them from the others too; in
   * channels and supergroups that is always so. Throws DeleteForbiddenError where some are refused, which refuses all.
   */
  deleteMessages(
    chat: Chat,
    messageIds: readonly number[],
    options: { revoke: boolean },
    signal: AbortSignal,
  ): Promise<number>;
  /** Of a sender whom an answer has mentioned; lower case, without @. */
  usernameOf(senderId: ChatId): string | null;
  /** Who keeps the account's budget; without it calls go out at once. */
  pace?: Pace | null;
  /** Called whenever a call has to wait, and with null when it goes on. One listener. */
  onWait: ((wait: TelegramWait | null) => void) | null;
}

/** A file reference has gone stale: fetch the message again and go on at the same offset. */
export class StaleReferenceError extends Error {
  override name = "StaleReferenceError";
}

/** Telegram refuses a call because of one or more of its messages, and has deleted none of them. */
export class DeleteForbiddenError extends Error {
  override name = "DeleteForbiddenError";
}

/** Which media types a filter's word means, for the database. */
export const MEDIA_TYPE_OF: Partial<Record<FilterType, MediaType>> = {
  photo: "photo",
  video: "video",
  round: "video",
  audio: "audio",
  voice: "voice",
  gif: "animation",
  sticker: "sticker",
  document: "document",
};
