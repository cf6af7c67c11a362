/** Under which name a message's media is kept: a template such as "{chat}/{date}_{time}_{name}", filled in safely. */
import { extensionOfName, extensionOfType } from "./file-type.ts";
import type { ChatId, Media } from "./media.ts";
import { byteLength, NAME_BYTES, safeName } from "./safe-name.ts";
import { checkTemplate, type Placeholder, placeholdersOf } from "./template.ts";

export { checkTemplate };

/** What a name can be made of. */
export interface FileNameParts {
  chatTitle: string;
  chatId: ChatId;
  /** The message's; names use UTC, so that they do not change with the zone. */
  date: Date;
  messageId: number;
  media: Media;
  senderName?: string | null;
  topicTitle?: string | null;
  topicId?: number | null;
  albumId?: string | null;
}

/** Room that stays free in each file name for "_<message id>" (see withSuffix) and ".part". */
const SUFFIX_BYTES = 12;
const PART_BYTES = 5;

/**
 * The path below the download folder, with "/" between its steps, always relative and safe on every file system. The
 * same message always gets the same path.
 */
export function renderFilename(template: string, parts: FileNameParts, nameBytes = NAME_BYTES): string {
  const steps = template.split("/").filter((step) => step.trim() !== "");
  const fileTemplate = steps.pop() ?? "{date}_{time}_{name}";
  const values = valuesOf(parts);
  const folders = steps
    .map((step) => safeName(fill(step, values, values), nameBytes))
    .filter((folder) => folder !== "");
  return [...folders, renderFile(fileTemplate, parts, values, nameBytes - SUFFIX_BYTES - PART_BYTES)].join("/");
}

function renderFile(template: string, parts: FileNameParts, values: Values, bytes: number): string {
  const original = originalName(parts);
  const ending = endingOf(original);
  const used = placeholdersOf(template);
  // With {ext} in the template, {name} is the name before it, or the ending would stand there twice.
  const name = used.includes("ext") ? original.slice(0, original.length - ending.length) : original;
  const filled = fill(template, { ...values, name, ext: ending.slice(1) }, values);
  const whole = used.includes("name") || used.includes("ext") ? filled : filled + ending;
  const safe = withoutPart(safeName(whole, bytes, ending));
  return safe === "" ? safeName(namelessName(parts), bytes, ending) : safe;
}

type Values = Record<Placeholder, string>;

/** Each value is made safe by itself first, so that no value can add a step to the path or leave one. */
function fill(template: string, values: Values, fallback: Values): string {
  return template.replace(/\{([a-z_]+)\}/g, (whole, name: string) => {
    const value = name in values ? values[name as Placeholder] : (fallback[name as Placeholder] ?? whole);
    return value.replace(/[/\\]/g, "_");
  });
}

function valuesOf(parts: FileNameParts): Values {
  const iso = Number.isNaN(parts.date.getTime()) ? "1970-01-01T00:00:00.000Z" : parts.date.toISOString();
  // Years beyond 9999 have a sign in front; Telegram has none.
  const [year = "", month = "", day = ""] = iso.slice(-24, -14).split("-");
  return {
    chat: named(parts.chatTitle, `chat_${parts.chatId}`),
    chat_id: String(parts.chatId),
    type: parts.media.round ? "round" : parts.media.type,
    date: `${year}${month}${day}`,
    time: iso.slice(-13, -5).replaceAll(":", ""),
    year,
    month,
    day,
    id: String(parts.messageId),
    name: originalName(parts),
    ext: endingOf(originalName(parts)).slice(1),
    sender: named(parts.senderName ?? "", "unknown"),
    topic: named(parts.topicTitle ?? "", parts.topicId ? `topic_${parts.topicId}` : "no topic"),
    album: parts.albumId ?? String(parts.messageId),
  };
}

/** Long titles are cut here, so that they leave room for the rest of their step. */
function named(text: string, fallback: string): string {
  return safeName(text, 100).replace(/^_+$/, "") || fallback;
}

/** The step is cut as a whole, later. */
const UNCUT = 10_000;

/** The name that came with the file, or one made of its kind and number: "photo_123.jpg". */
function originalName(parts: FileNameParts): string {
  const given = safeName(parts.media.fileName ?? "", UNCUT);
  // A name of nothing but signs that had to be replaced tells nothing.
  return given.replace(/[_.\s]/g, "") === "" ? namelessName(parts) : given;
}

function namelessName({ media, messageId }: FileNameParts): string {
  const kind = media.round ? "round" : media.type === "none" || media.type === "other" ? "file" : media.type;
  return `${kind}_${messageId}.${extensionOfType(media) || "bin"}`;
}

/** ".pdf", ".tar.gz", or "" for a name without an ending. */
function endingOf(name: string): string {
  const extension = extensionOfName(name);
  if (extension === "") return "";
  const packed = /\.tar\.[a-z0-9]{1,4}$/i.exec(name)?.[0];
  return packed ?? `.${extension}`;
}

/** A file that is still being fetched ends in ".part", so a whole one must not. */
function withoutPart(name: string): string {
  return /\.part$/i.test(name) ? `${name}_` : name;
}

/**
 * The path for a message whose own is taken by another one: the message's number is put before the ending. With
 * `chatId`, for chats of the same title, the chat's as well.
 */
export function withSuffix(path: string, messageId: number, chatId?: ChatId): string {
  const cut = path.lastIndexOf("/") + 1;
  const [folder, name] = [path.slice(0, cut), path.slice(cut)];
  const ending = endingOf(name);
  const suffix = chatId === undefined ? `_${messageId}` : `_${messageId}_${Math.abs(chatId)}`;
  const stem = name.slice(0, name.length - ending.length);
  const room = NAME_BYTES - PART_BYTES - byteLength(suffix + ending);
  return `${folder}${safeName(stem, room) || "file"}${suffix}${ending}`;
}
