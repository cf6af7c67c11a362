/** What the page knows of one chat: a run of messages up to the newest. */
class Room {
  #byId = new Map();
  oldest = 0;
  more = false;
  isLoaded = false;

  set({ messages, oldest, more }) {
    this.#byId = new Map(messages.map((message) => [message.id, message]));
    this.oldest = oldest;
    this.more = more;
    this.isLoaded = true;
  }

  addOlder({ messages, oldest, more }) {
    for (const message of messages) this.#byId.set(message.id, message);
    this.oldest = oldest || this.oldest;
    this.more = more;
  }

  add(message) {
    this.#byId.set(message.id, message);
  }

  edit(message) {
    const known = this.#byId.get(message.id);
    if (!known) return false;
    this.#byId.set(message.id, { ...message, rings: known.rings, fresh: known.fresh });
    return true;
  }

  remove(ids) {
    return ids.map((id) => this.#byId.delete(id)).includes(true);
  }

  messages() {
    return [...this.#byId.values()].sort((a, b) => a.id - b.id);
  }
}

const FIRST_CHANNEL = -1_000_000_000_000;

export class Rooms {
  #rooms = new Map();

  get(id) {
    const room = this.#rooms.get(id) ?? new Room();
    this.#rooms.set(id, room);
    return room;
  }

  set(id, page) {
    this.get(id).set(page);
  }

  /** Chats that were never opened are read when they are. */
  add(message) {
    const room = this.get(message.chatId);
    if (room.isLoaded) room.add(message);
  }

  edit(message) {
    return this.get(message.chatId).edit(message);
  }

  /** Outside channels, numbers are the account's own and name no chat. */
  remove(chatId, ids) {
    const rooms =
      chatId === null ? [...this.#rooms].filter(([id]) => id > FIRST_CHANNEL) : [[chatId, this.get(chatId)]];
    return rooms.map(([, room]) => room.remove(ids)).includes(true);
  }
}
