/**
 * How fast the account may ask, all machines together. Telegram publishes no limits, so "steady" is what no account gets
 * for long: it only keeps several machines from adding up. "gentle" stays within what users report to pass unpunished:
 * some thirty history pages at once, then one every three seconds or so.
 */
import type { Settings } from "../core/settings.ts";

export interface Rate {
  perSecond: number;
  /** How many may go out together after a quiet time. */
  burst: number;
}

export type RequestGroup = "parts" | "history" | "sending" | "deleting" | "others";

const RATES: Record<Settings["requestPace"], Record<RequestGroup, Rate>> = {
  steady: {
    parts: { perSecond: 500, burst: 1_000 },
    history: { perSecond: 100, burst: 1_000 },
    sending: { perSecond: 20, burst: 100 },
    deleting: { perSecond: 20, burst: 100 },
    others: { perSecond: 50, burst: 300 },
  },
  gentle: {
    parts: { perSecond: 40, burst: 100 },
    history: { perSecond: 0.5, burst: 30 },
    sending: { perSecond: 0.5, burst: 10 },
    deleting: { perSecond: 1, burst: 10 },
    others: { perSecond: 2, burst: 60 },
  },
};

const GROUPS: readonly [RegExp, RequestGroup][] = [
  [/^upload\./, "parts"],
  [/\.(getHistory|search|searchGlobal|getReplies|getMessages|getSearchCounters)$/, "history"],
  [/\.(sendMessage|sendMedia|sendMultiMedia|forwardMessages|editMessage)$/, "sending"],
  [/\.(deleteMessages|deleteHistory|deleteParticipantHistory)$/, "deleting"],
];

/** `method` is Telegram's own name, such as upload.getFile. */
export const groupOf = (method: string): RequestGroup =>
  GROUPS.find(([pattern]) => pattern.test(method))?.[1] ?? "others";

export const rateOf = (method: string, pace: Settings["requestPace"]): Rate => RATES[pace][groupOf(method)];
