import { describe, expect, it, onTestFinished } from "vitest";
import type { StoredMessage } from "../../../src/core/media.ts";
import { StatisticsTally } from "../../../src/core/statistics-tally.ts";
import { slotOf, zoneSegments } from "../../../src/core/zone-segments.ts";
import { openStore, repositoriesOf } from "../../../src/db/open-store.ts";
import { sampleMessages } from "../../contract/db/samples.ts";
import { seededRandom } from "../../support/random.ts";
import { tempFolder } from "../../support/temp.ts";

const byName = <T extends object>(list: readonly T[]) =>
  list.map((one) => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();

/** Two years of messages, thickest around the hours at which clocks change. */
async function filled() {
  const store = await openStore(`sqlite:${tempFolder()}/statistics.sqlite`);
  onTestFinished(() => store.close());
  const { next, seed } = seededRandom();
  const below = (count: number) => Math.floor(next() * count);
  const changes = [
    "2024-03-31T01:00Z",
    "2024-10-27T01:00Z",
    "2024-04-06T15:00Z",
    "2024-10-05T15:30Z",
    "2024-04-25T22:00Z",
  ];
  const messages = sampleMessages(-1, 900).map((message, n) => ({
    ...message,
    senderId: below(6) + 1,
    senderName: null,
    date: new Date(
      (n % 3 === 0 ? Date.parse("2023-06-01T00:00Z") + below(800 * 1440) * 60_000 : Date.parse(changes[n % 5]!)) +
        below(600) * 60_000 -
        18_000_000,
    ),
    media: { ...message.media, size: below(9) === 0 ? null : below(2_000_000) },
  }));
  const repositories = repositoriesOf(store);
  await repositories.messages.record(messages, "here");
  const stored = await repositories.messages.of(
    -1,
    messages.map(({ messageId }) => messageId),
  );
  return { ...repositories, stored, seed };
}

const tallied = (messages: readonly StoredMessage[], timeZone: string) => {
  const zone = zoneSegments(slotOf(new Date("2020-01-01")), slotOf(new Date("2027-01-01")), timeZone);
  const tally = new StatisticsTally(zone);
  for (const message of messages) tally.add(message);
  return tally.result();
};

describe("statistics from sums", () => {
  it("are those of the messages counted one by one, in zones of whole, half and quarter hours", async () => {
    const { statistics, stored, seed } = await filled();
    for (const zone of [
      "UTC",
      "Europe/Kyiv",
      "Asia/Kolkata",
      "Asia/Kathmandu",
      "Australia/Lord_Howe",
      "Africa/Cairo",
      "America/St_Johns",
    ]) {
      const truth = tallied(stored, zone);
      for (const chatId of [-1, null]) {
        const span = (await statistics.span(chatId))!;
        const segments = zoneSegments(span.from, span.to, zone);
        const what = `${zone}, seed ${seed}`;
        expect(byName(await statistics.days(chatId, segments)), what).toEqual(byName(truth.days));
        expect(byName(await statistics.hours(chatId, segments)), what).toEqual(byName(truth.hours));
      }
    }
  });

  it("tell kinds, senders and sizes to the byte", async () => {
    const { statistics, stored, seed } = await filled();
    const truth = tallied(stored, "UTC");
    for (const chatId of [-1, null]) {
      expect(byName(await statistics.kinds(chatId)), `seed ${seed}`).toEqual(byName(truth.kinds));
      const { count, top } = await statistics.senders(chatId, 100);
      expect([count, byName(top)]).toEqual([truth.senders.count, byName(truth.senders.top)]);
      const sizes = await statistics.sizes(chatId, 10);
      expect(sizes.quantiles).toEqual(truth.sizes.quantiles);
      expect(sizes.average).toBeCloseTo(truth.sizes.average, 6);
      expect(sizes.largest.map(({ bytes }) => bytes)).toEqual(truth.sizes.largest.map(({ bytes }) => bytes));
    }
  });
});
