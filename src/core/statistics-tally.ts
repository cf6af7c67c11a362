/** The same statistics from messages one by one, for whatever no sum answers. */
import { extensionOf } from "./file-type.ts";
import type { StoredMessage } from "./media.ts";
import { isFile, kindOf } from "./message-kind.ts";
import {
  type ChatTally,
  type DayTally,
  type DiskState,
  type HourTally,
  type KindTally,
  type LargeFile,
  noTally,
  QUANTILES,
  rankOf,
  type SenderTally,
  type Statistics,
  type Tally,
  weekdayOf,
} from "./statistics.ts";
import { slotOf, type ZoneSegment } from "./zone-segments.ts";

const LARGEST = 10;
const QUARTERS_A_DAY = 96;

export class StatisticsTally {
  readonly #zone: readonly ZoneSegment[];
  readonly #kinds = new Map<string, KindTally>();
  readonly #senders = new Map<number, SenderTally>();
  readonly #chats = new Map<number, ChatTally>();
  readonly #days = new Map<number, DayTally>();
  readonly #hours = new Map<number, HourTally>();
  readonly #sizes: number[] = [];
  #largest: LargeFile[] = [];

  /** The zone's distances from UTC, for all the time that messages may be of. */
  constructor(zone: readonly ZoneSegment[]) {
    this.#zone = zone;
  }

  add(message: StoredMessage): void {
    const kind = kindOf(message);
    const file = isFile(message);
    const extension = file ? extensionOf(message.media) : "";
    const disk = DISK[message.status];
    const key = `${kind}:${disk}:${extension}`;
    const bytes = file ? (message.media.size ?? 0) : 0;
    const count = (tally: Tally) => {
      tally.messages++;
      if (file) tally.files++;
      tally.bytes += bytes;
    };
    count(entry(this.#kinds, key, () => ({ kind, extension, disk, ...noTally() })));
    const senderId = message.senderId ?? 0;
    const sender = entry(this.#senders, senderId, () => ({ senderId, name: null, ...noTally() }));
    sender.name = message.senderName ?? sender.name;
    count(sender);
    count(entry(this.#chats, message.chatId, () => ({ chatId: message.chatId, title: "", ...noTally() })));
    const slot = slotOf(message.date);
    const local = slot + (this.#zone.find(({ to }) => slot < to)?.offset ?? this.#zone.at(-1)?.offset ?? 0);
    const day = Math.floor(local / QUARTERS_A_DAY);
    count(entry(this.#days, day, () => ({ day, ...noTally() })));
    const hour = Math.floor((local % QUARTERS_A_DAY) / 4);
    const weekday = weekdayOf(day);
    entry(this.#hours, weekday * 24 + hour, () => ({ weekday, hour, messages: 0 })).messages++;
    if (file && message.media.size !== null) this.#addSize(message, kind, message.media.size);
  }

  #addSize({ chatId, messageId, media, date }: StoredMessage, kind: LargeFile["kind"], bytes: number): void {
    this.#sizes.push(bytes);
    const least = this.#largest.at(-1)?.bytes ?? -1;
    if (this.#largest.length >= LARGEST && bytes <= least) return;
    this.#largest.push({ chatId, messageId, name: media.fileName, kind, bytes, date });
    this.#largest.sort((a, b) => b.bytes - a.bytes || a.chatId - b.chatId || a.messageId - b.messageId);
    this.#largest = this.#largest.slice(0, LARGEST);
  }

  result(): Statistics {
    const sizes = Float64Array.from(this.#sizes).sort();
    const most = <T extends Tally>(tallies: Iterable<T>) => [...tallies].sort((a, b) => b.messages - a.messages);
    return {
      kinds: [...this.#kinds.values()],
      senders: { count: this.#senders.size, top: most(this.#senders.values()) },
      chats: most(this.#chats.values()),
      days: [...this.#days.values()].sort((a, b) => a.day - b.day),
      hours: [...this.#hours.values()],
      sizes: {
        files: sizes.length,
        average: sizes.length === 0 ? 0 : sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
        quantiles:
          sizes.length === 0
            ? []
            : QUANTILES.map((share) => ({ share, bytes: sizes[rankOf(share, sizes.length)] ?? 0 })),
        largest: this.#largest,
      },
    };
  }
}

const DISK: Record<StoredMessage["status"], DiskState> = {
  retrieved: "missing",
  downloaded: "saved",
  archived: "saved",
  failed: "failed",
  deleted: "gone",
};

function entry<K, T>(map: Map<K, T>, key: K, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
