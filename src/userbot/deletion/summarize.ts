/** What a list of messages comes to, as the owner is shown it before anything. */
import type { DeletionItem, DeletionReason, DeletionSummary } from "../../core/deletion.ts";
import { type ChatRights, fingerprintOf, verdictOn } from "../../core/deletion-rules.ts";
import type { Chat, Message } from "../../core/media.ts";
import { filterTypesOf } from "../../core/media-filter.ts";

const SAMPLES = 10;

export class Summary {
  items: DeletionItem[] = [];
  readonly #refused: Partial<Record<DeletionReason, number>> = {};
  readonly #chat: Chat;
  readonly #rights: ChatRights;
  readonly #wish: { everyone: boolean; now: Date };
  /** More than so many are counted, but not kept. */
  readonly #room: number;
  /** Only so many of the oldest are meant; null for all. */
  readonly #cap: number | null;
  #over = 0;
  #beyondCap = 0;

  constructor(
    chat: Chat,
    rights: ChatRights,
    wish: { everyone: boolean; now: Date },
    { room, cap }: { room: number; cap: number | null },
  ) {
    this.#chat = chat;
    this.#cap = cap;
    this.#rights = rights;
    this.#wish = wish;
    this.#room = room;
  }

  /** Newest first, as a chat is read. */
  add(message: Message): void {
    const verdict = verdictOn(message, this.#chat, this.#rights, this.#wish);
    if (!verdict.possible) {
      this.#refused[verdict.reason] = (this.#refused[verdict.reason] ?? 0) + 1;
      return;
    }
    if (this.#cap !== null) this.#trim(2 * this.#cap);
    else if (this.items.length >= this.#room) {
      this.#over++;
      return;
    }
    this.items.push({
      messageId: message.messageId,
      state: "planned",
      effect: verdict.effect,
      own: message.outgoing || this.#chat.isSelf,
      type: filterTypesOf(message)[0] ?? message.media.otherKind ?? message.media.type,
      date: message.date,
      senderName: message.senderName,
      fingerprint: fingerprintOf(message),
      reason: null,
      sentAt: null,
      copyPath: null,
    });
  }

  #trim(most: number): void {
    if (this.#cap === null || this.items.length <= most) return;
    this.#beyondCap += this.items.length - this.#cap;
    this.items = this.items.slice(-this.#cap);
  }

  result(more: Pick<DeletionSummary, "wholeChat" | "copyable">): DeletionSummary {
    this.#trim(this.#cap ?? Number.POSITIVE_INFINITY);
    const { items } = this;
    const count = (wanted: (item: DeletionItem) => boolean) => items.filter(wanted).length;
    const types = new Map<string, number>();
    for (const { type } of items) types.set(type, (types.get(type) ?? 0) + 1);
    const times = items.map(({ date }) => date.getTime());
    const own = count((item) => item.own);
    const overCap = this.#over > 0 || items.length > this.#room;
    return {
      count: items.length + this.#over,
      own,
      others: items.length - own,
      first: iso(times.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)),
      last: iso(times.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)),
      byType: [...types].map(([type, n]) => ({ type, count: n })).sort((a, b) => b.count - a.count),
      everyone: count(({ effect }) => effect === "everyone"),
      onlyMe: count(({ effect }) => effect === "me"),
      refused: this.#refused,
      samples: spread(items, SAMPLES).map(({ messageId }) => messageId),
      overCap,
      ...(this.#beyondCap > 0 ? { beyondCap: this.#beyondCap } : {}),
      ...more,
    };
  }
}

const iso = (time: number): string | null => (Number.isFinite(time) ? new Date(time).toISOString() : null);

/** Some from all over the list, its first and last among them. */
function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, n) => list[Math.round((n * (list.length - 1)) / (count - 1))]!);
}
