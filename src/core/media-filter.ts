import type { ChatId, Message } from "./media.ts";

/** What the owner calls a kind of message. "round" is a round video, "gif" an animation. */
export const FILTER_TYPES = [
  "photo",
  "video",
  "audio",
  "voice",
  "round",
  "gif",
  "sticker",
  "document",
  "link",
  "poll",
  "text",
] as const;
export type FilterType = (typeof FILTER_TYPES)[number];

/**
 * Which messages of a chat are meant. JSON-safe, since it travels in job payloads; an empty object means everything.
 * Within one list any may match; between the fields all must.
 */
export interface MediaFilter {
  types?: FilterType[];
  notTypes?: FilterType[];
  /** Lower case, without the dot. */
  extensions?: string[];
  notExtensions?: string[];
  /** "me", "@name" lower case, a decimal id, or a part of the sender's name. */
  from?: string[];
  notFrom?: string[];
  /** ISO instant, inclusive. */
  after?: string;
  /** ISO instant, exclusive. */
  before?: string;
  /** Bytes, inclusive. */
  minSize?: number;
  /** Bytes, inclusive. */
  maxSize?: number;
  /** Each must stand in the text or caption, whatever the case. */
  text?: string[];
  notText?: string[];
  /** Any must stand in the file name. */
  name?: string[];
  topicId?: number;
  /** Comments below this post of a channel. */
  commentsOf?: number;
  messageIds?: number[];
  minId?: number;
  maxId?: number;
  /** At most so many matching messages, newest first unless sort is "oldest". */
  limit?: number;
  sort?: "newest" | "oldest";
}

/** Who the owner is, for `from:me`. */
export interface FilterContext {
  selfId: ChatId | null;
  /** Username of a sender where known, lower case without @. */
  usernameOf?: (senderId: ChatId) => string | null;
}

export type MatchesMediaFilter = (message: Message, filter: MediaFilter, context: FilterContext) => boolean;
