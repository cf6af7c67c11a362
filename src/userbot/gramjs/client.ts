/** The Telegram port over GramJS. Nothing of GramJS leaves through it: plain values and the product's own errors only. */

import type { Logger } from "pino";
import { Api } from "telegram/tl/index.js";
import type { ChatRights } from "../../core/deletion-rules.ts";
import { FatalError } from "../../core/errors.ts";
import type { Chat, Message, Topic } from "../../core/media.ts";
import type { OutgoingFile, OutgoingText, SendOptions, SentIds } from "../outgoing.ts";
import type { Account, FetchedMessage, HistoryRange, Pace, RemoteFile, Telegram, TelegramWait } from "../telegram.ts";
import { AddressBook, type DcSetting } from "./address.ts";
import { Caller } from "./caller.ts";
import { type Application, DataCenters } from "./datacenters.ts";
import { deleteMessages, ReadIds, rightsIn } from "./deleting.ts";
import { readDialogs } from "./dialogs.ts";
import { signedOut } from "./errors.ts";
import { fetchMessages } from "./fetch.ts";
import { FileReader } from "./file-part.ts";
import { describeChat, findChat } from "./find-chat.ts";
import { countHistory, type HistorySource, readHistory } from "./history.ts";
import { GramjsLog } from "./log.ts";
import { PeerBook, userName, usernameOf } from "./peers.ts";
import { forward, sendFiles, sendText } from "./sending.ts";
import { trustServerKeys } from "./server-keys.ts";
import { type MachineMark, refuseCopy, Session } from "./session.ts";
import { lockSession } from "./session-lock.ts";
import { readTopics } from "./topics.ts";

export interface GramjsOptions extends Application {
  sessionFile: string;
  sessionKey: string | null;
  dc: DcSetting | null;
  /** PEM texts; Telegram's own are always trusted. */
  serverKeys: readonly string[];
  test: boolean;
  /** Where the session belongs; without it nobody asks. */
  machine?: MachineMark | null;
  log: Logger;
}

/** Asked now and then, so that Telegram keeps counting the session as in use. */
const STATE_EVERY_MS = 30 * 60_000;

/** Session, data centres and caller, tied together; the login uses them without the port around. */
export class Connection {
  readonly session: Session;
  readonly dataCenters: DataCenters;
  readonly caller: Caller;
  readonly #unlock: () => void;

  constructor(options: GramjsOptions) {
    trustServerKeys(options.serverKeys);
    const book = new AddressBook(options.dc, options.test);
    this.#unlock = lockSession(options.sessionFile);
    try {
      this.session = new Session(options.sessionFile, options.sessionKey, book.firstDc);
    } catch (error) {
      this.#unlock();
      throw error;
    }
    this.dataCenters = new DataCenters(book, this.session, options, new GramjsLog(options.log));
    this.caller = new Caller(this.dataCenters);
  }

  async close(): Promise<void> {
    await this.dataCenters.close();
    this.#unlock();
  }
}

export class GramjsTelegram implements Telegram {
  onWait: ((wait: TelegramWait | null) => void) | null = null;
  pace: Pace | null = null;
  readonly #options: GramjsOptions;
  #connection: Connection | null = null;
  #source: HistorySource | null = null;
  #files: FileReader | null = null;
  /** The list of chats was read on this connection. */
  #listed = false;
  #stateTimer: NodeJS.Timeout | null = null;
  #premium = false;
  #read = new ReadIds();

  constructor(options: GramjsOptions) {
    this.#options = options;
  }

