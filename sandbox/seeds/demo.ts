import type { Builder } from "../world/builder.ts";
import { openThread } from "../world/delivering.ts";
import { makeMedia } from "../world/make-media.ts";
import type { MessageBody, WorldChat } from "../world/types.ts";
import type { LocalWorld } from "../world/world.ts";
import { castWorld, OWNER_ID, SECOND_ID, type SeedOptions, TELEGRAM_ID } from "./cast.ts";
import { oddNames } from "./odd-names.ts";

/** What a newcomer sees: some twenty chats of all kinds and about five thousand messages. */

const DAY = 86_400;
const MB = 1_000_000;

interface People {
  anna: number;
  li: number;
  moshe: number;
  layla: number;
  oksana: number;
  yuki: number;
  emoji: number;
  gone: number;
  hans: number;
  weather: number;
}

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

function populate(builder: Builder): People {
  let id = 6_000_000;
  const person = (firstName: string, lastName: string, username: string | null = null) =>
    builder.user(++id, firstName, { lastName, username, contact: true }).id;
  return {
    anna: person("Anna", "Кравченко", "anna_k"),
    li: person("伟", "李"),
    moshe: person("משה", "כהן", "moshe_c"),
    layla: person("ليلى", "حداد"),
    oksana: person("Оксана", "Шевченко", "oksana"),
    yuki: person("ゆき", "田中"),
    emoji: person("🦊✨", "", "foxy"),
    hans: person("Hans", "Müller", "hans_m"),
    gone: builder.user(++id, "", { deleted: true, hasPhoto: false }).id,
    weather: builder.user(++id, "Weather", { isBot: true, username: "weather_demo_bot" }).id,
  };
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

function groups(builder: Builder, people: People): void {
  const { anna, oksana, hans, li, emoji, moshe, yuki, layla } = people;
  const family = [OWNER_ID, anna, oksana, hans];
  builder.chat({
    kind: "supergroup",
    title: "Family ❤️",
    username: "family",
    about: "All of us",
    creatorId: OWNER_ID,
    members: family,
    series: { count: 700, sizeMax: 2 * MB, languages: ["en", "uk", "de"], duplicates: 0.04 },
    shortPages: true,
    unread: 12,
  });
  builder.chat({
    kind: "group",
    title: "Дача 🌻",
    creatorId: oksana,
    members: [...family, emoji],
    series: { count: 220, languages: ["ru", "uk"] },
    unread: 4,
  });
  forum(builder, [OWNER_ID, hans, li, yuki, emoji]);
  builder.chat({
    kind: "supergroup",
    title: "<b>_*[",
    creatorId: hans,
    members: [OWNER_ID, hans, moshe],
    series: { count: 60, languages: ["en", "he"], to: builder.base - 6 * DAY },
  });
  builder.chat({
    kind: "supergroup",
    title: "Neighbours",
    inviteHash: "NeighboursInvite01",
    creatorId: hans,
    juniorAdmins: [OWNER_ID],
    members: [layla, anna],
    slowModeSeconds: 10,
    series: { count: 120, languages: ["de", "ar"], to: builder.base - 2 * DAY },
  });
  migrated(builder, [OWNER_ID, hans, yuki]);
}

const general = { id: 1, title: "General", iconColor: 7322096, closed: false, pinned: false, hidden: false };

function forum(builder: Builder, members: readonly number[]): void {
  const createdAt = builder.base - 500 * DAY;
  const titles = ["Electronics ⚡", "3D printing", "Книги", "Treasurer"];
  const colors = [7322096, 16766590, 13338331, 9367192];
  const said = (service: MessageBody["service"]): MessageBody => ({
    fromId: OWNER_ID,
    date: createdAt,
    text: "",
    entities: [],
    ...(service && { service }),
  });
  const topics = titles.map((title, n) => ({
    id: n + 2,
    title,
    iconColor: colors[n] ?? 7322096,
    createdAt,
    creatorId: OWNER_ID,
    closed: n === 3,
    pinned: n === 0,
    hidden: false,
  }));
  builder.chat({
    kind: "supergroup",
    title: "Hackspace",
    username: "hackspace_demo",
    isForum: true,
    topics: [{ ...general, createdAt, creatorId: OWNER_ID }, ...topics],
    creatorId: OWNER_ID,
    members,
    createdAt,
    series: {
      count: 520,
      from: createdAt + 60,
      languages: ["en", "de", "ja"],
      topics: [1, ...topics.map((topic) => topic.id)],
      intro: [
        said({ type: "channel-create", title: "Hackspace" }),
        ...topics.map(({ title, iconColor, id }) => ({
          ...said({ type: "topic-create", title, iconColor }),
          topicId: id,
        })),
      ],
    },
    unread: 7,
  });
}

/** A basic group that went on as a supergroup. */
function migrated(builder: Builder, members: readonly number[]): void {
  const turn = builder.base - 300 * DAY;
  const old = builder.chat({
    kind: "group",
    title: "Climbing club",
    creatorId: OWNER_ID,
    members,
    series: { count: 80, to: turn },
  });
  const next = builder.chat({
    kind: "supergroup",
    title: "Climbing club",
    creatorId: OWNER_ID,
    members,
    migratedFrom: old.id,
    createdAt: turn,
    series: { count: 140, from: turn + 60, to: builder.base - 15 * DAY },
  });
  old.migratedTo = next.id;
  old.deactivated = true;
  builder.message(OWNER_ID, old.id, { service: { type: "chat-migrate-to", chatId: next.id }, date: turn });
}

function channels(builder: Builder, people: People): WorldChat {
  const readers = [OWNER_ID, SECOND_ID, people.anna];
  const news = builder.chat({
    kind: "channel",
    title: "News",
    username: "news",
    about: "What happened, with pictures",
    verified: true,
    members: readers,
    memberCount: 48_213,
    series: {
      count: 1200,
      media: 1000,
      types: { photo: 50, video: 14, document: 22, audio: 6, voice: 4, animation: 4 },
      others: { text: 75, link: 20, poll: 5 },
      sizeMin: 5_000,
      sizeMax: 300_000,
      languages: ["en", "uk", "ru"],
    },
    shortPages: true,
    unread: 37,
  });
  const channel = (
    title: string,
    username: string | null,
    count: number,
    more: Partial<Parameters<Builder["chat"]>[0]> = {},
  ) =>
    builder.chat({
      kind: "channel",
      title,
      username,
      members: readers,
      memberCount: 900 + count,
      series: { count },
      ...more,
    });
  channel("أخبار الطقس", "weather_ar", 90, { series: { count: 90, languages: ["ar"], to: builder.base - DAY } });
  channel("深夜电台 Music", "night_radio", 160, {
    series: { count: 160, media: 150, types: { audio: 1 }, languages: ["zh"], sizeMin: 80_000, sizeMax: 3 * MB },
  });
  channel("Premium courses", null, 60, {
    noforwards: true,
    series: { count: 60, media: 50, to: builder.base - 4 * DAY },
  });
  channel("Old jokes", "old_jokes_demo", 140, { series: { count: 140, to: builder.base - 200 * DAY } });
  channel("Outside world", "outside_world", 250, { members: [people.hans] });
  discussed(builder, readers, people);
  return news;
}

/** A channel with comments under its newest posts. */
function discussed(builder: Builder, readers: readonly number[], people: People): void {
  const { world } = builder;
  const group = builder.chat({
    kind: "supergroup",
    title: "Photo of the day – chat",
    creatorId: OWNER_ID,
    members: [...readers, people.emoji, people.yuki],
  });
  const channel = builder.chat({
    kind: "channel",
    title: "Photo of the day",
    username: "photo_day",
    creatorId: OWNER_ID,
    members: readers,
    signatures: true,
    linkedChatId: group.id,
    series: {
      count: 300,
      media: 270,
      types: { photo: 9, video: 1 },
      languages: ["en", "ja"],
      albums: false,
      sizeMax: 700_000,
    },
  });
  group.linkedChatId = channel.id;
  const posts = world.state.historyOf(OWNER_ID, channel.id);
  const comments = world.state.historyOf(OWNER_ID, group.id);
  if (!posts || !comments) return;
  const writers = [people.anna, people.emoji, people.yuki, OWNER_ID];
  for (let slot = posts.length - 30; slot < posts.length; slot++) {
    openThread(world.state, posts, slot, false);
    const root = posts.threads.get(slot);
    const rootId = root === undefined ? null : (world.state.numberingOf(OWNER_ID, comments)?.idOf(root) ?? null);
    if (rootId === null) continue;
    const date = posts.dateOf(slot);
    for (let n = 0; n < slot % 6; n++) {
      const writer = writers[(slot + n) % writers.length] ?? OWNER_ID;
      const at = date + 120 * (n + 1);
      const media =
        n === 2 ? { media: makeMedia(world, { type: "photo", size: 30_000 + slot, key: `comment:${slot}` }, at) } : {};
      const draft = {
        text: n === 2 ? "" : `Comment ${n + 1}: wonderful light! 📸`,
        topicId: rootId,
        replyTo: { messageId: rootId },
      };
      builder.message(OWNER_ID, group.id, { ...draft, ...media, date: at }, writer);
    }
  }
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
