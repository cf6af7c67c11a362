import type { Builder } from "../world/builder.ts";
import type { MessageBody } from "../world/types.ts";
import { OWNER_ID } from "./cast.ts";
import type { People } from "./demo-people.ts";

const DAY = 86_400;
const MB = 1_000_000;

/** Basic groups, supergroups, a forum, and a group that migrated. */
export function groups(builder: Builder, people: People): void {
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
