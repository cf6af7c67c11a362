import { extensionOf, plainExtension } from "./file-type.ts";
import type { ChatId, MediaType, Message } from "./media.ts";
import { foldText } from "./text.ts";

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
  /** None may stand in the file name. */
  notName?: string[];
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

/**
 * Whether a message is one of those the filter means. `limit` and `sort` are for whoever walks the history, and so is
 * `commentsOf`, since a message does not say below which post it stands.
 */
export const matchesMediaFilter: MatchesMediaFilter = (message, filter, context) =>
  matchesId(message, filter) &&
  matchesDate(message, filter) &&
  matchesSize(message, filter) &&
  matchesType(message, filter) &&
  matchesExtension(message, filter) &&
  matchesSender(message, filter, context) &&
  matchesText(message, filter);

function matchesId({ messageId, topicId }: Message, filter: MediaFilter): boolean {
  if (filter.messageIds && !filter.messageIds.includes(messageId)) return false;
  if (filter.minId !== undefined && messageId < filter.minId) return false;
  if (filter.maxId !== undefined && messageId > filter.maxId) return false;
  return filter.topicId === undefined || (topicId ?? GENERAL_TOPIC) === filter.topicId;
}

/** What a forum says about its "General" topic: that a message stands in none. */
const GENERAL_TOPIC = 1;

function matchesDate({ date }: Message, { after, before }: MediaFilter): boolean {
  if (after !== undefined && !(date.getTime() >= Date.parse(after))) return false;
  return before === undefined || date.getTime() < Date.parse(before);
}

/** Where Telegram tells no size, nothing can be said of it, so it fits no bound. */
function matchesSize({ media: { size } }: Message, { minSize, maxSize }: MediaFilter): boolean {
  if (minSize !== undefined && (size === null || size < minSize)) return false;
  return maxSize === undefined || (size !== null && size <= maxSize);
}

function matchesType(message: Message, { types, notTypes }: MediaFilter): boolean {
  if (!types?.length && !notTypes?.length) return true;
  const own = filterTypesOf(message);
  if (types?.length && !types.some((type) => own.includes(type))) return false;
  return !notTypes?.some((type) => own.includes(type));
}

function matchesExtension({ media }: Message, { extensions, notExtensions }: MediaFilter): boolean {
  if (!extensions?.length && !notExtensions?.length) return true;
  const own = media.type === "none" ? "" : extensionOf(media);
  const isOwn = (extension: string): boolean => {
    const wanted = plainExtension(extension);
    return own !== "" && (wanted === own || (wanted.includes(".") && hasEnding(media.fileName, wanted)));
  };
  if (extensions?.length && !extensions.some(isOwn)) return false;
  return !notExtensions?.some(isOwn);
}

/** For extensions of two parts, tar.gz. */
const hasEnding = (fileName: string | null, extension: string): boolean =>
  (fileName ?? "").trim().toLowerCase().endsWith(`.${extension}`);

function matchesSender(message: Message, { from, notFrom }: MediaFilter, context: FilterContext): boolean {
  const isSender = (sender: string): boolean => {
    if (sender === "me") return message.outgoing || (context.selfId !== null && message.senderId === context.selfId);
    if (sender.startsWith("@")) {
      const username = message.senderId === null ? null : (context.usernameOf?.(message.senderId) ?? null);
      return username?.toLowerCase() === sender.slice(1).toLowerCase();
    }
    if (/^-?\d+$/.test(sender) && message.senderId === Number(sender)) return true;
    return message.senderName !== null && foldText(message.senderName).includes(foldText(sender));
  };
  if (from?.length && !from.some(isSender)) return false;
  return !notFrom?.some(isSender);
}

function matchesText(message: Message, { text, notText, name, notName }: MediaFilter): boolean {
  if (text?.length || notText?.length) {
    const own = foldText(message.text);
    if (!(text ?? []).every((part) => own.includes(foldText(part)))) return false;
    if (notText?.some((part) => own.includes(foldText(part)))) return false;
  }
  if (!name?.length && !notName?.length) return true;
  const own = foldText(message.media.fileName ?? "");
  if (name?.length && !name.some((part) => own.includes(foldText(part)))) return false;
  return !notName?.some((part) => own.includes(foldText(part)));
}

const TYPE_OF_MEDIA: Partial<Record<MediaType, FilterType>> = {
  photo: "photo",
  video: "video",
  audio: "audio",
  voice: "voice",
  animation: "gif",
  sticker: "sticker",
  document: "document",
};

/** What the owner would call a message; a text or caption with a link is also a link. */
export function filterTypesOf(message: Message): FilterType[] {
  if (message.service !== null) return [];
  const { media } = message;
  const types: FilterType[] = [];
  const carried = media.round ? "round" : TYPE_OF_MEDIA[media.type];
  if (carried) types.push(carried);
  if (media.otherKind === "poll") types.push("poll");
  if (media.type === "none" && message.text !== "") types.push("text");
  if (LINK.test(message.text)) types.push("link");
  return types;
}

const LINK = /(?:https?|tg):\/\/\S|\bwww\.\S+\.\S|\b(?:t|telegram)\.me\/\S/i;
