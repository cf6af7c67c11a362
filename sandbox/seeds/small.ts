import type { LocalWorld } from "../world/world.ts";
import { castWorld, OWNER_ID, SECOND_ID, type SeedOptions } from "./cast.ts";

/** One chat of each kind with few messages: what tests start from. */
export function smallWorld(options: SeedOptions): LocalWorld {
  const { world, builder } = castWorld(options);
  const anna = builder.user(6_000_001, "Anna", { lastName: "Кравченко", username: "anna_k", contact: true }).id;
  const li = builder.user(6_000_002, "伟", { lastName: "李", contact: true }).id;
  const people = [OWNER_ID, anna, li];
  const sizes = { sizeMin: 2_000, sizeMax: 60_000 };
  builder.privateChats(OWNER_ID, [
    { peerId: OWNER_ID, series: { count: 20, ...sizes } },
    { peerId: anna, series: { count: 60, ...sizes, languages: ["en", "uk"] }, unread: 3 },
    { peerId: SECOND_ID, series: { count: 10, ...sizes } },
  ]);
  builder.chat({
    kind: "group",
    title: "Дача 🌻",
    members: people,
    creatorId: OWNER_ID,
    series: { count: 40, ...sizes },
  });
  builder.chat({
    kind: "supergroup",
    title: "Family",
    username: "family",
    members: people,
    creatorId: OWNER_ID,
    series: { count: 120, ...sizes, languages: ["en", "uk", "zh"] },
    unread: 5,
  });
  builder.chat({
    kind: "channel",
    title: "News",
    username: "news",
    members: people,
    series: { count: 60, media: 50, ...sizes, types: { photo: 30, video: 10, document: 10 } },
  });
  builder.chat({
    kind: "channel",
    title: "Outside",
    username: "outside",
    series: { count: 30, ...sizes },
  });
  builder.chat({
    kind: "channel",
    title: "Protected",
    noforwards: true,
    members: people,
    series: { count: 20, ...sizes },
  });
  return world;
}
