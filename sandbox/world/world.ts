import { Questions } from "./callbacks.ts";
import { erase } from "./deleting.ts";
import { setMember } from "./members.ts";
import { allRights } from "./rights.ts";
import { WorldState } from "./state.ts";
import {
  type MemberStatus,
  type People,
  Refusal,
  type World,
  type WorldAccount,
  type WorldChat,
  type WorldUser,
} from "./types.ts";
import { View } from "./view.ts";

export interface WorldOptions {
  seed: number;
  ownerId: number;
  apiId: number;
  apiHash: string;
  /** Where auth keys are kept over a restart. */
  keyFile?: string | null;
}

/** The world both doors open on. It is filled by builder.ts. */
export class LocalWorld implements World {
  readonly state: WorldState;
  readonly seed: number;
  readonly ownerId: number;
  readonly apiId: number;
  readonly apiHash: string;
  readonly people: People;
  #questions: Questions;
  #views = new Map<number, View>();

  constructor(options: WorldOptions) {
    this.state = new WorldState(options.seed, options.keyFile ?? null);
    this.seed = options.seed;
    this.ownerId = options.ownerId;
    this.apiId = options.apiId;
    this.apiHash = options.apiHash;
    this.#questions = new Questions(this.state);
    const { users } = this.state;
    this.people = { get: (id: number): WorldUser | null => users.get(id) ?? null, all: () => [...users.values()] };
  }

  get clock() {
    return this.state.clock;
  }
  get content() {
    return this.state.content;
  }
  get faults() {
    return this.state.faults;
  }
  get lines() {
    return this.state.lines;
  }
  get journal() {
    return this.state.journal;
  }
  get keys() {
    return this.state.keys;
  }

  as(accountId: number): View {
    const known = this.#views.get(accountId);
    if (known) return known;
    const account = this.state.accounts.get(accountId);
    if (!account) throw new Error(`User ${accountId} has no account in this world.`);
    const view = new View(this.state, this.#questions, account);
    this.#views.set(accountId, view);
    return view;
  }

  account(userId: number): WorldAccount | null {
    return this.state.accounts.get(userId) ?? null;
  }
  accounts(): WorldAccount[] {
    return [...this.state.accounts.values()];
  }
  accountByPhone(phone: string): WorldAccount | null {
    const digits = phone.replace(/\D/g, "");
    return this.accounts().find((account) => account.phone === digits) ?? null;
  }
  accountByToken(token: string): WorldAccount | null {
    return this.accounts().find((account) => account.token !== null && account.token === token) ?? null;
  }
  chat(chatId: number): WorldChat | null {
    return this.state.chats.get(chatId) ?? null;
  }
  chats(): WorldChat[] {
    return [...this.state.chats.values()];
  }

  /** Someone else deletes messages for everyone; ids as that account has them. */
  eraseFor(accountId: number, peerId: number, ids: readonly number[]): number[] {
    return erase(this.state, accountId, peerId, ids);
  }

  /** Makes a user of a chat what the status says. */
  setStatus(chatId: number, userId: number, status: MemberStatus): void {
    const chat = this.state.chats.get(chatId);
    if (!chat) throw new Refusal(400, "PEER_ID_INVALID");
    const rights = status === "creator" || status === "admin" ? allRights : null;
    const old = chat.members.get(userId);
    const joinedAt = old?.joinedAt ?? this.clock.now();
    setMember(this.state, chat, userId, { userId, status, rights, rank: "", joinedAt, inviterId: null });
  }

  findUsername(username: string): { peerId: number } | null {
    const wanted = username.replace(/^@/, "").toLowerCase();
    if (wanted === "") return null;
    for (const one of [...this.state.users.values(), ...this.state.chats.values()]) {
      if (one.username?.toLowerCase() === wanted) return { peerId: one.id };
    }
    return null;
  }
}
