/**
 * What a message says beyond its columns: whatever is only shown, or wanted by an archive.
 *
 * Kept as JSON in `messages.extra`: absent fields are left out, 64-bit numbers are decimal digits, times are Unix seconds.
 * An empty object says that there is nothing; null that nobody has looked.
 */
import type { ChatId } from "./media.ts";

/** Somebody by id, with the name they had when the message was read. */
export interface Person {
  id: ChatId;
  name: string | null;
}

/** By the Bot API's names. */
export const TEXT_ENTITY_TYPES = [
  "mention",
  "hashtag",
  "cashtag",
  "bot_command",
  "url",
  "email",
  "phone_number",
  "bank_card",
  "bold",
  "italic",
  "underline",
  "strikethrough",
  "spoiler",
  "blockquote",
  "expandable_blockquote",
  "code",
  "pre",
  "text_link",
  "text_mention",
  "custom_emoji",
  "unknown",
] as const;
export type TextEntityType = (typeof TEXT_ENTITY_TYPES)[number];

/** A stretch of a text, in UTF-16 units. */
export interface TextEntity {
  type: TextEntityType;
  offset: number;
  length: number;
  /** Of a text_link. */
  url?: string;
  /** Of a text_mention. */
  userId?: ChatId;
  /** Of a pre. */
  language?: string;
  customEmojiId?: string;
}

export interface ForwardOrigin {
  date: number;
  from?: Person;
  /** Of somebody who hides their account. */
  hiddenName?: string;
  /** The original post, where it is a channel's. */
  postId?: number;
  author?: string;
  /** In Saved Messages: where it was forwarded from. */
  savedFrom?: Person;
  savedMessageId?: number;
}

export interface ReactionTally {
  /** One of these says which it is; none is a paid star. */
  emoji?: string;
  customEmojiId?: string;
  count: number;
  /** The account itself is among them. */
  chosen?: true;
  /** Some of the latest, where Telegram tells. */
  recent?: { from: Person; date: number }[];
}

export interface Poll {
  question: string;
  answers: { text: string; voters: number; chosen?: true; correct?: true }[];
  totalVoters: number;
  closed: boolean;
  quiz: boolean;
  multiple: boolean;
  anonymous: boolean;
}

export interface Place {
  latitude: number;
  longitude: number;
  /** Seconds that a live location was shared for. */
  livePeriod?: number;
}

export interface LinkPreview {
  url: string;
  siteName?: string;
  title?: string;
  description?: string;
}

export interface KeyboardButton {
  /** By Telegram Desktop's word: "callback", "url", "web_view", … */
  kind: string;
  text: string;
  /** The address, the query or the text it copies; of a callback, base64. */
  data?: string;
}

export interface Giveaway {
  quantity: number;
  until: number;
  channels?: Person[];
  countries?: string[];
  months?: number;
  stars?: string;
  prize?: string;
  onlyNew?: true;
  /** Results only. */
  winners?: Person[];
  winnersCount?: number;
  unclaimed?: number;
  others?: number;
  launchMessageId?: number;
  refunded?: true;
}

/** What a service message tells, by Telegram's names of its fields. */
export type ActionDetails = { [field: string]: string | number | boolean | Person | Person[] };

export interface MessageExtra {
  entities?: TextEntity[];
  forward?: ForwardOrigin;
  /** The inline bot that made it. `name` is its username. */
  viaBot?: Person;
  /** Who signed a channel's post. */
  author?: string;
  /** The chat of the message that this one answers, where it is another. */
  replyToChat?: Person;
  /** The part of it that is quoted. */
  quote?: string;
  views?: number;
  forwards?: number;
  comments?: number;
  reactions?: ReactionTally[];
  pinned?: true;
  silent?: true;

  /** Of files. */
  spoiler?: true;
  /** Seconds after which Telegram destroys it once it is seen. */
  selfDestruct?: number;
  performer?: string;
  trackTitle?: string;
  stickerEmoji?: string;

  /** Of what is no file. */
  linkPreview?: LinkPreview;
  poll?: Poll;
  place?: Place;
  /** With a place: its name and address. */
  venue?: { title: string; address: string };
  contact?: { phone: string; firstName: string; lastName: string; userId?: ChatId; vcard?: string };
  dice?: { emoji: string; value: number };
  game?: { title: string; description: string; shortName: string };
  invoice?: { title: string; description: string; amount: string; currency: string; receiptId?: number };
  story?: { from: Person; storyId: number };
  giveaway?: Giveaway;
  paidStars?: string;

  buttons?: KeyboardButton[][];
  action?: ActionDetails;
}
