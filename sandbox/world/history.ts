import { type Kind, kindOfBody } from "./kinds.ts";
import type { Numbering } from "./numbering.ts";
import { Series } from "./series.ts";
import type { SeriesSpec } from "./series-spec.ts";
import type { MessageBody, ReplyInfo } from "./types.ts";

/** A message as its history keeps it; the number it answers is a slot, since ids differ from account to account. */
export interface Stored {
  body: MessageBody;
  reply?: { slot: number; quote?: string } | ReplyInfo;
  /** Who wrote a post that stands in the name of a channel. */
  authorId?: number;
}

/** The box of channels and supergroups, who number for all. */
export const OWN_BOX = 0;

/** The messages of one chat: a generated part, then what was added; over both lies what was edited. */
export class History {
  /** Small and unique; part of the ids of its files. */
  readonly number: number;
  /** Two user ids (equal for Saved Messages), or the id of a chat. */
  readonly members: readonly [number, number] | null;
  readonly chatId: number | null;
  readonly series: Series | null;
  readonly boxes = new Map<number, Numbering>();
  /** Cuts some pages short, as Telegram does. */
  readonly shortPages: boolean;
  /** Channel: post slot to root slot in the discussion group. Group: the way back. */
  readonly threads = new Map<number, number>();
  #added: Stored[] = [];
  #edited = new Map<number, Stored>();
  /** Grows with each edit of a generated message. */
  editVersion = 0;

  constructor(options: {
    number: number;
    members?: readonly [number, number];
    chatId?: number;
    series?: SeriesSpec;
    shortPages?: boolean;
  }) {
    this.number = options.number;
    this.members = options.members ?? null;
    this.chatId = options.chatId ?? null;
    this.series = options.series ? new Series(options.series, options.number) : null;
    this.shortPages = options.shortPages ?? false;
  }

  get seriesLength(): number {
    return this.series?.length ?? 0;
  }

  get length(): number {
    return this.seriesLength + this.#added.length;
  }

  get editedSlots(): Iterable<number> {
    return this.#edited.keys();
  }

  stored(slot: number): Stored {
    const edited = this.#edited.get(slot);
    if (edited) return edited;
    const added = this.#added[slot - this.seriesLength];
    if (added) return added;
    if (!this.series || slot < 0 || slot >= this.seriesLength) throw new Error(`There is no slot ${slot}.`);
    const distance = this.series.replyDistance(slot);
    const body = this.series.body(slot);
    return distance === null ? { body } : { body, reply: { slot: slot - distance } };
  }

  kindOf(slot: number): Kind | null {
    if (this.series && slot < this.seriesLength && !this.#edited.has(slot)) {
      const kind = this.series.kindOf(slot);
      if (kind) return kind;
    }
    return kindOfBody(this.stored(slot).body);
  }

  add(stored: Stored): number {
    this.#added.push(stored);
    return this.length - 1;
  }

  /** Puts another message in the place of one. */
  replace(slot: number, stored: Stored): void {
    if (slot >= this.seriesLength) this.#added[slot - this.seriesLength] = stored;
    else this.#edited.set(slot, stored);
    this.editVersion++;
  }

  /** Of a message whose text and media nobody needs. */
  dateOf(slot: number): number {
    return this.series && slot < this.seriesLength ? this.series.dateOf(slot) : this.stored(slot).body.date;
  }

  senderOf(slot: number): number {
    return this.series && slot < this.seriesLength ? this.series.senderOf(slot) : this.stored(slot).body.fromId;
  }

  topicOf(slot: number): number | undefined {
    return this.series && slot < this.seriesLength ? this.series.topicOf(slot) : this.stored(slot).body.topicId;
  }
}
