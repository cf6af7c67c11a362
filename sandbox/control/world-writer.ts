import { isLanguage } from "../content/texts.ts";
import type { Builder, ChatInput, SeriesInput } from "../world/builder.ts";
import { announceEdit, announceNew, historyFor, openThread, put } from "../world/delivering.ts";
import { FILE_KINDS } from "../world/kinds.ts";
import { makeMedia } from "../world/make-media.ts";
import { hash64 } from "../world/random.ts";
import { storedOf } from "../world/sending.ts";
import { isUserId, type MemberStatus } from "../world/types.ts";
import type { LocalWorld } from "../world/world.ts";
import { withTopics } from "./forum.ts";
import { BadRequest, type Fields } from "./json.ts";
import { readDraft, readMedia } from "./read-message.ts";

/** Building and changing the world through the control door. */
export class WorldWriter {
  readonly #world: LocalWorld;
  readonly #builder: Builder;
  #people = 6_500_000;

  constructor(world: LocalWorld, builder: Builder) {
    this.#world = world;
    this.#builder = builder;
  }

  get #owner() {
    return this.#world.as(this.#world.ownerId);
  }

  addChat(fields: Fields): { chatId: number } {
    const kind = fields.text("kind");
    const title = fields.text("title");
    const unread = fields.number("unread", 0);
    const series = fields.has("messages") ? this.#series(fields) : undefined;
    const shortPages = fields.flag("shortPages");
    let chatId: number;
    if (kind === "private") {
      const user = this.#builder.user(++this.#people, title, { username: this.#username(fields), contact: true });
      chatId = user.id;
      this.#builder.privateChats(this.#world.ownerId, [
        { peerId: chatId, ...(series && { series }), unread, shortPages },
      ]);
    } else if (kind === "group" || kind === "supergroup" || kind === "channel") {
      const input: ChatInput = {
        kind,
        title,
        username: this.#username(fields),
        noforwards: fields.flag("noforwards"),
        unread,
        shortPages,
      };
      const createdAt = this.#world.clock.now() - 500 * 86_400;
      const titles = Array.isArray(fields.raw.topics) ? fields.raw.topics.map(String) : null;
      const forum = titles && withTopics(titles, { title, ownerId: this.#world.ownerId, createdAt, series });
      chatId = this.#builder.chat({ ...input, ...this.#roster(fields), ...(series && { series }), ...forum }).id;
    } else throw new BadRequest('"kind" must be private, group, supergroup or channel.');
    if (fields.flag("archived")) this.#owner.setArchived([chatId], true);
    return { chatId };
  }

  #username(fields: Fields): string | null {
    const username = fields.optional("username", (name) => fields.text(name)) ?? null;
    if (username !== null && this.#world.findUsername(username)) throw new BadRequest(`@${username} is taken.`);
    return username;
  }

  /** The owner and two more, so that there is somebody to write. */
  #roster(fields: Fields): Pick<ChatInput, "members" | "creatorId" | "admins" | "juniorAdmins"> {
    const ownerIs = fields.text("ownerIs", "member");
    const others = [1, 2].map((n) => this.#builder.user(++this.#people, `Member ${n}`).id);
    const [first = 0] = others;
    const owner = [this.#world.ownerId];
    if (ownerIs === "creator") return { members: others, creatorId: this.#world.ownerId };
    if (ownerIs === "admin") return { members: others, creatorId: first, admins: owner };
    if (ownerIs === "junior-admin") return { members: others, creatorId: first, juniorAdmins: owner };
    if (ownerIs === "none") return { members: others, creatorId: first };
    if (ownerIs !== "member") throw new BadRequest('"ownerIs" must be creator, admin, junior-admin, member or none.');
    return { members: [...owner, ...others], creatorId: first };
  }

  #series(fields: Fields): SeriesInput {
    const messages = fields.object("messages");
    const count = messages.number("count");
    const input: SeriesInput = { count };
    if (messages.has("mediaShare")) input.media = Math.round(count * messages.number("mediaShare"));
    for (const name of ["media", "sizeMin", "sizeMax", "seed", "from", "to", "duplicates", "gapEvery"] as const) {
      if (messages.has(name)) input[name] = messages.number(name);
    }
    if (messages.has("albums")) input.albums = messages.flag("albums");
    if (Array.isArray(messages.raw.languages)) {
      input.languages = messages.raw.languages.filter((one) => isLanguage(one));
    }
    if (messages.has("types")) input.types = readTypes(messages.raw.types);
    return input;
  }

  /** Adds messages as if others had sent them; listeners are told. Returns their ids. */
  addMessages(fields: Fields): { messageIds: number[] } {
    const chatId = fields.number("chatId");
    const history = historyFor(this.#world.state, this.#world.ownerId, chatId);
    const { state } = this.#world;
    const slots = fields.list("messages").map((one) => {
      const draft = readDraft(one);
      const date = draft.date ?? this.#world.clock.now();
      if (one.has("media")) draft.media = makeMedia(this.#world, readMedia(one.raw.media), date);
      if (one.has("album")) draft.groupedId = BigInt.asUintN(62, hash64("album", chatId, one.text("album")));
      const from = one.optional("from", (name) => one.number(name)) ?? this.#somebody(chatId);
      if (draft.text === "" && !draft.media && !draft.service)
        throw new BadRequest("A message needs text, media or service.");
      const stored = storedOf(state, this.#world.ownerId, chatId, history, {
        ...draft,
        date,
        ...this.#author(chatId, from),
      });
      delete stored.authorId;
      return put(state, history, stored);
    });
    for (const slot of slots) {
      announceNew(state, history, slot);
      openThread(state, history, slot, true);
    }
    const numbering = state.numberingOf(this.#world.ownerId, history);
    return { messageIds: slots.map((slot) => numbering?.idOf(slot) ?? 0) };
  }

  #author(chatId: number, from: number): { fromId: number } {
    return { fromId: this.#world.chat(chatId)?.kind === "channel" ? chatId : from };
  }

  #somebody(chatId: number): number {
    if (isUserId(chatId)) return chatId;
    const members = [...(this.#world.chat(chatId)?.members.keys() ?? [])];
    return members.find((id) => id !== this.#world.ownerId) ?? this.#world.ownerId;
  }

  /** Someone else deletes messages, for everyone. */
  deleteMessages(fields: Fields): { deleted: number[] } {
    const chatId = fields.number("chatId");
    const deleted = this.#world.eraseFor(this.#world.ownerId, chatId, fields.numbers("messageIds"));
    return { deleted };
  }

  editMessage(fields: Fields): { messageId: number } {
    const chatId = fields.number("chatId");
    const messageId = fields.number("messageId");
    const { state, ownerId } = this.#world;
    const history = state.historyOf(ownerId, chatId);
    const slot = history ? (state.numberingOf(ownerId, history)?.slotOf(messageId) ?? null) : null;
    if (!history || slot === null) throw new BadRequest(`There is no message ${messageId} in ${chatId}.`);
    const stored = history.stored(slot);
    const body = { ...stored.body, text: fields.text("text"), entities: [], editDate: this.#world.clock.now() };
    history.replace(slot, { ...stored, body });
    announceEdit(state, history, slot);
    return { messageId };
  }

  /** Takes rights and membership away or gives them. */
  setMember(fields: Fields): { ok: true } {
    this.#world.setStatus(
      fields.number("chatId"),
      fields.number("userId", this.#world.ownerId),
      readStatus(fields.text("status")),
    );
    return { ok: true };
  }

  /** Somebody adds the bot to a group of theirs. */
  addBot(fields: Fields, botId: number, actorId: number): { chatId: number } {
    const chatId =
      fields.optional("chatId", (name) => fields.number(name)) ??
      this.#builder.chat({ kind: "supergroup", title: fields.text("title", "A group"), creatorId: actorId }).id;
    if (isUserId(chatId)) throw new BadRequest("A bot can be added to groups and channels only.");
    this.#world.as(actorId).addMember(chatId, botId);
    return { chatId };
  }
}

function readTypes(value: unknown): SeriesInput["types"] {
  const entries = Object.entries(value as Record<string, unknown>);
  const wrong = entries.find(([name]) => !FILE_KINDS.some((kind) => kind === name));
  if (wrong) throw new BadRequest(`"types" does not know ${wrong[0]}; it knows ${FILE_KINDS.join(", ")}.`);
  return Object.fromEntries(entries);
}

const statuses = ["creator", "admin", "member", "restricted", "left", "banned"] as const;

function readStatus(value: string): MemberStatus {
  const status = statuses.find((one) => one === value);
  if (!status) throw new BadRequest(`"status" must be one of ${statuses.join(", ")}.`);
  return status;
}
