/** Dates and sizes of a filter, set anew by words of the command grammar. */
import type { MediaFilter } from "../../core/media-filter.ts";
import { parseQuery } from "../../core/query.ts";
import type { BotContext } from "../context.ts";

/** Throws UserError where the words are no dates. */
export function withDates(ctx: BotContext, filter: MediaFilter, words: string): MediaFilter {
  const { after: _, before: __, ...rest } = filter;
  if (words === "all") return rest;
  const { filter: typed } = parseQuery(`date:"${words}"`, contextOf(ctx));
  return { ...rest, ...pick(typed, ["after", "before"]) };
}

export function withSize(ctx: BotContext, filter: MediaFilter, words: string): MediaFilter {
  const { minSize: _, maxSize: __, ...rest } = filter;
  if (words === "any") return rest;
  const { filter: typed } = parseQuery(`size:"${words}"`, contextOf(ctx));
  return { ...rest, ...pick(typed, ["minSize", "maxSize"]) };
}

const contextOf = (ctx: BotContext) => ({ now: ctx.voice.now, timeZone: ctx.voice.timeZone });

function pick<Key extends keyof MediaFilter>(filter: MediaFilter, keys: Key[]): Pick<MediaFilter, Key> {
  return Object.fromEntries(keys.filter((key) => filter[key] !== undefined).map((key) => [key, filter[key]])) as Pick<
    MediaFilter,
    Key
  >;
}
