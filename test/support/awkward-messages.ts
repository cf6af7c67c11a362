/** Messages of every kind, with texts, sizes, names and dates at the edges of what a database may count otherwise. */
import { MEDIA_TYPES, type Message } from "../../src/core/media.ts";
import { sampleMessage } from "../contract/db/samples.ts";

/** What a database may take for something else than the program does. */
const AWKWARD: Partial<Message>[] = [
  { text: "   " },
  { text: "\u200b\u200d" },
  { text: "\u0301" },
  { text: "🙂" },
  { text: "\0" },
  { senderId: null, senderName: null },
  { service: "pinned" },
  { date: new Date("1999-12-31T23:59:59Z") },
  { date: new Date(0) },
  { date: new Date("2024-01-31T23:59:59.900Z") },
];
const SIZES = [
  null,
  0,
  7,
  999,
  1000,
  1009,
  12_345,
  999_999,
  4_000_000_000,
  10 ** 13,
  10 ** 14 + 1,
  Number.MAX_SAFE_INTEGER,
];
const NAMES = ["a.JPEG", "no extension", ".hidden", "x.tar.gz", "ё.ПДФ", "spaces .pdf ", `${"n".repeat(300)}.mp4`];

export function awkwardMessages(chatId: number): Message[] {
  const media = MEDIA_TYPES.flatMap((type) => [
    ...SIZES.map((size) => ({ type, size })),
    ...NAMES.map((fileName) => ({ type, fileName })),
    { type, round: true },
    { type, mimeType: null },
  ]);
  const texts = AWKWARD.flatMap((over) => MEDIA_TYPES.map((type) => ({ ...over, media: { type } })));
  const all = [...media.map((one) => ({ media: one })), ...texts];
  return all.map((over, index) => {
    const date = new Date(Date.UTC(2024, 2, 30) + index * 437_000);
    return sampleMessage({ date, senderId: index % 3, ...over, chatId, messageId: index + 1 });
  });
}
