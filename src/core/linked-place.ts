/** Where in its chat a link leads, as part of a filter. */
import type { MediaFilter } from "./media-filter.ts";
import type { Query } from "./query-types.ts";
import type { TelegramLink } from "./telegram-link.ts";

export type Place = Pick<MediaFilter, "topicId" | "commentsOf" | "messageIds" | "minId" | "maxId">;

/** One message needs no topic beside it; a comment is named by its own number and that of its post. */
export function placeOfLink({ messages, topicId, commentId }: TelegramLink): Place {
  const topic = topicId === null ? {} : { topicId };
  if (!messages) return topic;
  if (commentId !== null) return { commentsOf: messages.first, messageIds: [commentId] };
  if (messages.first === messages.last) return { messageIds: [messages.first] };
  return { ...topic, minId: messages.first, maxId: messages.last };
}

/**
 * The filter once Telegram has followed the query's link: an album may have more messages than the link named, and a
 * comment stands in a group of its own, where the number of the post means nothing. What the owner typed stays.
 */
export function followLink({ chat, filter }: Query, found: Place): MediaFilter {
  if (chat?.kind !== "link") return { ...filter, ...found };
  const { topicId, commentsOf, messageIds, minId, maxId, ...rest } = filter;
  const place: Place = { topicId, commentsOf, messageIds, minId, maxId };
  const linked = placeOfLink(chat.link);
  const isTyped = PLACE_FIELDS.some((field) => JSON.stringify(place[field]) !== JSON.stringify(linked[field]));
  const isRange = linked.minId !== undefined;
  return isTyped || isRange ? filter : { ...rest, ...found };
}

const PLACE_FIELDS = ["topicId", "commentsOf", "messageIds", "minId", "maxId"] as const;
