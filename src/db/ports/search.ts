import type { ChatId, StoredMessage } from "../../core/media.ts";
import type { FilterContext, MediaFilter } from "../../core/media-filter.ts";
import type { SearchTerms } from "../../core/search-query.ts";
import type { Page } from "./page.ts";

export interface SearchQuery {
  terms: SearchTerms;
  /** What else must hold; its words are in `terms`. */
  filter: MediaFilter;
  context: FilterContext;
  /** Null for all chats. */
  chatIds: readonly ChatId[] | null;
}
export interface FoundMessages {
  messages: StoredMessage[];
  /** All hits, or with `more` those counted so far. */
  total: number;
  more: boolean;
}
export interface SearchRepository {
  /** Best first, then newest first; of more hits than can be ranked the newest come first. */
  find(query: SearchQuery, page: Page): Promise<FoundMessages>;
  /** Takes in the next so many messages recorded before there was an index; true when none are left. */
  indexNext(count: number): Promise<boolean>;
  isIndexed(): Promise<boolean>;
  /** Of how many chats any message is known. */
  chatsWithMessages(): Promise<number>;
}
