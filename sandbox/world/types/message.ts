import type { WorldMedia } from "./media.ts";

/** By the Bot API's names; offsets and lengths in UTF-16 units. */
export interface Entity {
  type:
    | "mention"
    | "hashtag"
    | "cashtag"
    | "bot_command"
    | "url"
    | "email"
    | "phone_number"
    | "bold"
    | "italic"
    | "underline"
    | "strikethrough"
    | "spoiler"
    | "blockquote"
    | "expandable_blockquote"
    | "code"
    | "pre"
    | "text_link"
    | "text_mention"
    | "custom_emoji"
    | "date_time";
  offset: number;
  length: number;
  url?: string;
  userId?: number;
  language?: string;
  customEmojiId?: string;
  unixTime?: number;
  dateTimeFormat?: string;
}

/** Any markup as the Bot API writes it (inline_keyboard, keyboard, remove_keyboard, force_reply). */
export type ReplyMarkup = { [key: string]: unknown };

/** One button of either keyboard, as the Bot API writes it. */
export type Button = {
  text: string;
  callback_data?: string;
  url?: string;
  [key: string]: unknown;
};

export type ServiceAction =
  | { type: "chat-create"; title: string; userIds: number[] }
  | { type: "channel-create"; title: string }
  | { type: "chat-edit-title"; title: string }
  | { type: "chat-add-user"; userIds: number[] }
  | { type: "chat-delete-user"; userId: number }
  | { type: "chat-joined-by-link"; inviterId: number }
  /** Of a basic group: it goes on as this supergroup. */
  | { type: "chat-migrate-to"; chatId: number }
  /** Of a supergroup: it was this basic group. */
  | { type: "channel-migrate-from"; chatId: number; title: string }
  | { type: "pin-message" }
  | { type: "history-clear" }
  | {
      type: "phone-call";
      duration: number;
      reason: "missed" | "hangup" | "busy" | "disconnect";
      video: boolean;
    }
  | { type: "topic-create"; title: string; iconColor: number }
  | { type: "topic-edit"; title?: string; closed?: boolean }
  | { type: "contact-sign-up" }
  | { type: "screenshot" }
  /** The owner's answer to a request_chat or request_users button. */
  | { type: "requested-peer"; requestId: number; peerIds: number[]; asBot?: RequestedPeerInfo[] };

export interface RequestedPeerInfo {
  id: number;
  title?: string;
  username?: string;
  firstName?: string;
  lastName?: string;
}

export interface ReplyInfo {
  /** Id in the viewer's numbering, of `peerId` if set, else of the same chat. */
  messageId: number;
  peerId?: number;
  quote?: string;
}

export interface ForwardInfo {
  /** Unix seconds of the original. */
  date: number;
  /** Author's marked id: a user, or the channel itself. */
  fromId?: number;
  /** For people who hide their account. */
  fromName?: string;
  /** Original message id, for channel posts only. */
  channelPost?: number;
  postAuthor?: string;
  /** Where it was forwarded from, in Saved Messages only. */
  savedFromPeerId?: number;
  savedFromMessageId?: number;
}

export interface Reaction {
  emoji: string;
  count: number;
  /** Accounts of the world that reacted. */
  chosenBy: number[];
}

/** What makes a message, whoever looks at it. */
export interface MessageBody {
  /** Marked id of a user, or of the channel for its posts and anonymous admins. */
  fromId: number;
  /** Unix seconds. */
  date: number;
  editDate?: number;
  text: string;
  entities: Entity[];
  media?: WorldMedia;
  service?: ServiceAction;
  groupedId?: bigint;
  forward?: ForwardInfo;
  replyMarkup?: ReplyMarkup;
  viaBotId?: number;
  views?: number;
  forwards?: number;
  reactions?: Reaction[];
  /** Forum topic by the id of its first message (1 = General), or root message id of a comment thread. */
  topicId?: number;
  postAuthor?: string;
  silent?: boolean;
  noforwards?: boolean;
  pinned?: boolean;
  /** The button "no preview" of the sender. */
  noWebpage?: boolean;
}

/** A message as one account sees it: its own number, its own name for the chat. */
export interface WorldMessage extends MessageBody {
  id: number;
  /** The chat, marked, as this viewer names it: in a private chat the other person. */
  peerId: number;
  out: boolean;
  replyTo?: ReplyInfo;
  /** Posts of channels with a discussion group: how many comments, and where. */
  comments?: { count: number; discussionId: number; discussionMessageId: number };
  mentioned?: boolean;
}

/** What someone sends. */
export interface Draft {
  text?: string;
  entities?: Entity[];
  media?: WorldMedia;
  service?: ServiceAction;
  replyTo?: ReplyInfo;
  topicId?: number;
  replyMarkup?: ReplyMarkup;
  groupedId?: bigint;
  forward?: ForwardInfo;
  silent?: boolean;
  noforwards?: boolean;
  noWebpage?: boolean;
  viaBotId?: number;
  /** Default: now. */
  date?: number;
  /** Default: the sender; the channel itself for posts. */
  fromId?: number;
  postAuthor?: string;
}
