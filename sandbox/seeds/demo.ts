import type { Builder } from "../world/builder.ts";
import { makeMedia } from "../world/make-media.ts";
import type { WorldChat } from "../world/types.ts";
import type { LocalWorld } from "../world/world.ts";
import { castWorld, OWNER_ID, SECOND_ID, type SeedOptions, TELEGRAM_ID } from "./cast.ts";
import { channels } from "./demo-channels.ts";
import { groups } from "./demo-groups.ts";
import { type People, populate } from "./demo-people.ts";
import { oddNames } from "./odd-names.ts";

/** What a newcomer sees: some twenty chats of all kinds and about five thousand messages. */

const DAY = 86_400;
const MB = 1_000_000;

export function demoWorld(options: SeedOptions): LocalWorld {
  const { world, builder } = castWorld(options);
  const people = populate(builder);
  privateChats(builder, people);
  groups(builder, people);
  const news = channels(builder, people);
  oddNames(builder, [OWNER_ID, people.anna, people.hans]);
  bigFiles(builder);
  arrange(world, news);
  return world;
}

function privateChats(builder: Builder, people: People): void {
  const sizes = { sizeMin: 3_000, sizeMax: 900_000 };
  builder.privateChats(OWNER_ID, [
    { peerId: OWNER_ID, series: { count: 120, ...sizes, forwardsFrom: [people.anna], duplicates: 0.1 } },
    { peerId: people.anna, series: { count: 420, ...sizes, languages: ["en", "uk"] }, unread: 2 },
    { peerId: people.li, series: { count: 150, ...sizes, languages: ["zh"] }, unread: 1 },
    { peerId: people.moshe, series: { count: 130, ...sizes, languages: ["he"] } },
    { peerId: people.layla, series: { count: 90, ...sizes, languages: ["ar"], to: builder.base - 20 * DAY } },
    { peerId: people.yuki, series: { count: 80, ...sizes, languages: ["ja"], to: builder.base - 9 * DAY } },
    { peerId: people.emoji, series: { count: 60, ...sizes, to: builder.base - 3 * DAY } },
    { peerId: people.gone, series: { count: 30, ...sizes, languages: ["ru"], to: builder.base - 400 * DAY } },
    { peerId: people.weather, series: { count: 40, media: 0, others: { text: 1 }, senders: [people.weather] } },
    { peerId: SECOND_ID, series: { count: 40, ...sizes } },
    { peerId: TELEGRAM_ID, series: { count: 6, media: 0, others: { text: 1 }, senders: [TELEGRAM_ID] } },
  ]);
}

function bigFiles(builder: Builder): void {
  const chat = builder.chat({ kind: "channel", title: "Big files", creatorId: OWNER_ID, members: [OWNER_ID] });
  const files = [
    { name: "lecture.mp4", size: 40 * MB, type: "video" as const, dcId: 2 as const },
    { name: "dataset.zip", size: 300 * MB, type: "document" as const, dcId: 1 as const, mimeType: "application/zip" },
    { name: "backup.bin", size: 4_000 * MB, type: "document" as const, dcId: 2 as const },
  ];
  files.forEach((file, n) => {
    const date = builder.base - (30 - n) * DAY;
    const media = makeMedia(builder.world, { ...file, key: `big:${file.name}` }, date);
    builder.message(OWNER_ID, chat.id, { text: file.name, media, date });
  });
}

function arrange(world: LocalWorld, news: WorldChat): void {
  const owner = world.as(OWNER_ID);
  const byTitle = (title: string) => world.chats().find((chat) => chat.title === title)?.id ?? 0;
  owner.setPinnedDialog(byTitle("Family ❤️"), true);
  owner.setArchived([byTitle("Old jokes"), 6_000_004], true);
  const flags = { contacts: false, nonContacts: false, groups: false, broadcasts: false, bots: false };
  const rest = {
    emoticon: null,
    pinnedIds: [],
    excludeIds: [],
    excludeMuted: false,
    excludeRead: false,
    excludeArchived: true,
  };
  owner.setFolder({
    id: 2,
    title: "Family",
    ...flags,
    ...rest,
    includeIds: [byTitle("Family ❤️"), byTitle("Дача 🌻"), 6_000_001],
  });
  owner.setFolder({ id: 3, title: "News", ...flags, ...rest, broadcasts: true, includeIds: [news.id] });
}
