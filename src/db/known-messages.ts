/** Of messages to be recorded: what the table knows already of what the sums count. */
import { extensionOf } from "../core/file-type.ts";
import type { Message, MessageKey } from "../core/media.ts";
import { isPlain } from "./new-sums.ts";
import { isOneOf } from "./search-writer.ts";
import type { Sql } from "./sql.ts";
import { cleanOrNull, time } from "./values.ts";

const AT_ONCE = 1000;

export interface KnownRow {
  chat_id: unknown;
  message_id: unknown;
  message_date: unknown;
  sender_id: number | null;
  sender_name: string | null;
  service: string | null;
  media_type: string;
  round: unknown;
  extension: string | null;
  file_size: number | null;
  gone_at: unknown;
  has_text: unknown;
}

export const nameOf = ({ chatId, messageId }: MessageKey): string => `${chatId}:${messageId}`;

/** By their names; absent is what the table does not know. */
export async function knownMessages(sql: Sql, keys: readonly MessageKey[]): Promise<Map<string, KnownRow>> {
  const known = new Map<string, KnownRow>();
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const { where, values } = isOneOf(sql, keys.slice(from, from + AT_ONCE));
    const rows = await sql.all<KnownRow>(
      `SELECT chat_id, message_id, message_date, sender_id, sender_name, service, media_type, round, extension, file_size,
        gone_at, message_text <> '' AS has_text FROM messages WHERE ${where}`,
      values,
    );
    for (const row of rows) known.set(`${row.chat_id}:${row.message_id}`, row);
  }
  return known;
}

/** Whether the sums may change with it. Where in doubt they are counted before and after. */
export function countsOtherwise(row: KnownRow | undefined, message: Message): boolean {
  if (row === undefined || !isPlain(message)) return true;
  const { media } = message;
  return (
    row.gone_at !== null ||
    time(row.message_date).getTime() !== message.date.getTime() ||
    row.sender_id !== message.senderId ||
    (message.senderName !== null && row.sender_name !== cleanOrNull(message.senderName)) ||
    row.service !== message.service ||
    row.media_type !== media.type ||
    Boolean(row.round) !== media.round ||
    row.extension !== extensionOf(media) ||
    row.file_size !== media.size ||
    Boolean(row.has_text) !== (message.text !== "")
  );
}
