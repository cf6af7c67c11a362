/** One search, kept so that its buttons find it again. */
import type { ChatId } from "../../core/media.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import { readTerms, type SearchTerms } from "../../core/search-query.ts";
import type { FoundMessages, SearchQuery } from "../../db/db.ts";
import type { BotContext } from "../context.ts";
import { openDraft } from "../dialogue.ts";
import { needDatabase } from "../needs-database.ts";

/** A search that was made, and one whose words are still asked for. */
export const SEARCH = "search";
export const ASK = "search-ask";

export const PER_PAGE = 5;

export interface SearchDraft {
  chatId: ChatId | null;
  filter: MediaFilter;
}
export interface Search extends SearchDraft {
  id: string;
}

export async function keepSearch(ctx: BotContext, search: SearchDraft): Promise<Search> {
  const { chatId, filter } = search;
  return { id: (await openDraft(ctx, SEARCH, { chatId, filter })).id, chatId, filter };
}

export async function loadSearch(ctx: BotContext, id: string): Promise<Search | null> {
  const draft = await ctx.services.db.drafts.get(id);
  if (draft?.kind !== SEARCH) return null;
  const { chatId, filter } = draft.data as SearchDraft;
  return { id, chatId, filter };
}

export const termsOf = ({ filter }: SearchDraft): SearchTerms => readTerms(filter.text, filter.notText);

/** The filter without the words, which are judged by other rules here. */
export function withoutWords({ text: _text, notText: _notText, ...rest }: MediaFilter): MediaFilter {
  return rest;
}

export async function results(
  ctx: BotContext,
  search: SearchDraft,
  page: { limit: number; offset: number },
): Promise<FoundMessages> {
  const { db } = ctx.services;
  await needDatabase(ctx, ctx.voice.t.search.away);
  const query: SearchQuery = {
    terms: termsOf(search),
    filter: await withKnownSenders(ctx, withoutWords(search.filter)),
    context: { selfId: (await db.chats.self())?.chatId ?? null },
    chatIds: search.chatId === null ? null : [search.chatId],
  };
  return db.search.find(query, page);
}

/** @names become ids, as messages carry only these. One that nobody has stays, and fits nobody. */
async function withKnownSenders(ctx: BotContext, filter: MediaFilter): Promise<MediaFilter> {
  const ids = async (senders: readonly string[]) =>
    Promise.all(
      senders.map(async (sender) => {
        if (!sender.startsWith("@")) return sender;
        const chat = await ctx.services.db.chats.byUsername(sender.slice(1));
        return chat ? String(chat.chatId) : sender;
      }),
    );
  return {
    ...filter,
    ...(filter.from ? { from: await ids(filter.from) } : {}),
    ...(filter.notFrom ? { notFrom: await ids(filter.notFrom) } : {}),
  };
}
