import { expect, it } from "vitest";
import { openThread } from "../../../sandbox/world/delivering.ts";
import { makeMedia } from "../../../sandbox/world/make-media.ts";
import type { Chat } from "../../../src/core/media.ts";
import { connected, type Fill, stage } from "./stage.ts";
import { workshop } from "./workshop.ts";

const OWNER = 5_000_001;

it("reads a history to its end where the servers give short pages in its middle", async () => {
  const on = await stage({
    fill(builder) {
      const series = { count: 3_000, media: 0, others: { text: 1 } };
      builder.chat({
        kind: "supergroup",
        title: "Long",
        username: "longgroup",
        members: [OWNER],
        shortPages: true,
        series,
      });
    },
  });
  const telegram = await connected(on);
  const chat = (await telegram.findChat("@longgroup", on.signal))!;
  const sizes: number[] = [];
  for await (const page of telegram.history(chat, {}, on.signal)) sizes.push(page.length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(3_001);
  expect(sizes.slice(0, -1).some((size) => size < 100)).toBe(true);
  expect((await telegram.countMatching(chat, {}, on.signal)).total).toBe(3_001);
}, 120_000);

it("reaches what was said in a group before it became a supergroup, as a chat of its own", async () => {
  const on = await stage({
    fill(builder) {
      const rest = { creatorId: OWNER, members: [OWNER, 6_000_001] };
      const old = builder.chat({ kind: "group", title: "Climbers", ...rest, series: { count: 12, media: 4 } });
      const next = { kind: "supergroup", title: "Climbers", migratedFrom: old.id } as const;
      old.migratedTo = builder.chat({ ...next, ...rest, series: { count: 5 } }).id;
      old.deactivated = true;
    },
  });
  const telegram = await connected(on);
  const listed: Chat[] = [];
  for await (const page of telegram.chats(on.signal)) listed.push(...page);
  const both = listed.filter(({ title }) => title === "Climbers");
  expect(both.map(({ type }) => type).sort()).toEqual(["group", "supergroup"]);
  const old = both.find(({ type }) => type === "group")!;
  let said = 0;
  for await (const page of telegram.history(old, {}, on.signal)) said += page.length;
  expect(said).toBeGreaterThanOrEqual(12);
  expect(await telegram.findChat(String(old.chatId), on.signal)).toMatchObject({ title: "Climbers" });
}, 120_000);

it("keeps the messages of private chats apart, which share one numbering", async () => {
  const on = await stage({
    fill(builder) {
      const person = (id: number, name: string) =>
        builder.user(id, name, { contact: true, username: name.toLowerCase() }).id;
      const people = [person(6_000_001, "Anna"), person(6_000_002, "Bertha")];
      builder.privateChats(
        OWNER,
        people.map((peerId) => ({ peerId, series: { count: 30, media: 10 } })),
      );
    },
  });
  const telegram = await connected(on);
  const [anna, bertha] = [await telegram.findChat("@anna", on.signal), await telegram.findChat("@bertha", on.signal)];
  const ids: number[] = [];
  for await (const page of telegram.history(anna!, {}, on.signal)) ids.push(...page.map(({ messageId }) => messageId));
  expect(ids).toHaveLength(30);
  expect(await telegram.messages(anna!, ids, on.signal)).toHaveLength(30);
  expect(await telegram.messages(bertha!, ids, on.signal)).toEqual([]);
}, 120_000);

/** One post with five comments, two of them pictures. */
const discussed: NonNullable<Fill> = (builder) => {
  const { world, base } = builder;
  const group = builder.chat({ kind: "supergroup", title: "Talk", creatorId: OWNER, members: [6_000_001] });
  const channel = builder.chat({
    kind: "channel",
    title: "Posts",
    username: "posts",
    creatorId: OWNER,
    linkedChatId: group.id,
    series: { count: 3, media: 0, others: { text: 1 }, gapEvery: 0 },
  });
  builder.user(6_000_001, "Anna", { username: "anna" });
  group.linkedChatId = channel.id;
  const posts = world.state.historyOf(OWNER, channel.id)!;
  const slot = posts.length - 1;
  openThread(world.state, posts, slot, false);
  const comments = world.state.historyOf(OWNER, group.id)!;
  const rootId = world.state.numberingOf(OWNER, comments)!.idOf(posts.threads.get(slot)!)!;
  for (let n = 0; n < 5; n++) {
    const media =
      n % 2 ? { media: makeMedia(world, { type: "photo", size: 20_000 + n, key: `comment:${n}` }, base) } : {};
    const draft = {
      text: n % 2 ? "" : "nice",
      topicId: rootId,
      replyTo: { messageId: rootId },
      date: base - 60 + n,
      ...media,
    };
    builder.message(OWNER, group.id, draft, 6_000_001);
  }
};

it("downloads the comments of a post, which stand in another chat", async () => {
  const on = await workshop(discussed);
  await on.start();
  const chatId = await on.chatId("posts");
  const { messages } = on.world
    .as(OWNER)
    .history(chatId, { offsetId: 0, offsetDate: 0, addOffset: 0, limit: 1, maxId: 0, minId: 0 });
  const commentsOf = messages[0]!.id;
  const { state, progress } = await on.download(chatId, { commentsOf });
  expect({ state, ...progress }).toMatchObject({ state: "completed", saved: 2, failed: 0, total: 2 });
  const group = (await on.db.chats.list({ text: "Talk" }, { limit: 1, offset: 0 })).chats[0]!;
  expect(await on.db.messages.count({ chatId: group.chatId, status: "downloaded" })).toBe(2);
  const plan = await on.ask("plan", { chatId, filter: { commentsOf, types: ["photo"] } });
  expect(plan.result).toMatchObject({ files: 2, owned: 2, approximate: false });
}, 120_000);

it("finds chats and messages from links of all kinds, titles and ids", async () => {
  const on = await workshop((builder) => {
    discussed(builder);
    builder.chat({
      kind: "supergroup",
      title: "Neighbours",
      members: [OWNER],
      inviteHash: "Invite01",
      series: { count: 3 },
    });
    builder.chat({ kind: "channel", title: "Elsewhere", username: "elsewhere", series: { count: 3 } });
  });
  await on.start();
  const posts = await on.chatId("posts");
  const inner = String(-posts - 1_000_000_000_000);
  const resolved = async (query: string) => (await on.ask("resolve", { query })).result;
  const whole = (chatId: number) => ({ chatId, messageIds: null, topicId: null, commentsOf: null });
  for (const query of [
    "@posts",
    "https://t.me/posts",
    "t.me/s/posts",
    "tg://resolve?domain=posts",
    String(posts),
    "Posts",
    "pos",
  ])
    expect([query, await resolved(query)]).toEqual([query, whole(posts)]);
  expect(await resolved(`https://t.me/c/${inner}/2`)).toEqual({ ...whole(posts), messageIds: [2] });
  expect(await resolved("https://t.me/posts/2?single")).toEqual({ ...whole(posts), messageIds: [2] });
  expect(await resolved("t.me/posts/1-3")).toEqual({ ...whole(posts), messageIds: [1, 2, 3] });
  const commented = await resolved("https://t.me/posts/4?comment=3");
  expect(commented?.chatId).not.toBe(posts);
  expect(commented?.messageIds).toEqual([3]);
  expect((await resolved("https://t.me/+Invite01"))?.chatId).toBeLessThan(0);
  expect((await resolved("https://t.me/elsewhere"))?.chatId).toBeLessThan(0);
  expect(await resolved("me")).toEqual(whole(OWNER));
  for (const query of ["@nobody_here", "https://t.me/+Unknown99", "no such title", "-100999"])
    expect([query, await resolved(query)]).toEqual([query, null]);
}, 120_000);
