/** What the account may be asked to send. */
import type { MediaType } from "../core/media.ts";
import type { TextEntity } from "../core/message-extra.ts";

export interface OutgoingText {
  text: string;
  entities?: readonly TextEntity[];
}

/** A file of this machine, as the receiver shall see it. */
export interface OutgoingFile {
  path: string;
  fileName: string;
  mimeType: string | null;
  /** A photo is made smaller by Telegram; what must stay byte for byte is a document. */
  as: Exclude<MediaType, "none" | "other">;
  round?: boolean;
  /** Seconds. */
  duration?: number | null;
  width?: number | null;
  height?: number | null;
  caption?: OutgoingText;
}

export interface SendOptions {
  /**
   * Names what is sent, once for ever: asked twice with the same key, after a lost answer or a restart, Telegram keeps
   * one message.
   */
  key: string;
  replyToId?: number | null;
  topicId?: number | null;
  silent?: boolean;
  /** Bytes that are up, of all files together. */
  onBytes?: (sent: number) => void;
}

/**
 * Ids in the receiving chat, in the order given. Null where Telegram says that it was sent before and the message is
 * not found again.
 */
export type SentIds = (number | null)[];

/** An album holds so many. */
export const ALBUM_SIZE = 10;
