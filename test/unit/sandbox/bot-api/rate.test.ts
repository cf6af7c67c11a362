import { describe, expect, it } from "vitest";
import { DEFAULT_RATE, RateLimiter } from "../../../../sandbox/bot-api/rate.ts";

describe("the limit of messages in one chat", () => {
  it("lets a burst of twenty pass and refuses the next with the time to wait", () => {
    const rate = new RateLimiter(DEFAULT_RATE);
    for (let sent = 0; sent < 20; sent++) rate.spend(1, 1, 0);
    expect(() => rate.spend(1, 1, 100)).toThrow("Too Many Requests: retry after 5");
    expect(() => rate.spend(2, 1, 100)).not.toThrow();
  });

  it("stays closed until the wait is over, then opens", () => {
    const rate = new RateLimiter([{ max: 1, seconds: 10 }]);
    rate.spend(1, 1, 0);
    expect(() => rate.spend(1, 1, 1000)).toThrow("retry after 10");
    expect(() => rate.spend(1, 1, 10_500)).toThrow("retry after 1");
    expect(() => rate.spend(1, 1, 11_000)).not.toThrow();
  });

  it("never refuses one message a second for a minute", () => {
    const rate = new RateLimiter(DEFAULT_RATE);
    for (let second = 0; second < 120; second++) rate.spend(1, 1, second * 1000);
  });

  it("counts every part of an album", () => {
    const rate = new RateLimiter([{ max: 10, seconds: 5 }]);
    rate.spend(1, 8, 0);
    expect(() => rate.spend(1, 3, 0)).toThrow("Too Many Requests");
  });
});
