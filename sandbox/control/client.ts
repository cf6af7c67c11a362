import type {
  Fault,
  FaultOrder,
  Hand,
  Line,
  NewChat,
  NewMessage,
  PhoneMessage,
  RpcPage,
  Served,
  SessionRow,
  WorldChatRow,
  WorldFileRow,
  WorldMessageRow,
} from "./shapes.ts";

export type * from "./shapes.ts";

type Query = Record<string, string | number | boolean | undefined>;

/** The control door from the other side, for tests, drills and benchmarks. */
export class ControlClient {
  readonly url: string;

  constructor(url: string) {
    this.url = url.replace(/\/$/, "");
  }

  phone = {
    send: (text: string, more: { from?: Hand; replyTo?: number; chatId?: number } = {}) =>
      this.#post<{ messageIds: number[] }>("/phone/send", { text, ...more }),
    forward: (chatId: number, messageIds: number[], from: Hand = "owner") =>
      this.#post<{ messageIds: number[] }>("/phone/send", { from, forwardFrom: { chatId, messageIds } }),
    sendFile: (media: NewMessage["media"], text = "", from: Hand = "owner") =>
      this.#post<{ messageIds: number[] }>("/phone/send", { from, text, media }),
    /** By callback data or by the button's text. Resolves with the bot's answer. */
    press: (messageId: number, button: { data: string } | { text: string }, from: Hand = "owner") =>
      this.#post<{ text?: string; alert?: boolean; url?: string; sent?: number }>("/phone/press", {
        from,
        messageId,
        ...button,
      }),
    share: (requestId: number, chatId: number, from: Hand = "owner") =>
      this.#post<{ messageId: number }>("/phone/share", { from, requestId, chatId }),
    inline: (query: string, from: Hand = "owner") => this.#post<unknown>("/phone/inline", { from, query }),
    block: (blocked: boolean, from: Hand = "owner") => this.#post<unknown>("/phone/block", { from, blocked }),
    deleteMessages: (messageIds: number[], from: Hand = "owner") =>
      this.#post<unknown>("/phone/delete", { from, messageIds }),
    addBot: (from: Hand, more: { chatId?: number; title?: string } = {}) =>
      this.#post<{ chatId: number }>("/phone/add-bot", { from, ...more }),
    chat: async (after = 0, from: Hand = "owner") =>
      (await this.#get<{ messages: PhoneMessage[] }>("/phone/chat", { after, from })).messages,
  };

  world = {
    chats: async () => (await this.#get<{ chats: WorldChatRow[] }>("/world/chats")).chats,
    addChat: async (chat: NewChat) => (await this.#post<{ chatId: number }>("/world/chats", chat)).chatId,
    messages: (chatId: number, query: Query = {}) =>
      this.#get<{ messages: WorldMessageRow[]; count: number }>("/world/messages", { chatId, ...query }),
    addMessages: async (chatId: number, messages: NewMessage[]) =>
      (await this.#post<{ messageIds: number[] }>("/world/messages", { chatId, messages })).messageIds,
    deleteMessages: (chatId: number, messageIds: number[]) =>
      this.#post<{ deleted: number[] }>("/world/messages/delete", { chatId, messageIds }),
    editMessage: (chatId: number, messageId: number, text: string) =>
      this.#post<unknown>("/world/messages/edit", { chatId, messageId, text }),
    setMember: (chatId: number, status: string, userId?: number) =>
      this.#post<unknown>("/world/members", { chatId, status, userId }),
    /** Without hashes it is quick for large files too. */
    files: async (chatId: number, options: { hashes?: boolean } = {}) =>
      (await this.#get<{ files: WorldFileRow[] }>("/world/files", { chatId, ...options })).files,
    shiftClock: (seconds: number) => this.#post<{ now: number }>("/world/clock", { seconds }),
  };

  faults = {
    add: (order: FaultOrder) => this.#post<Fault>("/faults", order),
    list: async () => (await this.#get<{ faults: Fault[] }>("/faults")).faults,
    remove: (id: string) => this.#call<unknown>("DELETE", `/faults?id=${encodeURIComponent(id)}`),
    clear: () => this.#call<unknown>("DELETE", "/faults"),
    expireReferences: () => this.#post<unknown>("/references/expire", {}),
    referenceLifetime: (seconds: number) => this.#post<unknown>("/references/lifetime", { seconds }),
  };

  rpcs(
    query: { after?: number; door?: "mtproto" | "bot-api"; method?: string; limit?: number } = {},
  ): Promise<RpcPage> {
    return this.#get("/rpcs", query);
  }
  rpcCounts(): Promise<Record<string, number>> {
    return this.#get("/rpcs/counts");
  }
  served(): Promise<Served> {
    return this.#get("/served");
  }
  async sessions(): Promise<SessionRow[]> {
    return (await this.#get<{ sessions: SessionRow[] }>("/sessions")).sessions;
  }
  /** Signs a session out, or all of them. */
  revokeSession(session?: string): Promise<unknown> {
    return this.#call("DELETE", session === undefined ? "/sessions" : `/sessions?session=${session}`);
  }
  setLine(line: Line, session?: string): Promise<unknown> {
    return this.#post("/lines", { ...line, session });
  }
  stop(): Promise<unknown> {
    return this.#post("/stop", {});
  }

  #get<Answer>(path: string, query: Query = {}): Promise<Answer> {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const params = new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)])));
    return this.#call("GET", given.length === 0 ? path : `${path}?${params}`);
  }

  #post<Answer>(path: string, body: object): Promise<Answer> {
    return this.#call("POST", path, body);
  }

  async #call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await fetch(this.url + path, { method, ...init });
    const value: unknown = await response.json();
    if (!response.ok) {
      const { error } = value as { error?: string };
      throw new Error(`${method} ${path}: ${error ?? response.status}`);
    }
    return value as Answer;
  }
}
