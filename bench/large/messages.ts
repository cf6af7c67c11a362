/** Messages as a scan brings them: eight words of a language, every second one with a file, 500 senders a chat. */
import type { Media, Message } from "../../src/core/media.ts";
import { randomNumbers, VOCABULARY, WORDS_EACH, wordOf } from "./words.ts";

const BEGAN = Date.UTC(2015, 0, 1);
const TEN_YEARS_IN_MINUTES = 10 * 365 * 1440;
const MINUTE_MS = 60_000;

export interface History {
  chatId: number;
  /** Of all that the chat has, which decides how far apart they are. */
  messages: number;
}

/** Messages of a chat, from one id to another, always the same. */
export function* messagesOf({ chatId, messages }: History, first = 1, last = messages): Generator<Message> {
  const minutes = Math.max(1, Math.floor(TEN_YEARS_IN_MINUTES / messages));
  const random = randomNumbers(Math.abs(chatId % 1_000_003) + first);
  for (let id = first; id <= last; id++) {
    const sender = ((id * 7919) % 500) + 1;
    yield {
      chatId,
      messageId: id,
      date: new Date(BEGAN + (Math.floor(id / 10) * minutes * 10 + (id % 10)) * MINUTE_MS),
      editedAt: null,
      senderId: sender,
      senderName: `s${sender}`,
      outgoing: id % 11 === 0,
      text: Array.from({ length: WORDS_EACH }, () => wordOf(VOCABULARY ** random())).join(" "),
      albumId: null,
      topicId: null,
      replyToId: id % 6 === 0 ? id - 1 : null,
      service: null,
      media: mediaOf(id),
      ...(id % 4 === 0 ? { extra: { views: 12 } } : {}),
    };
  }
}

function mediaOf(id: number): Media {
  const kind = KINDS[(id * 7919) % 20];
  return {
    type: kind?.type ?? "none",
    round: false,
    fileName: kind?.suffix ? `f${id}.${kind.suffix}` : null,
    mimeType: kind?.mimeType ?? null,
    size: kind ? ((id * 104_729) % 50_000_000) + 1 : null,
    fileKey: kind ? `document:${id}` : null,
    dcId: kind ? 2 : null,
    duration: null,
    width: null,
    height: null,
    restricted: false,
  };
}

export interface Kind {
  type: Media["type"];
  mimeType: string;
  /** Of a file that has a name. */
  suffix: string | null;
}
const PHOTO: Kind = { type: "photo", mimeType: "image/jpeg", suffix: null };
const VIDEO: Kind = { type: "video", mimeType: "video/mp4", suffix: null };
const DOCUMENT: Kind = { type: "document", mimeType: "application/pdf", suffix: "pdf" };
/** Of twenty messages the first few are files, the others texts. */
export const KINDS: readonly Kind[] = [
  ...[PHOTO, PHOTO, PHOTO, PHOTO, VIDEO, VIDEO, DOCUMENT, DOCUMENT],
  { type: "audio", mimeType: "audio/mpeg", suffix: "mp3" },
  { type: "voice", mimeType: "audio/ogg", suffix: null },
  { type: "sticker", mimeType: "image/webp", suffix: null },
  { type: "animation", mimeType: "video/mp4", suffix: null },
];
