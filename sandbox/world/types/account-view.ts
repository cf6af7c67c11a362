import type { ChatFolder, Dialog, Member, WorldAccount, WorldChat, WorldUser } from "./chat.ts";
import type { WorldMedia } from "./media.ts";
import type { Draft, ReplyMarkup, WorldMessage } from "./message.ts";
import type { HistoryPage, HistoryQuery, SearchFilter } from "./query.ts";
import type { CallbackAnswer, Difference, WorldUpdate } from "./update.ts";

/** One account's eyes and hands. Peer ids are marked and as this account names them; Saved Messages is its own id. */
export interface AccountView {
  readonly id: number;
  readonly account: WorldAccount;
  readonly user: WorldUser;

  /** 64-bit, this account's own for that user or channel; 0n for basic groups. */
  accessHash(peerId: number): bigint;
  /** Whether this account may use the peer with that hash. */
  checkAccess(peerId: number, hash: bigint): boolean;

  /** Main list and archive (folderId says which); pinned ones first, then newest first. */
  dialogs(): Dialog[];
  dialog(peerId: number): Dialog | null;
  folders(): ChatFolder[];
  setFolder(folder: ChatFolder): void;
  removeFolder(folderId: number): void;
  setArchived(peerIds: readonly number[], archived: boolean): void;
  setPinnedDialog(peerId: number, pinned: boolean): void;
  /** In the private chat with this user: has either side blocked the other? */
  blocked(userId: number): { byMe: boolean; byThem: boolean };
  block(userId: number, blocked: boolean): void;
  /** A private chat exists (a bot may write to a person only then). */
  hasChatWith(userId: number): boolean;

  /** This account's part in a chat; null if it never was in it. */
  membership(chatId: number): Member | null;
  /** May read: member, or public. Throws CHANNEL_PRIVATE, PEER_ID_INVALID... otherwise. */
  assertReadable(peerId: number): void;

  /** History, search, topic and thread alike. Throws what Telegram throws (CHANNEL_PRIVATE ...). */
  history(peerId: number, query: HistoryQuery): HistoryPage<WorldMessage>;
  /** How many messages match, by filter. */
  counters(peerId: number, filters: readonly SearchFilter[], topicId?: number): number[];
  /** The newest message matching over all chats, pages by (date, peer, id). */
  searchGlobal(query: {
    text: string;
    filter?: SearchFilter;
    minDate?: number;
    maxDate?: number;
    offsetDate?: number;
    offsetPeerId?: number;
    offsetId?: number;
    limit: number;
  }): { messages: WorldMessage[]; count: number };
  /** By ids of one channel, or (peerId null) of this account's common box. Gone ones are null, order is kept. */
  messages(peerId: number | null, ids: readonly number[]): (WorldMessage | null)[];
  /** One message, or null. `peerId` as always; for private chats and groups the id must be of that chat. */
  message(peerId: number, id: number): WorldMessage | null;
  topMessage(peerId: number): WorldMessage | null;
  /** The discussion-group copy of a channel post: its thread root. */
  discussionMessage(channelId: number, postId: number): WorldMessage | null;

  /** Throws PEER_ID_INVALID, CHAT_WRITE_FORBIDDEN, USER_IS_BLOCKED, SLOWMODE_WAIT_x ... */
  send(peerId: number, draft: Draft): WorldMessage;
  /** Several at once as an album share `groupedId`. */
  sendAlbum(peerId: number, drafts: readonly Draft[]): WorldMessage[];
  forward(
    fromPeerId: number,
    ids: readonly number[],
    toPeerId: number,
    options?: { silent?: boolean; dropAuthor?: boolean; dropCaption?: boolean; topicId?: number },
  ): WorldMessage[];
  /** undefined leaves a field, null removes it. Throws MESSAGE_NOT_MODIFIED, MESSAGE_ID_INVALID, MESSAGE_AUTHOR_REQUIRED. */
  edit(
    peerId: number,
    id: number,
    change: {
      text?: string;
      entities?: Draft["entities"];
      media?: WorldMedia;
      replyMarkup?: ReplyMarkup | null;
      noWebpage?: boolean;
    },
  ): WorldMessage;
  /**
   * Channels and supergroups: `peerId` the channel, always for everyone. Else `peerId` null and ids of the common box,
   * whatever chats they are of. Says which ids went and where the counter stands.
   */
  delete(
    peerId: number | null,
    ids: readonly number[],
    revoke: boolean,
  ): { deleted: number[]; pts: number; ptsCount: number };
  markRead(peerId: number, maxId: number): void;
  pin(peerId: number, id: number, pinned: boolean, silent: boolean): void;
  react(peerId: number, id: number, emoji: string[]): void;

  /** Press an inline button with data; waits for the bot's answer, at most `timeoutMs`. Throws BOT_RESPONSE_TIMEOUT. */
  pressButton(peerId: number, messageId: number, data: string, timeoutMs?: number): Promise<CallbackAnswer>;
  /** The bot's side. Throws QUERY_ID_INVALID when unknown, answered or old. */
  answerCallback(queryId: string, answer: CallbackAnswer): void;
  askInline(botId: number, query: string, offset: string, timeoutMs?: number): Promise<unknown>;
  answerInline(queryId: string, results: unknown): void;

  join(chatId: number): void;
  joinByHash(hash: string): WorldChat;
  leave(chatId: number): void;
  addMember(chatId: number, userId: number): void;
  /** What this account calls "typing", seen by the other members. */
  chatAction(peerId: number, action: string): void;
  showDraft(peerId: number, draftId: number, text: string): void;

  /** Of the account's own box, or of a channel. */
  pts(channelId?: number): number;
  difference(pts: number, limit?: number): Difference;
  channelDifference(channelId: number, pts: number, limit?: number): Difference;
  /** Live updates; returns the unsubscriber. Called synchronously after the state has changed. */
  subscribe(listener: (update: WorldUpdate) => void): () => void;
}
