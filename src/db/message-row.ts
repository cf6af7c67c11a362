import { extensionOf } from "../core/file-type.ts";
import { MEDIA_TYPES, type MediaType, type Message, type MessageStatus, type StoredMessage } from "../core/media.ts";
import type { MessageExtra } from "../core/message-extra.ts";
import type { RowValues } from "./insert.ts";
import {
  clean,
  cleanOrNull,
  fromJson,
  numberOrNull,
  oneOf,
  textOrNull,
  time,
  timeOrNull,
  toJson,
  toTime,
  toTimeOrNull,
} from "./values.ts";

/** A row of `messages`. */
export type MessageRow = { [column: string]: unknown };

/** What Telegram says of a message; what the owner's machines did with it stands in other columns. */
export const toRow = (message: Message): RowValues => ({
  chat_id: message.chatId,
  message_id: message.messageId,
  message_date: toTime(message.date),
  edited_datetime: toTimeOrNull(message.editedAt),
  sender_id: message.senderId,
  sender_name: cleanOrNull(message.senderName),
  outgoing: message.outgoing ? 1 : 0,
  message_text: clean(message.text),
  album_id: message.albumId,
  topic_id: message.topicId,
  reply_to_id: message.replyToId,
  service: message.service,
  media_type: oneOf(MEDIA_TYPES, message.media.type, "media type"),
  round: message.media.round ? 1 : 0,
  file_name: cleanOrNull(message.media.fileName),
  mime_type: cut(message.media.mimeType, 255),
  file_size: message.media.size,
  file_key: message.media.fileKey,
  dc_id: message.media.dcId,
  extension: extensionOf(message.media),
  duration: message.media.duration,
  width: message.media.width,
  height: message.media.height,
  restricted: message.media.restricted ? 1 : 0,
  extra: toJson(message.extra),
});

export const fromRow = (row: MessageRow): StoredMessage => ({
  chatId: Number(row.chat_id),
  messageId: Number(row.message_id),
  date: time(row.message_date),
  editedAt: timeOrNull(row.edited_datetime),
  senderId: numberOrNull(row.sender_id),
  senderName: textOrNull(row.sender_name),
  outgoing: Boolean(row.outgoing),
  text: textOrNull(row.message_text) ?? "",
  albumId: textOrNull(row.album_id),
  topicId: numberOrNull(row.topic_id),
  replyToId: numberOrNull(row.reply_to_id),
  service: textOrNull(row.service),
  media: {
    type: row.media_type as MediaType,
    round: Boolean(row.round),
    fileName: textOrNull(row.file_name),
    mimeType: textOrNull(row.mime_type),
    size: numberOrNull(row.file_size),
    fileKey: textOrNull(row.file_key),
    dcId: numberOrNull(row.dc_id),
    duration: numberOrNull(row.duration),
    width: numberOrNull(row.width),
    height: numberOrNull(row.height),
    restricted: Boolean(row.restricted),
    ...otherKindOf(row),
  },
  ...extraOf(row.extra),
  status: row.status as MessageStatus,
  retrievedAt: time(row.retrieved_datetime),
  retrievedHostname: textOrNull(row.retrieved_hostname) ?? "",
  downloadHostname: textOrNull(row.download_hostname),
  localFilePath: textOrNull(row.local_file_path),
  sha256: textOrNull(row.sha256),
  rootId: textOrNull(row.root_id),
  ...goneOf(row.gone_at),
});

/** What of a row makes its words. */
export interface TextRow {
  chat_id: unknown;
  message_id: unknown;
  message_date: unknown;
  message_text: unknown;
  file_name: unknown;
  sender_name: unknown;
}
export const fieldsOf = (row: MessageRow | TextRow) => ({
  text: textOrNull(row.message_text) ?? "",
  fileName: textOrNull(row.file_name),
  senderName: textOrNull(row.sender_name),
});

/** Absent while Telegram has it. */
function goneOf(column: unknown): { goneAt?: Date } {
  const goneAt = timeOrNull(column);
  return goneAt === null ? {} : { goneAt };
}

/** Absent where nobody has looked. */
function extraOf(column: unknown): { extra?: MessageExtra } {
  const extra = fromJson<MessageExtra>(column);
  return extra === null ? {} : { extra };
}

/** A poll is a kind of its own for filters; its column says "other". */
function otherKindOf(row: MessageRow): { otherKind?: string } {
  if (row.media_type !== "other") return {};
  const { extra } = extraOf(row.extra);
  const kind = OTHER_KINDS.find((name) => extra?.[name] !== undefined);
  return kind ? { otherKind: kind === "place" ? "geo" : kind } : {};
}
const OTHER_KINDS = ["poll", "contact", "venue", "place", "dice", "game", "invoice", "story", "giveaway"] as const;

const cut = (text: string | null, length: number): string | null =>
  text === null ? null : clean([...text].slice(0, length).join(""));
