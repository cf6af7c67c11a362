/** The statistics of a chat as the world itself has them, counted one message at a time with nothing of the product. */
import type { ControlClient, WorldFileRow, WorldMessageRow } from "../../sandbox/control/client.ts";

export interface Sum {
  messages: number;
  files: number;
  bytes: number;
}
export type Sums = { [name: string]: Sum };

export interface WorldStatistics {
  total: Sum;
  kinds: Sums;
  extensions: Sums;
  senders: Sums;
  months: Sums;
  growth: Sums;
  /** "Mon 14": messages. */
  hours: { [slot: string]: number };
  /** Of all files, in order. */
  sizes: number[];
  largest: { messageId: number; bytes: number }[];
}

/** Every message the owner sees, newest first. */
export async function allMessages(control: ControlClient, chatId: number): Promise<WorldMessageRow[]> {
  const all: WorldMessageRow[] = [];
  for (let offsetId = 0; ; ) {
    const { messages } = await control.world.messages(chatId, { offsetId, limit: 100 });
    if (messages.length === 0) return all;
    all.push(...messages);
    offsetId = messages.at(-1)!.id;
  }
}

const KIND_NAMES: { [as: string]: string } = {
  photo: "Photos",
  video: "Video",
  round: "Round video",
  audio: "Audio",
  voice: "Voice",
  gif: "GIFs",
  animation: "GIFs",
  sticker: "Stickers",
  document: "Documents",
};
const BY_MIME: { [mime: string]: string } = {
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "audio/ogg": "ogg",
  "audio/mpeg": "mp3",
};

export function countWorld(
  messages: readonly WorldMessageRow[],
  files: readonly WorldFileRow[],
  nameOf: (fromId: number) => string,
  timeZone: string,
): WorldStatistics {
  const fileOf = new Map(files.map((file) => [file.messageId, file]));
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    weekday: "short",
    hour: "2-digit",
    hourCycle: "h23",
  });
  const found: WorldStatistics = {
    total: { messages: 0, files: 0, bytes: 0 },
    kinds: {},
    extensions: {},
    senders: {},
    months: {},
    growth: {},
    hours: {},
    sizes: [],
    largest: [],
  };
  for (const message of messages) {
    const file = fileOf.get(message.id);
    const parts = Object.fromEntries(clock.formatToParts(message.date * 1_000).map(({ type, value }) => [type, value]));
    const add = (sums: Sums, name: string) => put(sumOf(sums, name), file);
    put(found.total, file);
    add(found.kinds, kindOf(message, file));
    if (file) add(found.extensions, extensionOf(file));
    add(found.senders, nameOf(message.fromId));
    add(found.months, `${parts.year}-${parts.month}`);
    const slot = `${parts.weekday} ${Number(parts.hour)}`;
    found.hours[slot] = (found.hours[slot] ?? 0) + 1;
    if (file) found.largest.push({ messageId: message.id, bytes: file.size });
  }
  found.largest.sort((a, b) => b.bytes - a.bytes);
  found.sizes = found.largest.map(({ bytes }) => bytes).reverse();
  fillMonths(found);
  return found;
}

function sumOf(sums: Sums, name: string): Sum {
  sums[name] ??= { messages: 0, files: 0, bytes: 0 };
  return sums[name];
}

function put(sum: Sum, file: WorldFileRow | undefined): void {
  sum.messages++;
  if (!file) return;
  sum.files++;
  sum.bytes += file.size;
}

function kindOf({ service, text, media }: WorldMessageRow, file: WorldFileRow | undefined): string {
  if (service) return "Service messages";
  if (file) return KIND_NAMES[file.mediaType] ?? file.mediaType;
  // A page that a link shows is a text still.
  return media && media.kind !== "webpage" ? "Other" : text === "" ? "Other" : "Text";
}

function extensionOf({ name, mimeType }: WorldFileRow): string {
  const named = /[^.]\.([^.\s]{1,16})$/.exec(name ?? "")?.[1]?.toLowerCase();
  const plain = named ?? BY_MIME[mimeType] ?? "";
  return plain === "" ? "no extension" : plain === "jpeg" ? "JPG" : plain.toUpperCase();
}

/** Months without a message stand in between; the growth is what there was up to the end of each. */
function fillMonths({ months, growth }: WorldStatistics): void {
  const known = Object.keys(months).sort();
  const before: Sum = { messages: 0, files: 0, bytes: 0 };
  for (let month = known[0]!; month <= known.at(-1)!; month = next(month)) {
    const here = sumOf(months, month);
    before.messages += here.messages;
    before.files += here.files;
    before.bytes += here.bytes;
    growth[month] = { ...before };
  }
}

function next(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}