  async connect(signal: AbortSignal): Promise<Account> {
    if (this.#connection) await this.close();
    const connection = new Connection(this.#options);
    const { caller, session } = connection;
    try {
      if (session.userId === null) throw signedOut();
      // Before the first byte goes out: Telegram ends a session for good that is used in two places.
      if (this.#options.machine) refuseCopy(session, this.#options.machine);
      const peers = new PeerBook();
      const users = await caller.call(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }), {
        signal,
        impatient: true,
      });
      peers.learn({ users, chats: [] });
      const [self] = users;
      if (!(self instanceof Api.User)) throw signedOut();
      if (self.id.toString() !== session.userId)
        throw new FatalError(
          "The session file belongs to another account: log in again with npm run login.",
          "SIGNED_OUT",
        );
      if (this.#options.machine) session.belongTo(this.#options.machine);
      this.#connection = connection;
      this.#source = { caller, peers };
      this.#listed = false;
      this.#read = new ReadIds();
      this.#files = new FileReader(caller);
      caller.onWait = (wait) => this.onWait?.(wait);
      caller.pace = this.pace;
      this.#keepState(caller);
      const { id, premium } = self;
      this.#premium = premium === true;
      return { id: id.toJSNumber(), name: userName(self), username: usernameOf(self), premium: premium === true };
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#stateTimer) clearInterval(this.#stateTimer);
    const connection = this.#connection;
    this.#connection = null;
    this.#source = null;
    this.#files = null;
    await connection?.close();
  }

  async *chats(signal: AbortSignal): AsyncIterable<Chat[]> {
    const { caller, peers } = this.#connected();
    yield* readDialogs(caller, peers, signal);
    this.#listed = true;
  }

  async findChat(query: string, signal: AbortSignal): Promise<Chat | null> {
    const chat = await findChat(this.#connected(), query, signal);
    return chat && describeChat(this.#connected(), chat, signal);
  }

  async *history(chat: Chat, range: HistoryRange, signal: AbortSignal): AsyncIterable<Message[]> {
    for await (const page of readHistory(await this.#ready(chat, signal), chat, range, signal)) {
      for (const { chatId, messageId } of page) this.#read.note(chatId, [messageId]);
      yield page;
    }
  }

  async countMatching(
    chat: Chat,
    range: HistoryRange,
    signal: AbortSignal,
  ): Promise<{ total: number; sample: Message[] }> {
    return countHistory(await this.#ready(chat, signal), chat, range, signal);
  }

  async messages(chat: Chat, messageIds: readonly number[], signal: AbortSignal): Promise<FetchedMessage[]> {
    const found = await fetchMessages(await this.#ready(chat, signal), chat, messageIds, signal);
    this.#read.note(
      chat.chatId,
      found.map(({ message }) => message.messageId),
    );
    return found;
  }

  async topics(chat: Chat, signal: AbortSignal): Promise<Topic[]> {
    return readTopics(await this.#ready(chat, signal), chat, signal);
  }

  filePart(file: RemoteFile, offset: number, limit: number, signal: AbortSignal): Promise<Uint8Array> {
    this.#connected();
    return this.#files!.part(file, offset, limit, signal);
  }

  async sendText(chat: Chat, content: OutgoingText, options: SendOptions, signal: AbortSignal): Promise<SentIds> {
    return sendText(await this.#ready(chat, signal), chat, content, options, signal);
  }

  async sendFiles(
    chat: Chat,
    files: readonly OutgoingFile[],
    options: SendOptions,
    signal: AbortSignal,
  ): Promise<SentIds> {
    const source = { ...(await this.#ready(chat, signal)), premium: this.#premium };
    return sendFiles(source, chat, files, options, signal);
  }

  async forward(
    from: Chat,
    messageIds: readonly number[],
    to: Chat,
    options: SendOptions,
    signal: AbortSignal,
  ): Promise<SentIds> {
    await this.#ready(from, signal);
    return forward(await this.#ready(to, signal), from, messageIds, to, options, signal);
  }

  async rightsIn(chat: Chat, signal: AbortSignal): Promise<ChatRights> {
    return rightsIn(await this.#ready(chat, signal), chat, signal);
  }

  async deleteMessages(
    chat: Chat,
    messageIds: readonly number[],
    { revoke }: { revoke: boolean },
    signal: AbortSignal,
  ): Promise<number> {
    return deleteMessages(await this.#ready(chat, signal), this.#read, chat, messageIds, revoke, signal);
  }

  usernameOf(senderId: number): string | null {
    return this.#source?.peers.usernameOf(senderId) ?? null;
  }

  #connected(): HistorySource {
    if (!this.#source) throw signedOut();
    return this.#source;
  }

  /**
   * With the key to this chat at hand. The database's may be another account's, so it is the last resort: the list of
   * chats is read once, then the chat's public name is asked for.
   */
  async #ready(chat: Chat, signal: AbortSignal): Promise<HistorySource> {
    const source = this.#connected();
    const { caller, peers } = source;
    if (peers.hasHash(chat.chatId)) return source;
    if (!this.#listed) {
      for await (const _page of readDialogs(caller, peers, signal));
      this.#listed = true;
    }
    if (!peers.hasHash(chat.chatId) && chat.username) await findChat(source, `@${chat.username}`, signal);
    return source;
  }

  #keepState(caller: Caller): void {
    const signal = new AbortController().signal;
    this.#stateTimer = setInterval(() => {
      caller.call(new Api.updates.GetState(), { signal, impatient: true }).catch(() => {});
    }, STATE_EVERY_MS).unref();
  }
}
