import type { Member } from "./chat.ts";
import type { Reaction, WorldMessage } from "./message.ts";

/** What happened, as one account learns of it. Numbers (ids, pts) are this account's. */
export type WorldUpdate =
  | PtsUpdate
  | { type: "read-outbox-channel"; peerId: number; maxId: number }
  | { type: "callback-query"; query: CallbackQuery }
  | { type: "inline-query"; query: InlineQuery }
  | {
      type: "chat-member";
      peerId: number;
      actorId: number;
      date: number;
      userId: number;
      old: Member;
      new: Member;
    }
  | {
      type: "reaction";
      peerId: number;
      messageId: number;
      actorId: number;
      date: number;
      old: string[];
      new: string[];
      reactions: Reaction[];
    }
  | { type: "chat-action"; peerId: number; userId: number; action: string }
  /** The user (or the bot, for the user) blocked or unblocked the other side. */
  | { type: "bot-blocked"; userId: number; blocked: boolean; date: number }
  | { type: "commands-changed"; botId: number }
  /** A draft bubble of a bot (sendMessageDraft); empty text = gone. */
  | { type: "bot-draft"; peerId: number; draftId: number; text: string }
  /** The chat's own properties changed; read it again. */
  | { type: "chat-changed"; peerId: number };

/** Updates that move a counter, kept for getDifference and getChannelDifference. */
export type PtsUpdate = {
  /** Set: the channel's own counter moved; null: the account's. */
  channelId: number | null;
  pts: number;
  ptsCount: number;
  date: number;
} & (
  | { type: "new-message"; message: WorldMessage }
  | { type: "edit-message"; message: WorldMessage }
  | { type: "delete-messages"; peerId: number | null; messageIds: number[] }
  | { type: "read-inbox"; peerId: number; maxId: number; stillUnread: number }
  | { type: "read-outbox"; peerId: number; maxId: number }
  | { type: "pinned"; peerId: number; messageIds: number[]; pinned: boolean }
);

export interface CallbackQuery {
  /** Decimal digits. */
  id: string;
  fromId: number;
  /** As the bot sees it. */
  message: WorldMessage;
  data: string;
  chatInstance: string;
}

export interface CallbackAnswer {
  text?: string;
  alert?: boolean;
  url?: string;
  cacheTime?: number;
}

export interface InlineQuery {
  id: string;
  fromId: number;
  query: string;
  offset: string;
  chatType: string;
}

export type Difference =
  | { kind: "empty"; date: number }
  | { kind: "updates"; updates: PtsUpdate[]; pts: number; date: number; final: boolean }
  /** Older than the log keeps: the client must read histories again. */
  | { kind: "too-long"; pts: number };
