import { tooManyRequests } from "./refusal.ts";

/** At most `max` messages and edits of one chat within `seconds`. */
export type RateRule = { max: number; seconds: number };

/** Generous to a bot that behaves, final for one that edits in a storm. Telegram publishes no exact numbers. */
export const DEFAULT_RATE: RateRule[] = [
  { max: 20, seconds: 5 },
  { max: 90, seconds: 60 },
];

/** Counts what a bot sends to each chat, and refuses what is too much with the time to wait. */
export class RateLimiter {
  private readonly rules: readonly RateRule[];
  private readonly sent = new Map<number, number[]>();
  private readonly blockedUntil = new Map<number, number>();

  constructor(rules: readonly RateRule[]) {
    this.rules = rules;
  }

  /** Books `amount` messages for a chat; a chat once refused stays refused until the wait is over. */
  spend(chatId: number, amount: number, nowMs: number): void {
    const blocked = this.blockedUntil.get(chatId) ?? 0;
    if (nowMs < blocked) throw tooManyRequests(Math.ceil((blocked - nowMs) / 1000));
    const longest = Math.max(0, ...this.rules.map((rule) => rule.seconds));
    const times = (this.sent.get(chatId) ?? []).filter((at) => at > nowMs - longest * 1000);
    for (const rule of this.rules) {
      const recent = times.filter((at) => at > nowMs - rule.seconds * 1000);
      if (recent.length + amount <= rule.max) continue;
      const wait = Math.max(3, rule.seconds);
      this.blockedUntil.set(chatId, nowMs + wait * 1000);
      throw tooManyRequests(wait);
    }
    for (let index = 0; index < amount; index++) times.push(nowMs);
    this.sent.set(chatId, times);
  }
}
