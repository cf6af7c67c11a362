import { fileOf, type WorldMedia, type WorldMessage, type WorldUpdate } from "../world/types.ts";
import type { LocalWorld } from "../world/world.ts";
import type { MediaSummary, PhoneMessage } from "./shapes.ts";

export function mediaSummary(media: WorldMedia | undefined): MediaSummary | null {
  if (!media) return null;
  const file = fileOf(media);
  const document = media.kind === "document" ? media : null;
  return {
    kind: media.kind,
    as: document?.as ?? null,
    name: document?.fileName ?? null,
    size: file?.size ?? null,
    fileId: file ? String(file.id) : null,
  };
}

/** Keeps what a person's phone has shown of the chat with the bot: each message in all its versions. */
export class PhoneRecorder {
  readonly #botId: number;
  readonly #nowMs: () => number;
  #messages = new Map<number, PhoneMessage>();

  constructor(world: LocalWorld, accountId: number, botId: number) {
    this.#botId = botId;
    this.#nowMs = () => world.clock.nowMs();
    world.as(accountId).subscribe((update) => this.#take(update));
  }

  messages(after: number): PhoneMessage[] {
    return [...this.#messages.values()].filter((message) => message.id > after);
  }

  #take(update: WorldUpdate): void {
    if (update.type === "new-message" && update.message.peerId === this.#botId) this.#arrive(update.message);
    else if (update.type === "edit-message" && update.message.peerId === this.#botId) this.#change(update.message);
    else if (update.type === "delete-messages") {
      // Channels number their messages themselves; private chats and basic groups share one row of numbers.
      const isHere = update.peerId === null || update.peerId === this.#botId;
      if (isHere) for (const id of update.messageIds) this.#mark(id, { deleted: true });
    } else if (update.type === "pinned" && update.peerId === this.#botId) {
      for (const id of update.messageIds) this.#mark(id, { pinned: update.pinned });
    } else if (update.type === "reaction" && update.peerId === this.#botId) {
      const reactions = update.reactions.map(({ emoji, chosenBy }) => ({ emoji, by: chosenBy }));
      this.#mark(update.messageId, { reactions });
    }
  }

  #mark(id: number, what: Partial<PhoneMessage>): void {
    const message = this.#messages.get(id);
    if (message) Object.assign(message, what);
  }

  #arrive(message: WorldMessage): void {
    const { id, date, text, entities, replyMarkup = null, replyTo = null, service = null, forward = null } = message;
    const at = this.#nowMs();
    this.#messages.set(id, {
      id,
      from: message.out ? "me" : "bot",
      at,
      date,
      editDate: message.editDate ?? null,
      text,
      entities,
      replyMarkup,
      replyTo,
      media: mediaSummary(message.media),
      service,
      forward,
      silent: message.silent ?? false,
      deleted: false,
      pinned: message.pinned ?? false,
      reactions: [],
      edits: [{ at, text, entities, replyMarkup }],
    });
  }

  #change(message: WorldMessage): void {
    const known = this.#messages.get(message.id);
    if (!known) return;
    const { text, entities, replyMarkup = null } = message;
    const media = mediaSummary(message.media);
    Object.assign(known, { text, entities, replyMarkup, media, editDate: message.editDate ?? null });
    known.edits.push({ at: this.#nowMs(), text, entities, replyMarkup });
  }
}
