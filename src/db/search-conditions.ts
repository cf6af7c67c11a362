/** What SQL can say of a filter, so that fewer messages need judging; never more than the filter says. */

import type { FilterType, MediaFilter } from "../core/media-filter.ts";
import type { SearchQuery } from "./ports/search.ts";
import { marks } from "./sql.ts";
import { toTime, type Value } from "./values.ts";

/** `main` is the table that chat, number and date are read from; `needsMessage` where the rest needs `m` beside it. */
export function conditionsOf(
  { filter, chatIds }: SearchQuery,
  main: "m." | "s.",
): { where: string[]; values: Value[]; needsMessage: boolean } {
  const where: string[] = [];
  const values: Value[] = [];
  const add = (condition: string, ...bound: Value[]) => {
    where.push(condition);
    values.push(...bound);
  };
  if (chatIds) add(`${main}chat_id IN (${marks(chatIds)})`, ...chatIds);
  if (filter.after)
    add(`${main}message_date >= ?`, toTime(new Date(Math.floor(Date.parse(filter.after) / 1000) * 1000)));
  if (filter.before) add(`${main}message_date <= ?`, toTime(new Date(filter.before)));
  if (filter.minSize !== undefined) add(`m.file_size >= ?`, filter.minSize);
  if (filter.maxSize !== undefined) add(`m.file_size <= ?`, filter.maxSize);
  if (filter.minId !== undefined) add(`${main}message_id >= ?`, filter.minId);
  if (filter.maxId !== undefined) add(`${main}message_id <= ?`, filter.maxId);
  if (filter.messageIds) add(`${main}message_id IN (${marks(filter.messageIds)})`, ...filter.messageIds);
  const media = mediaTypesOf(filter);
  if (media) add(`m.media_type IN (${marks(media)})`, ...media);
  else if (filter.extensions?.length || filter.name?.length) add(`m.media_type <> 'none'`);
  const senders = filter.from?.map(Number) ?? [];
  if (senders.length > 0 && senders.every(Number.isSafeInteger)) add(`m.sender_id IN (${marks(senders)})`, ...senders);
  return { where, values, needsMessage: main === "m." || where.some((condition) => condition.includes("m.")) };
}

/** What the column calls a kind. A round video is a video to it; links, polls and texts are no matter of the column. */
const MEDIA_TYPE_NAMES: Partial<Record<FilterType, string>> = {
  photo: "photo",
  video: "video",
  round: "video",
  audio: "audio",
  voice: "voice",
  gif: "animation",
  sticker: "sticker",
  document: "document",
};

/** Null where a type is no matter of the column alone. */
function mediaTypesOf({ types }: MediaFilter): string[] | null {
  if (!types?.length) return null;
  const names = types.map((type) => MEDIA_TYPE_NAMES[type]);
  return names.every((name) => name !== undefined) ? [...new Set(names)] : null;
}
