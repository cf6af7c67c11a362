import { type Pools, partOf, poolsOf } from "../content/texts.ts";
import { isFileKind, KINDS, type Kind } from "./kinds.ts";
import { hash64, mix, pick, share } from "./random.ts";
import { nameNumber, seriesFile, seriesMedia } from "./series-files.ts";
import { seriesOther } from "./series-others.ts";
import type { SeriesSpec } from "./series-spec.ts";
import { buildTable, type SeriesTable } from "./series-table.ts";
import type { MessageBody, WorldFile } from "./types.ts";

const DAY = 86_400;
/** Messages of a forum's first topic carry no mark. */
const GENERAL = 1;

/**
 * The generated part of a history. A slot is a message's place in it, 0 for the oldest; bodies are computed when asked
 * for and never kept.
 */
export class Series {
  readonly spec: SeriesSpec;
  /** Intro and generated messages together. */
  readonly length: number;
  readonly #history: number;
  readonly #intro: number;
  readonly pools: Pools;
  #table: SeriesTable | null = null;

  constructor(spec: SeriesSpec, history: number) {
    this.spec = spec;
    this.#history = history;
    this.#intro = spec.intro.length;
    this.length = this.#intro + spec.count;
    this.pools = poolsOf(spec.languages);
  }

  get #tables(): SeriesTable {
    this.#table ??= buildTable(this.spec);
    return this.#table;
  }

  /** Null for the intro, whose bodies say it themselves. */
  kindOf(slot: number): Kind | null {
    const n = slot - this.#intro;
    return n < 0 ? null : (KINDS[this.#tables.kinds[n] ?? 0] ?? "text");
  }

  /** Ascending with the slot; the members of an album share theirs. */
  dateOf(slot: number): number {
    const n = slot - this.#intro;
    if (n < 0) return this.spec.intro[slot]?.date ?? this.spec.from;
    const place = this.#tables.albumPlaces[n] ?? 0;
    return this.#moment(place > 1 ? n - place + 1 : n);
  }

  /** People write by day: each day's messages are squeezed into its waking hours, in order. */
  #moment(n: number): number {
    const { from, to, count, seed } = this.spec;
    const even = from + ((to - from) * (n + share(seed, n, 1))) / Math.max(1, count);
    if (to - from < 3 * DAY) return Math.floor(even);
    const day = Math.floor(even / DAY) * DAY;
    const hour = (even - day) / DAY;
    const awake = hour < 0.05 ? hour * 6 : 0.3 + (hour - 0.05) * (0.68 / 0.95);
    return Math.floor(Math.min(to, Math.max(from, day + awake * DAY)));
  }

  senderOf(slot: number): number {
    const n = slot - this.#intro;
    if (n < 0) return this.spec.intro[slot]?.fromId ?? 0;
    const place = this.#tables.albumPlaces[n] ?? 0;
    const first = place > 1 ? n - place + 1 : n;
    return pick(this.spec.senders, Math.floor(share(this.spec.seed, first, 2) ** 2 * this.spec.senders.length));
  }

  topicOf(slot: number): number | undefined {
    const n = slot - this.#intro;
    if (n < 0) return this.spec.intro[slot]?.topicId;
    if (this.spec.topics.length === 0) return undefined;
    const place = this.#tables.albumPlaces[n] ?? 0;
    const topic = pick(this.spec.topics, mix(this.spec.seed, place > 1 ? n - place + 1 : n, 3));
    return topic === GENERAL ? undefined : topic;
  }

  /** What the text and file name are made of, so that a search can look at the parts; null: nothing of it. */
  partsOf(slot: number): { opener: number | null; ending: number | null; number: number | null; name: number | null } {
    const n = slot - this.#intro;
    const kind = this.kindOf(slot);
    const silent = { opener: null, ending: null, number: null, name: null };
    if (n < 0 || kind === null || kind === "service") return silent;
    const { seed } = this.spec;
    if (!isFileKind(kind) && kind !== "text" && kind !== "link") return silent;
    const place = this.#tables.albumPlaces[n] ?? 0;
    const captioned = isFileKind(kind) ? place <= 1 && kind !== "sticker" && mix(seed, n, 4) % 3 === 0 : true;
    const name = isFileKind(kind) ? nameNumber(this.spec, this.#sourceOf(n, kind), kind) : null;
    const spans = pick(this.pools.spans, mix(seed, n, 27));
    return {
      opener: captioned ? partOf(spans.openers, mix(seed, n, 5)) : null,
      ending: captioned && mix(seed, n, 6) % 4 !== 0 ? partOf(spans.endings, mix(seed, n, 7)) : null,
      number: captioned && mix(seed, n, 8) % 3 === 0 ? n + 1 : null,
      name: name === null ? null : name % this.pools.names.length,
    };
  }

  textOf(slot: number): string {
    const { opener, ending, number } = this.partsOf(slot);
    const words: string[] = [];
    if (opener !== null) words.push(this.pools.openers[opener] ?? "");
    if (ending !== null) words.push(this.pools.endings[ending] ?? "");
    if (number !== null) words.push(`№ ${number}`);
    return words.join(" ");
  }

  /** The file of a message; one that repeats an earlier one has that one's id. */
  fileOf(slot: number): WorldFile | null {
    const n = slot - this.#intro;
    const kind = this.kindOf(slot);
    if (kind === null || !isFileKind(kind)) return null;
    const source = this.#sourceOf(n, kind);
    return seriesFile(this.spec, this.#history, source, kind, this.dateOf(source + this.#intro));
  }

  /** By the slot that a file id carries. */
  fileAt(n: number): WorldFile | null {
    return n < this.spec.count ? this.fileOf(n + this.#intro) : null;
  }

  #sourceOf(n: number, kind: Kind): number {
    const { seed, duplicates } = this.spec;
    if (duplicates === 0 || share(seed, n, 9) >= duplicates) return n;
    for (let back = 1 + (mix(seed, n, 10) % 40); back <= n && back < 400; back++) {
      const other = n - back;
      if (KINDS[this.#tables.kinds[other] ?? 0] === kind && share(seed, other, 9) >= duplicates) return other;
    }
    return n;
  }

  /** How many messages back the one is that this answers; null for none. */
  replyDistance(slot: number): number | null {
    const n = slot - this.#intro;
    if (n < 1 || this.kindOf(slot) === "service" || mix(this.spec.seed, n, 11) % 9 !== 0) return null;
    return 1 + (mix(this.spec.seed, n, 12) % Math.min(n, 12));
  }

  body(slot: number): MessageBody {
    const n = slot - this.#intro;
    const intro = this.spec.intro[slot];
    if (n < 0 && intro) return { ...intro };
    const kind = this.kindOf(slot) ?? "text";
    const { seed } = this.spec;
    const date = this.dateOf(slot);
    const text = this.textOf(slot);
    const body: MessageBody = { fromId: this.senderOf(slot), date, text, entities: this.#entities(n, text) };
    const topicId = this.topicOf(slot);
    if (topicId !== undefined) body.topicId = topicId;
    const place = this.#tables.albumPlaces[n] ?? 0;
    if (place > 0) body.groupedId = BigInt.asIntN(63, hash64("album", this.#history, n - place + 1)) | 1n;
    if (isFileKind(kind)) {
      const file = this.fileOf(slot);
      if (file) body.media = seriesMedia(this.spec, file, this.#sourceOf(n, kind), kind, this.pools.names);
    } else if (kind !== "text") seriesOther(body, kind, seed, n);
    if (kind !== "service") this.#circulate(body, n);
    return body;
  }

  #entities(n: number, text: string): MessageBody["entities"] {
    if (text.length === 0 || mix(this.spec.seed, n, 13) % 8 !== 0) return [];
    const types = ["bold", "italic", "spoiler", "code", "underline"] as const;
    const space = text.indexOf(" ");
    return [{ type: pick(types, mix(this.spec.seed, n, 14)), offset: 0, length: space > 0 ? space : text.length }];
  }

  /** Forwards, reactions, edits, views. */
  #circulate(body: MessageBody, n: number): void {
    const { seed, forwardsFrom, post } = this.spec;
    if (forwardsFrom.length > 0 && mix(seed, n, 15) % 20 === 0) {
      const fromId = pick(forwardsFrom, mix(seed, n, 16));
      body.forward = { date: body.date - 3600, fromId };
      if (fromId < 0) body.forward.channelPost = 1 + (mix(seed, n, 17) % 500);
    }
    if (mix(seed, n, 18) % 12 === 0) {
      const count = 1 + (mix(seed, n, 19) % (post ? 900 : 6));
      body.reactions = [{ emoji: pick(["👍", "❤️", "🔥", "😁", "🎉"], count), count, chosenBy: [] }];
    }
    if (!body.forward && mix(seed, n, 23) % 30 === 0) body.editDate = body.date + 60 + (mix(seed, n, 24) % 3000);
    if (post) {
      body.views = 100 + (mix(seed, n, 25) % 50_000);
      body.forwards = mix(seed, n, 26) % 60;
    }
  }

  /** The first slot whose date is not before `date`. */
  slotAtDate(date: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.dateOf(middle) < date) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
