import { fileOf, type HistoryQuery, isUserId, type SearchFilter, type WorldMessage } from "../world/types.ts";
import type { LocalWorld } from "../world/world.ts";
import type { Fields } from "./json.ts";
import { mediaSummary } from "./recorder.ts";
import type { WorldChatRow, WorldFileRow, WorldMessageRow } from "./shapes.ts";

/** Reading the world through the control door, with the owner's eyes. */
export class WorldReader {
  readonly #world: LocalWorld;

  constructor(world: LocalWorld) {
    this.#world = world;
  }

  get #owner() {
    return this.#world.as(this.#world.ownerId);
  }

  chats(): WorldChatRow[] {
    return this.#owner.dialogs().map((dialog) => {
      const chat = isUserId(dialog.peerId) ? null : this.#world.chat(dialog.peerId);
      const user = chat ? null : this.#world.people.get(dialog.peerId);
      return {
        chatId: dialog.peerId,
        kind: chat?.kind ?? "private",
        title: chat?.title ?? [user?.firstName, user?.lastName].filter(Boolean).join(" "),
        username: chat?.username ?? user?.username ?? null,
        messages: this.#owner.history(dialog.peerId, { limit: 0 }).count,
        topMessageId: dialog.topMessageId,
        unread: dialog.unread,
        archived: dialog.folderId === 1,
      };
    });
  }

  /** A page of a chat, newest first; the query is that of messages.search. */
  messages(fields: Fields): { messages: WorldMessageRow[]; count: number } {
    const query: HistoryQuery = {};
    for (const name of [
      "offsetId",
      "addOffset",
      "limit",
      "maxId",
      "minId",
      "fromId",
      "minDate",
      "maxDate",
      "topicId",
    ] as const) {
      if (fields.has(name)) query[name] = fields.number(name);
    }
    if (fields.has("text")) query.text = fields.text("text");
    if (fields.has("filter")) query.filter = fields.text("filter") as SearchFilter;
    const page = this.#owner.history(fields.number("chatId"), query);
    return { messages: page.messages.map(messageRow), count: page.count };
  }

  /** Every file of a chat with its hash: the truth that downloads are compared with. */
  async files(fields: Fields): Promise<{ files: WorldFileRow[] }> {
    const chatId = fields.number("chatId");
    const files: WorldFileRow[] = [];
    for (const message of this.#all(chatId)) {
      const { media } = message;
      const file = fileOf(media);
      if (!file || !media) continue;
      files.push({
        messageId: message.id,
        name: media.kind === "document" ? media.fileName : null,
        size: file.size,
        sha256: fields.raw.hashes === "false" ? "" : await this.#world.content.sha256(file),
        mediaType: media.kind === "document" ? media.as : "photo",
        mimeType: file.mimeType,
        date: message.date,
        fileId: String(file.id),
        dcId: file.dcId,
      });
    }
    return { files };
  }

  *#all(chatId: number): Generator<WorldMessage> {
    let offsetId = 0;
    for (;;) {
      const { messages } = this.#owner.history(chatId, { offsetId, limit: 100 });
      yield* messages;
      const last = messages.at(-1);
      if (!last) return;
      offsetId = last.id;
    }
  }
}

function messageRow(message: WorldMessage): WorldMessageRow {
  return {
    id: message.id,
    chatId: message.peerId,
    fromId: message.fromId,
    date: message.date,
    editDate: message.editDate ?? null,
    text: message.text,
    entities: message.entities,
    service: message.service ?? null,
    groupedId: message.groupedId === undefined ? null : String(message.groupedId),
    topicId: message.topicId ?? null,
    replyTo: message.replyTo ?? null,
    forward: message.forward ?? null,
    media: mediaSummary(message.media),
    out: message.out,
  };
}
