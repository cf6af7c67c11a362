import type { TlObject } from "../../tl/value.ts";
import { type AccountView, isUserId, type World, type WorldMessage } from "../../world/types.ts";
import { shapeChat } from "./chats.ts";
import { shapeUser } from "./users.ts";

/** The people and chats that an answer names, which travel beside it. */
export class Mentioned {
  readonly #ids = new Set<number>();
  readonly #world: World;
  readonly #view: AccountView;

  constructor(world: World, view: AccountView) {
    this.#world = world;
    this.#view = view;
  }

  add(...ids: (number | null | undefined)[]): this {
    for (const id of ids) if (id) this.#ids.add(id);
    return this;
  }

  addMessages(messages: readonly (WorldMessage | null)[]): this {
    for (const message of messages) if (message) this.#addMessage(message);
    return this;
  }

  #addMessage(message: WorldMessage): void {
    this.add(message.peerId, message.fromId, message.viaBotId, message.replyTo?.peerId);
    this.add(message.forward?.fromId, message.forward?.savedFromPeerId, message.comments?.discussionId);
    if (message.media?.kind === "contact") this.add(message.media.userId);
    for (const entity of message.entities) this.add(entity.userId);
    const service = message.service;
    if (!service) return;
    if ("userIds" in service) this.add(...service.userIds);
    if ("userId" in service) this.add(service.userId);
    if ("inviterId" in service) this.add(service.inviterId);
    if ("chatId" in service) this.add(service.chatId);
    if ("peerIds" in service) this.add(...service.peerIds);
  }

  /** As fields of an answer. */
  fields(): { users: TlObject[]; chats: TlObject[] } {
    const users: TlObject[] = [];
    const chats: TlObject[] = [];
    for (const id of this.#ids) {
      if (isUserId(id)) users.push(shapeUser(this.#world, this.#view, id));
      else {
        const chat = shapeChat(this.#world, this.#view, id);
        if (chat) chats.push(chat);
      }
    }
    return { users, chats };
  }
}
