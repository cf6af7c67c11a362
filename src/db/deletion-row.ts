/** Between rows of the three tables of deletions and the values of the program. */
import type { Confirmation, Deletion, DeletionItem, DeletionState, ItemState } from "../core/deletion.ts";
import type { RowValues } from "./insert.ts";
import type { DeletionChange } from "./ports/deletions.ts";
import {
  cleanOrNull,
  fromJson,
  numberOrNull,
  textOrNull,
  time,
  timeOrNull,
  toTime,
  toTimeOrNull,
  type Value,
} from "./values.ts";

export type Row = { [column: string]: unknown };

export const deletionOf = (row: Row): Deletion => ({
  id: String(row.id),
  number: Number(row.number),
  chatId: Number(row.chat_id),
  chatTitle: textOrNull(row.chat_title) ?? "",
  filter: fromJson(row.filter) ?? {},
  state: row.state as DeletionState,
  everyone: Boolean(row.for_everyone),
  backup: Boolean(row.backup),
  includeUncopied: Boolean(row.include_uncopied),
  scheduleId: textOrNull(row.schedule_id),
  cap: numberOrNull(row.cap),
  hostname: textOrNull(row.hostname),
  folder: textOrNull(row.folder),
  manifestSha256: textOrNull(row.manifest_sha256),
  summary: fromJson(row.summary),
  ownerChatId: Number(row.owner_chat_id),
  messageId: numberOrNull(row.message_id),
  replyToId: numberOrNull(row.reply_to_id),
  confirmedAt: timeOrNull(row.confirmed_datetime),
  readyAt: timeOrNull(row.ready_datetime),
  endedAt: timeOrNull(row.ended_datetime),
  told: Boolean(row.told),
  error: textOrNull(row.error),
  createdAt: time(row.created_at),
});

export const itemOf = (row: Row): DeletionItem => ({
  messageId: Number(row.message_id),
  state: row.state as ItemState,
  effect: row.effect as DeletionItem["effect"],
  own: Boolean(row.own),
  type: String(row.message_type),
  date: time(row.message_date),
  senderName: textOrNull(row.sender_name),
  fingerprint: String(row.fingerprint),
  reason: textOrNull(row.reason),
  sentAt: timeOrNull(row.sent_datetime),
  copyPath: textOrNull(row.copy_path),
});

export const itemRow = (id: string, item: DeletionItem): RowValues => ({
  deletion_id: id,
  message_id: item.messageId,
  state: item.state,
  effect: item.effect,
  own: item.own ? 1 : 0,
  message_type: item.type,
  message_date: toTime(item.date),
  sender_name: cleanOrNull(item.senderName),
  fingerprint: item.fingerprint,
});

export const confirmationOf = (row: Row): Confirmation & { usedAt: Date | null } => ({
  token: String(row.token),
  deletionId: String(row.deletion_id),
  kind: row.kind as Confirmation["kind"],
  number: Number(row.number),
  typed: Boolean(row.typed),
  ownerId: Number(row.owner_id),
  chatId: Number(row.chat_id),
  messageId: Number(row.message_id),
  createdAt: time(row.created_at),
  expiresAt: time(row.expires_at),
  usedAt: timeOrNull(row.used_at),
});

const flagOf = (value: boolean): Value => (value ? 1 : 0);
const COLUMNS: { [Field in keyof DeletionChange]-?: (value: Deletion[Field]) => [string, Value] } = {
  everyone: (value) => ["for_everyone", flagOf(value)],
  backup: (value) => ["backup", flagOf(value)],
  includeUncopied: (value) => ["include_uncopied", flagOf(value)],
  hostname: (value) => ["hostname", value],
  folder: (value) => ["folder", cleanOrNull(value)],
  manifestSha256: (value) => ["manifest_sha256", value],
  messageId: (value) => ["message_id", value],
  confirmedAt: (value) => ["confirmed_datetime", toTimeOrNull(value)],
  readyAt: (value) => ["ready_datetime", toTimeOrNull(value)],
  endedAt: (value) => ["ended_datetime", toTimeOrNull(value)],
  told: (value) => ["told", flagOf(value)],
  error: (value) => ["error", cleanOrNull(value)],
};

/** `column = ?, …` with its values; empty where nothing changes. */
export function assignments(change: DeletionChange): { set: string; values: Value[] } {
  const pairs: [string, Value][] = [];
  for (const field of Object.keys(change) as (keyof DeletionChange)[]) {
    const value = change[field];
    if (value !== undefined) pairs.push((COLUMNS[field] as (given: unknown) => [string, Value])(value));
  }
  return { set: pairs.map(([column]) => `, ${column} = ?`).join(""), values: pairs.map(([, value]) => value) };
}
