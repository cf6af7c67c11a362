import { describe, expect, it } from "vitest";
import type { IndexName } from "../../../src/core/search-index.ts";
import { cheapestWay, type Odds } from "../../../src/db/search-way.ts";

const COSTS = { named: 4, passed: 4 };
const name = (text: string): IndexName => ({ name: text, prefix: false });
const SHARES: { [name: string]: number } = { common: 0.4, also: 0.2, some: 0.01, rare: 0.000_05 };
const wayTo = (names: string[], over: Partial<Odds> = {}) =>
  cheapestWay(
    { all: names.map(name), none: [] },
    {
      messages: 10_000_000,
      within: 10_000_000,
      isOneChat: false,
      shareOf: (one) => SHARES[one.name]!,
      shareOfHits: names.reduce((share, one) => share * SHARES[one]!, 1),
      passing: 1,
      ...over,
    },
    COSTS,
    1000,
  ).asked.map((one) => one.name);

describe("the way to hits", () => {
  it("walks for words that too many messages have, and asks the index for rare ones", () => {
    expect(wayTo(["common"])).toEqual([]);
    expect(wayTo(["rare"])).toEqual(["rare"]);
    expect(wayTo(["common", "also"])).toEqual([]);
  });

  it("asks the index for the rarest words only", () => {
    expect(wayTo(["common", "rare"])).toEqual(["rare"]);
  });

  it("walks through a small chat rather than naming the hits of all chats", () => {
    expect(wayTo(["some"], { within: 10_000, isOneChat: true })).toEqual([]);
    expect(wayTo(["rare"], { within: 1_000_000, isOneChat: true })).toEqual(["rare"]);
    expect(wayTo(["common"], { within: 1_000_000, isOneChat: true })).toEqual([]);
  });

  it("does not walk past everybody else's messages to those of a few small chats", () => {
    expect(wayTo(["some"], { within: 10_000 })).toEqual(["some"]);
  });
});
