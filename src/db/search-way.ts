/**
 * Two ways lead to the messages with certain words. The full-text index names them at once, but all of them, before the
 * newest are picked: a word in every third of ten million messages takes it half a minute. Walking down from the newest
 * and looking at each is over after a few steps where every third one is a hit, and never where none is. This weighs them.
 */
import type { IndexName, IndexQuery } from "../core/search-index.ts";

/** What the index is asked for; of no names: walk. What else was wanted is looked at in each message. */
export interface Way {
  asked: readonly IndexName[];
}

export interface Costs {
  /** Microseconds for each message that the index names. */
  named: number;
  /** Microseconds for each message that is walked past. */
  passed: number;
}

export interface Odds {
  /** Of so many messages. */
  messages: number;
  /** Of so many in the chats that are asked for. */
  within: number;
  /** One chat's messages can be walked by themselves. */
  isOneChat: boolean;
  /** The share of messages that have this name. */
  shareOf: (name: IndexName) => number;
  /** The share of messages that are hits, as far as words go. */
  shareOfHits: number;
  /** Of the hits, about so many pass the rest of the filter. */
  passing: number;
}

/** A name this rare costs the index nothing worth saving. */
const RARE = 0.0005;

export function cheapestWay({ all }: IndexQuery, odds: Odds, costs: Costs, wanted: number): Way {
  const shares = all.map((name) => ({ name, share: odds.shareOf(name) }));
  const least = Math.min(...shares.map(({ share }) => share));
  const asked = shares.filter(({ share }) => share <= Math.max(RARE, 2 * least));
  const named = asked.reduce((sum, { share }) => sum + share, 0) * odds.messages;
  const within = odds.messages === 0 ? 1 : odds.within / odds.messages;
  const chance = odds.shareOfHits * odds.passing * (odds.isOneChat ? 1 : within);
  const passed = Math.min(odds.isOneChat ? odds.within : odds.messages, chance === 0 ? Infinity : wanted / chance);
  return { asked: passed * costs.passed < named * costs.named ? [] : asked.map(({ name }) => name) };
}
