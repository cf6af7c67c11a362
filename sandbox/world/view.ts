import type { Questions } from "./callbacks.ts";
import * as changing from "./changing.ts";
import * as deleting from "./deleting.ts";
import { audience, historyFor } from "./delivering.ts";
import * as dialogs from "./dialogs.ts";
import * as members from "./members.ts";
import { hash64 } from "./random.ts";
import * as reading from "./reading.ts";
import { readable } from "./rights.ts";
import { type ForwardOptions, forwardAll, sendAll } from "./sending.ts";
import type { WorldState } from "./state.ts";
import {
  type AccountView,
  type CallbackAnswer,
  type ChatFolder,
  type Difference,
  type Draft,
  type HistoryQuery,
  isGroupId,
  isUserId,
  type Member,
  Refusal,
  type SearchFilter,
  type WorldAccount,
  type WorldChat,
  type WorldMessage,
  type WorldUpdate,
  type WorldUser,
} from "./types.ts";

/** One account's eyes and hands: a desk that hands each wish to the file that knows the rule. */
export class View implements AccountView {
  readonly id: number;
  readonly account: WorldAccount;
  #state: WorldState;
  #questions: Questions;

  constructor(state: WorldState, questions: Questions, account: WorldAccount) {
    this.id = account.userId;
    this.account = account;
    this.#state = state;
    this.#questions = questions;
  }

  get user(): WorldUser {
    const user = this.#state.users.get(this.id);
    if (!user) throw new Error(`Account ${this.id} has no user.`);
    return user;
  }

