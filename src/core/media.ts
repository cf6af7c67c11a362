/** The words of Telegram as this product keeps them: plain values, the same in memory, in a row and in JSON. */
import type { MessageExtra } from "./message-extra.ts";

/** A chat's id as the Bot API writes it: users positive, basic groups -id, channels and supergroups -100id. */
export type ChatId = number;

export const CHAT_TYPES = ["user", "group", "channel", "supergroup"] as const;
export type ChatType = (typeof CHAT_TYPES)[number];

export interface Chat {
  chatId: ChatId;
  type: ChatType;
  title: string;
  /** Without @. */
  username: string | null;
  /** A 64-bit number in decimal digits; this account's own, so never used with another one's. */
  accessHash: string | null;
  unread: number;
  lastMessageAt: Date | null;
  archived: boolean;
  /** Ids of the owner's folders it stands in. */
  folders: number[];
  isForum: boolean;
  isBot: boolean;
  /** This is the owner's own chat, "Saved Messages". */
  isSelf: boolean;
  /** Its owners do not allow saving or forwarding (noforwards). */
  restricted: boolean;
  /** The discussion group of a channel, or the channel of a discussion group. */
  linkedChatId: ChatId | null;
  lastScanAt: Date | null;
}

export const MEDIA_TYPES = [
  "none",
  "photo",
  "video",
  "document",
  "audio",
  "voice",
  "sticker",
  "animation",
  "other",
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

export const MESSAGE_STATUSES = ["retrieved", "downloaded", "archived", "deleted", "failed"] as const;
/** How far a message has come on the owner's machines. */
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** What a message carries, whether or not it can be fetched. */
export interface Media {
  type: MediaType;
  /** What an "other" is, by Telegram's word: "poll", "geo", "contact"; absent where it was not looked at. */
  otherKind?: string | null;
  /** A round video is of type "video". */
  round: boolean;
  /** As Telegram gives it: untrusted, may be empty, may hold anything. */
  fileName: string | null;
  mimeType: string | null;
  /** Bytes; null where Telegram does not say. */
  size: number | null;
  /** Telegram's id of the content, "photo:123" or "document:123": the same file in another chat has the same. */
  fileKey: string | null;
  dcId: number | null;
  /** Seconds. */
  duration: number | null;
  width: number | null;
  height: number | null;
  restricted: boolean;
}

export interface Message {
  chatId: ChatId;
  messageId: number;
  date: Date;
  editedAt: Date | null;
  senderId: ChatId | null;
  senderName: string | null;
  /** Sent by the account itself. */
  outgoing: boolean;
  /** Text or caption. */
  text: string;
  /** Messages of one album share it; decimal digits of a 64-bit number. */
  albumId: string | null;
  topicId: number | null;
  replyToId: number | null;
  /** "pinned a message" and the like, by Telegram's name of the action; null for a normal message. */
  service: string | null;
  media: Media;
  /** Absent or null where nobody has looked; what is known then stays. */
  extra?: MessageExtra | null;
}

/** A message as the database has it. */
/** A topic of a forum. */
export interface Topic {
  id: number;
  title: string;
}

export interface StoredMessage extends Message {
  status: MessageStatus;
  retrievedAt: Date;
  retrievedHostname: string;
  downloadHostname: string | null;
  localFilePath: string | null;
  sha256: string | null;
  /** The last job of the owner's that wanted it. */
  rootId: string | null;
  /** When a scan found that Telegram has it no more. */
  goneAt?: Date | null;
}

export interface MessageKey {
  chatId: ChatId;
  messageId: number;
}
