import { intOf, type TlObject } from "../../tl/value.ts";
import {
  type AccountView,
  type HistoryPage,
  type HistoryQuery,
  isChannelId,
  type SearchFilter,
  type WorldMessage,
} from "../../world/types.ts";
import { type Call, refuse } from "../rpc/call.ts";
import { Mentioned } from "../shapes/mentioned.ts";
import { shapeMessage } from "../shapes/messages.ts";

/** A page of messages in the form that the kind of chat has on the wire. */
export function messagesAnswer(
  call: Call,
  view: AccountView,
  peerId: number,
  page: HistoryPage<WorldMessage>,
): TlObject {
  const fields = {
    messages: page.messages.map((message) => shapeMessage(call.world, view, message)),
    ...new Mentioned(call.world, view).add(peerId).addMessages(page.messages).fields(),
  };
  if (isChannelId(peerId)) {
    return {
      _: "messages.channelMessages",
      pts: view.pts(peerId),
      count: page.count,
      offset_id_offset: page.offsetIdOffset > 0 ? page.offsetIdOffset : undefined,
      ...fields,
    };
  }
  // The whole of it is no slice.
  if (page.messages.length >= page.count) return { _: "messages.messages", ...fields };
  return {
    _: "messages.messagesSlice",
    count: page.count,
    offset_id_offset: page.offsetIdOffset > 0 ? page.offsetIdOffset : undefined,
    ...fields,
  };
}

/** The paging fields that history, search and replies share. */
export function pagingOf(request: TlObject, call: Call): HistoryQuery {
  const query: HistoryQuery = {
    offsetId: intOf(request, "offset_id"),
    offsetDate: intOf(request, "offset_date"),
    addOffset: intOf(request, "add_offset"),
    limit: Math.min(100, Math.max(0, intOf(request, "limit"))),
    maxId: intOf(request, "max_id"),
    minId: intOf(request, "min_id"),
  };
  // A range of a takeout narrows the page further.
  if (call.range) {
    const { minId, maxId } = call.range;
    query.minId = Math.max(query.minId ?? 0, minId - 1);
    query.maxId = query.maxId ? Math.min(query.maxId, maxId + 1) : maxId + 1;
  }
  return query;
}

const FILTER_PREFIX = "inputMessagesFilter";

export function filterOf(object: TlObject | undefined): SearchFilter {
  const name = object?._ ?? `${FILTER_PREFIX}Empty`;
  if (!name.startsWith(FILTER_PREFIX)) refuse(400, "INPUT_FILTER_INVALID");
  const bare = name.slice(FILTER_PREFIX.length);
  return `${bare[0]!.toLowerCase()}${bare.slice(1)}` as SearchFilter;
}

/** With limit 0 only the number is asked for. */
export function page(view: AccountView, peerId: number, query: HistoryQuery): HistoryPage<WorldMessage> {
  if (query.limit !== 0) return view.history(peerId, query);
  return { ...view.history(peerId, { ...query, limit: 1 }), messages: [] };
}
