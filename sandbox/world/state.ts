import { SeededFiles } from "../content/store.ts";
import { FaultRegistry } from "../faults.ts";
import { ShiftedClock } from "./clock.ts";
import { CommonBox } from "./common-box.ts";
import { placeOfFile } from "./file-id.ts";
import { History, OWN_BOX } from "./history.ts";
import { CallJournal } from "./journal.ts";
import { FileKeys } from "./keys.ts";
import { SessionLines } from "./lines.ts";
import { Numbering } from "./numbering.ts";
import type { SeriesSpec } from "./series-spec.ts";
import {
  type ChatFolder,
  isUserId,
  type WorldAccount,
  type WorldChat,
  type WorldUpdate,
  type WorldUser,
} from "./types.ts";
import { UpdateLog } from "./update-log.ts";

/** What one account has set for one chat. */
export interface DialogState {
  /** Shown in the list. */
  open: boolean;
  readInboxMaxId: number;
  readOutboxMaxId: number;
  pinned: boolean;
  folderId: 0 | 1;
  muted: boolean;
}

/** All data of the world; rules live in the files beside it. */
export class WorldState {
  readonly seed: number;
  readonly clock = new ShiftedClock();
  readonly users = new Map<number, WorldUser>();
  readonly accounts = new Map<number, WorldAccount>();
  readonly chats = new Map<number, WorldChat>();
  readonly content: SeededFiles;
  readonly faults = new FaultRegistry(() => this.clock.nowMs());
  readonly lines = new SessionLines();
  readonly journal = new CallJournal();
  readonly keys: FileKeys;
  readonly folders = new Map<number, ChatFolder[]>();
  readonly blocks = new Set<string>();
  /** Files made for single messages so far; numbers those that have no key. */
  madeFiles = 0;
  readonly lastSent = new Map<string, number>();
  #histories = new Map<string, History>();
  #byNumber: History[] = [];
  #boxes = new Map<number, CommonBox>();
  #dialogs = new Map<number, Map<number, DialogState>>();
  #logs = new Map<number, UpdateLog>();
  #listeners = new Map<number, Set<(update: WorldUpdate) => void>>();

  constructor(seed: number, keyFile: string | null) {
    this.seed = seed;
    this.keys = new FileKeys(keyFile);
    this.content = new SeededFiles(seed, this.clock, (fileId) => {
      const place = placeOfFile(fileId);
      return place ? (this.#byNumber[place.history]?.series?.fileAt(place.slot) ?? null) : null;
    });
  }

  static keyOf(accountId: number, peerId: number): string {
    if (!isUserId(peerId)) return `chat:${peerId}`;
    return `private:${Math.min(accountId, peerId)}:${Math.max(accountId, peerId)}`;
  }

  historyOf(accountId: number, peerId: number): History | null {
    return this.#histories.get(WorldState.keyOf(accountId, peerId)) ?? null;
  }

  boxOf(accountId: number): CommonBox {
    const box = this.#boxes.get(accountId) ?? new CommonBox();
    this.#boxes.set(accountId, box);
    return box;
  }

  /** How this account numbers that history; null if it does not take part. */
  numberingOf(accountId: number, history: History): Numbering | null {
    return history.boxes.get(OWN_BOX) ?? history.boxes.get(accountId) ?? null;
  }

  /** The accounts whose boxes hold this chat's messages; empty for channels and supergroups. */
  boxHolders(history: History): number[] {
    return [...history.boxes.keys()].filter((key) => key !== OWN_BOX);
  }

  /** The private chats of one account, made together so that their message ids are interleaved. */
  openPrivate(
    accountId: number,
    chats: readonly { peerId: number; series?: SeriesSpec; shortPages?: boolean }[],
  ): History[] {
    const made = chats.map(({ peerId, series, shortPages }) => {
      const members = [accountId, peerId] as const;
      const history = this.#register(WorldState.keyOf(accountId, peerId), { members, series, shortPages });
      return { history, gapEvery: series?.gapEvery ?? 0 };
    });
    for (const id of new Set([accountId, ...chats.map((chat) => chat.peerId)])) {
      if (!this.accounts.has(id)) continue;
      const own = made.filter(({ history }) => history.members?.includes(id));
      const numberings = this.boxOf(id).reserve(own);
      own.forEach(({ history }, index) => {
        const numbering = numberings[index];
        if (numbering) history.boxes.set(id, numbering);
      });
    }
    return made.map(({ history }) => history);
  }

  /** The history of a group or channel that is in `chats` already. */
  openChat(chat: WorldChat, options: { series?: SeriesSpec; shortPages?: boolean } = {}): History {
    const history = this.#register(`chat:${chat.id}`, { chatId: chat.id, ...options });
    const gapEvery = options.series?.gapEvery ?? 0;
    if (chat.kind === "group") {
      for (const id of chat.members.keys()) {
        if (this.accounts.has(id)) this.joinBox(history, id, gapEvery);
      }
    } else history.boxes.set(OWN_BOX, new Numbering(1, 1, gapEvery, history.seriesLength));
    return history;
  }

  /** Lets an account number the messages of a basic group. */
  joinBox(history: History, accountId: number, gapEvery = 0): void {
    const [numbering] = this.boxOf(accountId).reserve([{ history, gapEvery }]);
    if (numbering && !history.boxes.has(accountId)) history.boxes.set(accountId, numbering);
  }

  #register(key: string, options: Omit<ConstructorParameters<typeof History>[0], "number">): History {
    const history = new History({ number: this.#byNumber.length, ...options });
    this.#byNumber.push(history);
    this.#histories.set(key, history);
    return history;
  }

  dialogsOf(accountId: number): Map<number, DialogState> {
    const dialogs = this.#dialogs.get(accountId) ?? new Map<number, DialogState>();
    this.#dialogs.set(accountId, dialogs);
    return dialogs;
  }

  dialogOf(accountId: number, peerId: number): DialogState {
    const dialogs = this.dialogsOf(accountId);
    let dialog = dialogs.get(peerId);
    if (!dialog) {
      dialog = { open: false, readInboxMaxId: 0, readOutboxMaxId: 0, pinned: false, folderId: 0, muted: false };
      dialogs.set(peerId, dialog);
    }
    return dialog;
  }

  /** An account's own counter, or a channel's. */
  logOf(ownerId: number): UpdateLog {
    let log = this.#logs.get(ownerId);
    if (!log) {
      const history = isUserId(ownerId) ? null : this.#histories.get(`chat:${ownerId}`);
      log = new UpdateLog(isUserId(ownerId) ? null : ownerId, history ? history.length + 1 : 1);
      this.#logs.set(ownerId, log);
    }
    return log;
  }

  subscribe(accountId: number, listener: (update: WorldUpdate) => void): () => void {
    const listeners = this.#listeners.get(accountId) ?? new Set();
    this.#listeners.set(accountId, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  tell(accountId: number, update: WorldUpdate): void {
    for (const listener of this.#listeners.get(accountId) ?? []) listener(update);
  }
}
