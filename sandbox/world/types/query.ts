/** What can be asked of one chat's history. */

/** Telegram's inputMessagesFilter* without the prefix; "empty" lets everything pass. */
export type SearchFilter =
  | "empty"
  | "photos"
  | "video"
  | "photoVideo"
  | "document"
  | "url"
  | "gif"
  | "voice"
  | "music"
  | "chatPhotos"
  | "phoneCalls"
  | "roundVoice"
  | "roundVideo"
  | "myMentions"
  | "geo"
  | "contacts"
  | "pinned"
  | "poll";

/** The paging of messages.getHistory, messages.search and messages.getReplies, with Telegram's meaning of each. */
export interface HistoryQuery {
  /** Messages older than this id (the id itself not included unless addOffset is negative); 0 = from the newest. */
  offsetId?: number;
  /** Unix seconds; used where offsetId is 0. */
  offsetDate?: number;
  /** Skip so many; negative goes towards newer ones. */
  addOffset?: number;
  /** 1 to 100; Telegram's server clamps. */
  limit?: number;
  /** Exclusive, 0 = none. */
  maxId?: number;
  minId?: number;
  /** Search only. */
  filter?: SearchFilter;
  /** Every word must begin a word of the text or file name. */
  text?: string;
  fromId?: number;
  minDate?: number;
  maxDate?: number;
  /** Forum topic or comment thread. */
  topicId?: number;
}

export interface HistoryPage<Message> {
  /** Newest first. May be shorter than `limit` in the middle of a history, as on Telegram; empty only at the end. */
  messages: Message[];
  /** All that match, whatever the page. */
  count: number;
  /** How many newer matches stand before the page. */
  offsetIdOffset: number;
}
