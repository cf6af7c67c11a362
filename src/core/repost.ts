/** A deleted message as it is posted again: in the account's name, so its author and date are named in the text. */
import { formatDay } from "./clock.ts";
import type { Message } from "./media.ts";
import type { MessageExtra, TextEntity } from "./message-extra.ts";
import { splitText } from "./split-text.ts";
import { cutText, oneLine } from "./text.ts";
import { localTime } from "./zone.ts";

/** Of a caption, for accounts without Premium. */
const CAPTION_UNITS = 1024;
const NAME_UNITS = 64;
const DESCRIPTION_UNITS = 1_000;

export interface Formatted {
  text: string;
  entities: TextEntity[];
}

/** "↩️ Re-post · Anna · 3 May 2024 14:05 (UTC)" */
export function repostHeader(message: Message, timeZone: string): string {
  const { hour, minute } = localTime(message.date, timeZone);
  const time = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  const author = message.senderName ?? (message.outgoing ? "me" : "unknown sender");
  return `↩️ Re-post · ${oneLine(author, NAME_UNITS)} · ${formatDay(message.date, timeZone)} ${time} (${timeZone})`;
}

/** Header, an empty line, and the words as they were, with their formatting. */
export function repostText(message: Message, timeZone: string): Formatted {
  const header = repostHeader(message, timeZone);
  const body = message.text === "" ? describeExtra(message) : message.text;
  if (body === "") return { text: header, entities: italic(header) };
  const before = `${header}\n\n`;
  const moved = (message.text === "" ? [] : (message.extra?.entities ?? [])).map((entity) => ({
    ...entity,
    offset: entity.offset + before.length,
  }));
  return { text: before + body, entities: [...italic(header), ...moved] };
}

const italic = (text: string): TextEntity[] => [{ type: "italic", offset: 0, length: text.length }];

/** As many messages as it takes. */
export const repostParts = (whole: Formatted): Formatted[] => splitText<TextEntity>(whole);

export const fitsCaption = ({ text }: Formatted): boolean => text.length <= CAPTION_UNITS;

/** What carries neither words nor a file, in words. */
function describeExtra({ extra, media }: Message): string {
  const words = extra ? wordsOf(extra) : null;
  if (words) return cutText(words, DESCRIPTION_UNITS);
  return media.type === "other" ? `[${media.otherKind ?? "something that no text can show"}]` : "";
}

function wordsOf({ poll, venue, place, contact, dice }: MessageExtra): string | null {
  if (poll)
    return [`📊 ${poll.question}`, ...poll.answers.map(({ text, voters }) => `• ${text} (${voters})`)].join("\n");
  if (venue && place) return `📍 ${venue.title}, ${venue.address} (${place.latitude}, ${place.longitude})`;
  if (place) return `📍 ${place.latitude}, ${place.longitude}`;
  if (contact) return `👤 ${[contact.firstName, contact.lastName].filter(Boolean).join(" ")}, ${contact.phone}`;
  return dice ? `${dice.emoji} ${dice.value}` : null;
}

type Kind = "visual" | "audio" | "document" | "alone";
const KINDS: Partial<Record<Message["media"]["type"], Kind>> = {
  photo: "visual",
  video: "visual",
  audio: "audio",
  document: "document",
};

/** Messages that go out together: the parts of one album that Telegram takes as one. */
export function repostGroups<T extends { message: Message; file: unknown }>(all: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (const one of all) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && group.length < size && sameAlbum(last, one)) group.push(one);
    else groups.push([one]);
  }
  return groups;
}

function sameAlbum(a: { message: Message; file: unknown }, b: typeof a): boolean {
  const kind = kindOf(a.message);
  return (
    a.message.albumId !== null &&
    a.message.albumId === b.message.albumId &&
    a.file !== null &&
    b.file !== null &&
    kind !== "alone" &&
    kind === kindOf(b.message)
  );
}

const kindOf = ({ media }: Message): Kind => (media.round ? "alone" : (KINDS[media.type] ?? "alone"));

/** Under which name the bot's memory keeps that a restore is to stop before its next message. */
export const stopName = (jobId: string): string => `restore-stop:${jobId}`;