  accessHash(peerId: number): bigint {
    return isGroupId(peerId) ? 0n : hash64("access", this.#state.seed, this.id, peerId);
  }
  checkAccess(peerId: number, hash: bigint): boolean {
    return isGroupId(peerId) || BigInt.asIntN(64, hash) === this.accessHash(peerId);
  }

  dialogs = () => dialogs.dialogsOf(this.#state, this.id);
  dialog = (peerId: number) => dialogs.dialogOf(this.#state, this.id, peerId);
  folders = (): ChatFolder[] => this.#state.folders.get(this.id) ?? [];
  setFolder(folder: ChatFolder): void {
    const others = this.folders().filter((one) => one.id !== folder.id);
    this.#state.folders.set(this.id, [...others, folder]);
  }
  removeFolder(folderId: number): void {
    this.#state.folders.set(
      this.id,
      this.folders().filter((one) => one.id !== folderId),
    );
  }
  setArchived(peerIds: readonly number[], archived: boolean): void {
    for (const peerId of peerIds) this.#state.dialogOf(this.id, peerId).folderId = archived ? 1 : 0;
  }
  setPinnedDialog(peerId: number, pinned: boolean): void {
    this.#state.dialogOf(this.id, peerId).pinned = pinned;
  }

  blocked(userId: number): { byMe: boolean; byThem: boolean } {
    const { blocks } = this.#state;
    return { byMe: blocks.has(`${this.id}:${userId}`), byThem: blocks.has(`${userId}:${this.id}`) };
  }
  block(userId: number, blocked: boolean): void {
    const key = `${this.id}:${userId}`;
    if (this.#state.blocks.has(key) === blocked) return;
    if (blocked) this.#state.blocks.add(key);
    else this.#state.blocks.delete(key);
    this.#state.tell(userId, { type: "bot-blocked", userId: this.id, blocked, date: this.#state.clock.now() });
  }
  hasChatWith(userId: number): boolean {
    return (this.#state.historyOf(this.id, userId)?.length ?? 0) > 0;
  }

  membership(chatId: number): Member | null {
    return this.#state.chats.get(chatId)?.members.get(this.id) ?? null;
  }
  assertReadable(peerId: number): void {
    readable(this.#state, this.id, peerId);
  }

  history = (peerId: number, query: HistoryQuery) => reading.readHistory(this.#state, this.id, peerId, query);
  counters = (peerId: number, filters: readonly SearchFilter[], topicId?: number) =>
    reading.countBy(this.#state, this.id, peerId, filters, topicId);
  searchGlobal = (query: reading.GlobalQuery) => reading.searchEverywhere(this.#state, this.id, query);
  messages = (peerId: number | null, ids: readonly number[]) => reading.readMessages(this.#state, this.id, peerId, ids);
  message = (peerId: number, id: number) => reading.readMessage(this.#state, this.id, peerId, id);
  topMessage = (peerId: number) => reading.newest(this.#state, this.id, peerId);
  discussionMessage(channelId: number, postId: number): WorldMessage | null {
    const comments = this.message(channelId, postId)?.comments;
    return comments ? this.message(comments.discussionId, comments.discussionMessageId) : null;
  }

  send(peerId: number, draft: Draft): WorldMessage {
    const [message] = this.sendAlbum(peerId, [draft]);
    if (!message) throw new Refusal(400, "MESSAGE_EMPTY");
    return message;
  }
  sendAlbum = (peerId: number, drafts: readonly Draft[]) => sendAll(this.#state, this.id, peerId, drafts);
  forward = (fromPeerId: number, ids: readonly number[], toPeerId: number, options: ForwardOptions = {}) =>
    forwardAll(this.#state, this.id, fromPeerId, ids, toPeerId, options);
  edit = (peerId: number, id: number, change: changing.Change) =>
    changing.edit(this.#state, this.id, peerId, id, change);
  delete(peerId: number | null, ids: readonly number[], revoke: boolean): deleting.Deletion {
    if (peerId === null) return deleting.deleteInBox(this.#state, this.id, ids, revoke);
    return deleting.deleteInChannel(this.#state, this.id, peerId, ids);
  }
  markRead = (peerId: number, maxId: number) => dialogs.markRead(this.#state, this.id, peerId, maxId);
  pin = (peerId: number, id: number, pinned: boolean, _silent: boolean) =>
    changing.pin(this.#state, this.id, peerId, id, pinned);
  react = (peerId: number, id: number, emoji: string[]) => changing.react(this.#state, this.id, peerId, id, emoji);

  async pressButton(peerId: number, messageId: number, data: string, timeoutMs = 15_000): Promise<CallbackAnswer> {
    return this.#questions.press(this.id, peerId, messageId, data, timeoutMs);
  }
  answerCallback = (queryId: string, answer: CallbackAnswer) => this.#questions.answer(this.id, queryId, answer);
  async askInline(botId: number, query: string, offset: string, timeoutMs = 15_000): Promise<unknown> {
    return this.#questions.askInline(this.id, botId, query, offset, timeoutMs);
  }
  answerInline = (queryId: string, results: unknown) => this.#questions.answer(this.id, queryId, results);

  join = (chatId: number) => members.join(this.#state, this.id, chatId);
  joinByHash = (hash: string): WorldChat => members.joinByHash(this.#state, this.id, hash);
  leave = (chatId: number) => members.leave(this.#state, this.id, chatId);
  addMember = (chatId: number, userId: number) => members.addMember(this.#state, this.id, chatId, userId);

  chatAction(peerId: number, action: string): void {
    readable(this.#state, this.id, peerId);
    const history = historyFor(this.#state, this.id, peerId);
    for (const viewerId of audience(this.#state, history)) {
      if (viewerId === this.id) continue;
      const seenAs = reading.peerOf(history, viewerId);
      this.#state.tell(viewerId, { type: "chat-action", peerId: seenAs, userId: this.id, action });
    }
  }
  showDraft(peerId: number, draftId: number, text: string): void {
    if (isUserId(peerId)) this.#state.tell(peerId, { type: "bot-draft", peerId: this.id, draftId, text });
  }

  pts(channelId?: number): number {
    return this.#state.logOf(channelId ?? this.id).pts;
  }
  difference(pts: number, limit = 100): Difference {
    return this.#state.logOf(this.id).difference(this.id, pts, limit, this.#state.clock.now());
  }
  channelDifference(channelId: number, pts: number, limit = 100): Difference {
    readable(this.#state, this.id, channelId);
    return this.#state.logOf(channelId).difference(this.id, pts, limit, this.#state.clock.now());
  }
  subscribe(listener: (update: WorldUpdate) => void): () => void {
    return this.#state.subscribe(this.id, listener);
  }
}
