import type { Language } from "../content/texts.ts";
import { historyFor, openThread, put } from "./delivering.ts";
import { seedOf } from "./random.ts";
import { birthOf, rosterOf } from "./roster.ts";
import { storedOf } from "./sending.ts";
import { defaultOthers, defaultTypes, type SeriesSpec } from "./series-spec.ts";
import {
  type ChatKind,
  channelId,
  type Draft,
  groupId,
  type WorldAccount,
  type WorldChat,
  type WorldUser,
} from "./types.ts";
import type { LocalWorld } from "./world.ts";

export type SeriesInput = Partial<SeriesSpec> & { count: number };

export interface ChatInput extends Partial<Omit<WorldChat, "id" | "kind" | "members">> {
  kind: ChatKind;
  title: string;
  /** Bare; default: the next free one. */
  bareId?: number;
  creatorId?: number | null;
  admins?: readonly number[];
  /** Admins who may not delete. */
  juniorAdmins?: readonly number[];
  members?: readonly number[];
  series?: SeriesInput;
  shortPages?: boolean;
  unread?: number;
}

const YEAR = 365 * 86_400;

/** Puts people, chats and messages into a world without anyone having sent them. */
export class Builder {
  readonly world: LocalWorld;
  /** Unix seconds that all dates are counted back from. */
  readonly base: number;
  #bare: number;

  constructor(world: LocalWorld, base: number) {
    this.world = world;
    this.base = base;
    this.#bare = 1_500_000_000 + (world.seed % 1000);
  }

  user(id: number, firstName: string, more: Partial<WorldUser> = {}): WorldUser {
    const user: WorldUser = {
      id,
      firstName,
      lastName: "",
      username: null,
      phone: null,
      isBot: false,
      deleted: false,
      premium: false,
      contact: false,
      verified: false,
      languageCode: "en",
      hasPhoto: true,
      ...more,
    };
    this.world.state.users.set(id, user);
    return user;
  }

  /** Lets a user log in. */
  account(userId: number, more: Partial<WorldAccount> = {}): WorldAccount {
    const account: WorldAccount = {
      userId,
      phone: this.world.state.users.get(userId)?.phone ?? null,
      code: "24680",
      password: null,
      passwordHint: "",
      homeDc: 2,
      token: null,
      bot: null,
      ...more,
    };
    this.world.state.accounts.set(userId, account);
    return account;
  }

  series(input: SeriesInput, about: { name: string; senders: readonly number[]; post: boolean }): SeriesSpec {
    return {
      seed: seedOf(this.world.seed, about.name),
      media: Math.floor(input.count / 2),
      types: defaultTypes,
      others: defaultOthers,
      sizeMin: 4_000,
      sizeMax: 400_000,
      from: this.base - 2 * YEAR,
      to: this.base - 600,
      languages: ["en"] satisfies Language[],
      senders: about.senders,
      albums: true,
      topics: [],
      duplicates: 0,
      forwardsFrom: [],
      post: about.post,
      gapEvery: 17,
      intro: [],
      ...input,
    };
  }

  /** A group, supergroup or channel with its history. */
  chat(input: ChatInput): WorldChat {
    const { kind, title, bareId = this.#free(kind), creatorId = null, series, shortPages, unread, ...more } = input;
    const { admins = [], juniorAdmins = [], members = [], ...fields } = more;
    const id = kind === "group" ? groupId(bareId) : channelId(bareId);
    const createdAt = input.createdAt ?? series?.from ?? this.base - 2 * YEAR;
    const roster = rosterOf(createdAt, {
      creator: creatorId === null ? [] : [creatorId],
      admins,
      juniorAdmins,
      members,
    });
    const chat: WorldChat = {
      about: "",
      username: null,
      inviteHash: null,
      createdAt,
      isForum: false,
      topics: [],
      noforwards: false,
      signatures: false,
      verified: false,
      linkedChatId: null,
      migratedTo: null,
      migratedFrom: null,
      memberCount: roster.size,
      slowModeSeconds: 0,
      hasPhoto: true,
      deactivated: false,
      ...fields,
      id,
      kind,
      title,
      members: roster,
    };
    this.world.state.chats.set(id, chat);
    const senders = kind === "channel" ? [id] : [...roster.keys()];
    const about = { name: `${id}:${title}`, senders, post: kind === "channel" };
    const spec = series && this.series({ intro: birthOf(chat, creatorId ?? id), ...series }, about);
    this.world.state.openChat(chat, { ...(spec && { series: spec }), shortPages: shortPages ?? false });
    for (const userId of roster.keys()) if (this.world.account(userId)) this.#list(userId, id, unread ?? 0);
    return chat;
  }

  #free(kind: ChatKind): number {
    const idOf = kind === "group" ? groupId : channelId;
    do this.#bare++;
    while (this.world.state.chats.has(idOf(this.#bare)));
    return this.#bare;
  }

  /** Private chats of one account, whose message ids take turns. */
  privateChats(
    accountId: number,
    chats: readonly { peerId: number; series?: SeriesInput; unread?: number; shortPages?: boolean }[],
  ): void {
    const prepared = chats.map(({ peerId, series, shortPages }) => {
      const senders = peerId === accountId ? [accountId] : [peerId, accountId];
      const spec = series && this.series(series, { name: `private:${peerId}`, senders, post: false });
      return { peerId, ...(spec && { series: spec }), shortPages: shortPages ?? false };
    });
    this.world.state.openPrivate(accountId, prepared);
    for (const { peerId, unread } of chats) {
      this.#list(accountId, peerId, unread ?? 0);
      if (this.world.account(peerId) && peerId !== accountId) this.#list(peerId, accountId, 0);
    }
  }

  /** Shows the chat in the account's list, read up to the last `unread` messages. */
  #list(accountId: number, peerId: number, unread: number): void {
    const { state } = this.world;
    const history = state.historyOf(accountId, peerId);
    const numbering = history && state.numberingOf(accountId, history);
    const dialog = state.dialogOf(accountId, peerId);
    dialog.open = true;
    if (!history || !numbering || history.length === 0) return;
    const read = history.length - 1 - Math.min(unread, history.length - 1);
    dialog.readInboxMaxId = numbering.idOf(read) ?? 0;
    dialog.readOutboxMaxId = numbering.idOf(history.length - 1) ?? 0;
  }

  /** Adds a message as if sent at `draft.date`, without telling anyone. Returns its id for that account. */
  message(accountId: number, peerId: number, draft: Draft, authorId: number = accountId): number {
    const { state } = this.world;
    const history = historyFor(state, accountId, peerId);
    const slot = put(state, history, storedOf(state, authorId, peerId, history, draft));
    openThread(state, history, slot, false);
    const id = state.numberingOf(accountId, history)?.idOf(slot) ?? 0;
    state.dialogOf(accountId, peerId).readInboxMaxId = id;
    return id;
  }
}
