import type { Builder } from "../world/builder.ts";
import { openThread } from "../world/delivering.ts";
import { makeMedia } from "../world/make-media.ts";
import type { WorldChat } from "../world/types.ts";
import { OWNER_ID, SECOND_ID } from "./cast.ts";
import type { People } from "./demo-people.ts";

const DAY = 86_400;
const MB = 1_000_000;

/** Channels of all sorts; gives back the one with a thousand files. */
export function channels(builder: Builder, people: People): WorldChat {
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
