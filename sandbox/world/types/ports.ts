import type { ChatFolder, Dialog, Member, WorldAccount, WorldChat, WorldUser } from "./chat.ts";
import type { WorldFile, WorldMedia } from "./media.ts";
import type { Draft, ReplyMarkup, WorldMessage } from "./message.ts";
import type { HistoryPage, HistoryQuery, SearchFilter } from "./query.ts";
import type { CallbackAnswer, Difference, WorldUpdate } from "./update.ts";

/** Thrown for whatever Telegram refuses; the name is Telegram's own, the code that of an RPC error. */
export class Refusal extends Error {
  override name = "Refusal";
  code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** The one state behind both doors. */
export interface World {
  readonly seed: number;
  readonly clock: WorldClock;
  readonly people: People;
  readonly content: FileStore;
  readonly faults: Faults;
  readonly lines: Lines;
  readonly journal: Journal;
  /** Auth keys, sessions and logins that were made; kept by --state so that a session survives a restart. */
  readonly keys: KeyStore;
  /** The account that owns bot and program. */
  readonly ownerId: number;
  readonly apiId: number;
  readonly apiHash: string;
  /** The world through one account's eyes; the same object each time. Throws for a user who has no account. */
  as(accountId: number): AccountView;
  account(userId: number): WorldAccount | null;
  accounts(): WorldAccount[];
  accountByPhone(phone: string): WorldAccount | null;
  accountByToken(token: string): WorldAccount | null;
  chat(chatId: number): WorldChat | null;
  chats(): WorldChat[];
  /** Everything that needs no account: who is t.me/name. */
  findUsername(username: string): { peerId: number } | null;
}

export interface WorldClock {
  /** Unix seconds. */
  now(): number;
  /** Unix milliseconds. */
  nowMs(): number;
  /** Moves the world's time forward (or back) against the machine's. */
  shift(seconds: number): void;
}

export interface People {
  get(userId: number): WorldUser | null;
  all(): WorldUser[];
}

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

/** Bytes of files, computed from their seed. */
export interface FileStore {
  /** Known by id: has been seen in a message, or was uploaded. */
  get(fileId: bigint): WorldFile | null;
  /** Makes a file of uploaded bytes. */
  add(bytes: Uint8Array, kind: "photo" | "document", mimeType: string): WorldFile;
  /** At most `length` bytes from `offset`, fewer at the end. `size` names a photo size or thumbnail. */
  read(file: WorldFile, offset: number, length: number, size?: string): Uint8Array;
  /** Length of the whole file or of that size; null if there is no such size. */
  length(file: WorldFile, size?: string): number | null;
  /** Hex; computed once. */
  sha256(file: WorldFile, size?: string): Promise<string>;
  accessHash(accountId: number, file: WorldFile): bigint;
  /** A fresh file_reference for that account. Ages with the clock, dies on order (faults, expireReferences). */
  reference(accountId: number, file: WorldFile): Uint8Array;
  checkReference(accountId: number, file: WorldFile, reference: Uint8Array): "ok" | "expired" | "invalid";
  /** All references given out up to now become stale. */
  expireReferences(): void;
  /** Picture of a user or chat. */
  profilePhoto(peerId: number): WorldFile;
}

export type Door = "mtproto" | "bot-api";

/** A fault on order, as data. */
export interface Fault {
  id: string;
  door: Door;
  /** Method name ("upload.getFile", "sendMessage"), "*" for any; case-insensitive. */
  method: string;
  kind: FaultKind;
  args: FaultArgs;
  /** Let so many matching calls pass first. */
  after: number;
  /** Then hit so many calls; null = until removed. */
  count: number | null;
  /** Hit this share of the calls, by a seeded generator (0..1); default 1. */
  rate: number;
  /** Only this auth key (hex) or bot id. */
  session: string | null;
  dcId: number | null;
  /** Only calls whose parameters, as JSON, contain this text (a file id, a chat id). */
  match: string | null;
  /** Unix ms when it ends by itself. */
  until: number | null;
  /** How often it has struck. */
  struck: number;
}

export type FaultKind =
  /** RPC error {code, message} verbatim; the others below are named for convenience. */
  | "error"
  | "flood-wait"
  | "flood-premium-wait"
  | "slowmode-wait"
  | "file-reference-expired"
  | "file-migrate"
  | "timeout"
  | "rpc-call-fail"
  | "auth-key-unregistered"
  | "session-revoked"
  | "auth-key-duplicated"
  /** Cut the TCP connection: before the answer, or after `bytes` of it. */
  | "cut"
  /** Say nothing for `ms` (then answer), or for ever when 0. */
  | "stall"
  /** Carry out the call, then lose the answer. */
  | "lose-answer"
  | "wrong-byte"
  | "short-part"
  | "empty-part"
  | "cdn-redirect"
  | "unknown-constructor"
  | "bad-server-salt"
  | "bad-msg-notification"
  | "duplicate-answer"
  | "late-answer"
  | "transport-404"
  /** Bot API: 429 with retry_after, 5xx with a body that is not JSON, no answer, connection reset. */
  | "too-many-requests"
  | "bad-gateway"
  | "reset";

export interface FaultArgs {
  seconds?: number;
  code?: number;
  message?: string;
  ms?: number;
  bytes?: number;
  offset?: number;
  dcId?: number;
}

export type FaultOrder = Partial<Omit<Fault, "id" | "struck">> & Pick<Fault, "door" | "kind">;

export interface FaultCall {
  door: Door;
  method: string;
  session?: string;
  dcId?: number;
  /** JSON of the parameters, asked for only where a fault wants to match it. */
  params?: () => string;
}

export interface Faults {
  /** What to do to this call, or null; counts it. At most one fault strikes a call: the oldest that matches. */
  next(call: FaultCall): Fault | null;
  add(order: FaultOrder): Fault;
  remove(id: string): boolean;
  clear(): void;
  list(): Fault[];
}

/** The speed of each session's line. */
export interface Lines {
  /** For everyone without a line of their own. 0 = no limit. */
  setDefault(line: Line): void;
  set(session: string, line: Line): void;
  get(session: string): Line;
  /** Milliseconds to wait before these bytes are through that session's line; books them. Round trip not included. */
  book(session: string, bytes: number): number;
}

export interface Line {
  rttMs: number;
  bytesPerSecond: number;
}

export interface JournalEntry {
  n: number;
  /** Unix ms. */
  at: number;
  door: Door;
  method: string;
  /** Short, without secrets or bytes. */
  params: Record<string, unknown>;
  /** Auth key (hex) or bot id. */
  session: string;
  connection: number;
  dcId: number | null;
  accountId: number | null;
  ok: boolean;
  error: string | null;
  ms: number;
  /** Bytes of file content in the answer. */
  bytes: number;
}

export interface Journal {
  add(entry: Omit<JournalEntry, "n">): void;
  /** Counts what left for a file, so that tests can say none was fetched twice. */
  served(fileId: bigint, size: string, offset: number, bytes: number, session: string): void;
  after(n: number, filter?: { door?: Door; method?: string; limit?: number }): JournalEntry[];
  counts(): Record<string, number>;
}

/** What data centres must remember to know a client again. Bytes as hex in the state file. */
export interface KeyStore {
  get(authKeyId: string): StoredKey | null;
  put(key: StoredKey): void;
  remove(authKeyId: string): void;
  all(): StoredKey[];
  /** The data centres' RSA private key (PEM), made once. */
  serverKey(make: () => string): string;
}

export interface StoredKey {
  /** 16 hex digits. */
  authKeyId: string;
  /** 512 hex digits. */
  authKey: string;
  dcId: number;
  accountId: number | null;
  createdAt: number;
  activeAt: number;
  apiId: number;
  device: string;
  platform: string;
  systemVersion: string;
  appVersion: string;
  /** Of the login; 0 while signed out. Shared by the keys one login has on several data centres. */
  loginHash: string;
  layer: number;
  passwordPending: boolean;
}
