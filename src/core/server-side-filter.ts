import type { FilterType, MediaFilter } from "./media-filter.ts";

/** The part of a filter that Telegram's servers can apply; whatever they give is still put through `matchesMediaFilter`. */
export interface ServerSideFilter {
  type?: FilterType;
  after?: Date;
  before?: Date;
  /** Only ids below this one. */
  beforeId?: number;
  /** Only ids above this one. */
  afterId?: number;
  topicId?: number;
  commentsOf?: number;
}

/** Kinds for which the servers have a filter of exactly that meaning. */
const SERVER_TYPES: ReadonlySet<FilterType> = new Set<FilterType>([
  "photo",
  "video",
  "audio",
  "voice",
  "round",
  "gif",
  "document",
]);

/**
 * What may be asked of the servers without losing a message. The text is not: they find words by their beginning,
 * this filter anywhere. Two kinds at once have no filter there either.
 */
export function serverSideOf(filter: MediaFilter): ServerSideFilter {
  const [type, ...more] = filter.types ?? [];
  const ids = filter.messageIds?.length ? filter.messageIds : null;
  const lowest = Math.max(filter.minId ?? 0, ids ? ids.reduce((a, b) => Math.min(a, b)) : 0);
  const highest = Math.min(filter.maxId ?? Infinity, ids ? ids.reduce((a, b) => Math.max(a, b)) : Infinity);
  return {
    ...(type && more.length === 0 && SERVER_TYPES.has(type) ? { type } : {}),
    ...(filter.after === undefined ? {} : { after: new Date(filter.after) }),
    ...(filter.before === undefined ? {} : { before: new Date(filter.before) }),
    ...(Number.isFinite(highest) ? { beforeId: highest + 1 } : {}),
    ...(lowest > 0 ? { afterId: lowest - 1 } : {}),
    ...(filter.topicId === undefined ? {} : { topicId: filter.topicId }),
    ...(filter.commentsOf === undefined ? {} : { commentsOf: filter.commentsOf }),
  };
}
