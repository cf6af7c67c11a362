import { describe, expect, it } from "vitest";
import { OWNER_ID } from "../../../sandbox/seeds/cast.ts";
import { demoWorld } from "../../../sandbox/seeds/demo.ts";
import { smallWorld } from "../../../sandbox/seeds/small.ts";
import { type AccountView, fileOf, isUserId, type WorldMessage } from "../../../sandbox/world/types.ts";
import { BASE } from "../../support/empty-world.ts";

const options = { seed: 1, base: BASE, password: null, keyFile: null };

function* everything(view: AccountView, chatId: number): Generator<WorldMessage> {
  for (let offsetId = 0; ; ) {
    const { messages } = view.history(chatId, { offsetId, limit: 100 });
    const last = messages.at(-1);
    if (!last) return;
    yield* messages;
    offsetId = last.id;
  }
}

describe("the demo world", () => {
  const world = demoWorld(options);
  const owner = world.as(OWNER_ID);
  const dialogs = owner.dialogs();

  it("has chats of every kind and about five thousand messages", () => {
    const kinds = new Set(dialogs.map(({ peerId }) => (isUserId(peerId) ? "private" : world.chat(peerId)?.kind)));
    expect(kinds).toEqual(new Set(["private", "group", "supergroup", "channel"]));
    expect(dialogs.length).toBeGreaterThanOrEqual(14);
    const chats = dialogs.map(({ peerId }) => world.chat(peerId));
    expect(chats.some((chat) => chat?.isForum)).toBe(true);
    expect(chats.some((chat) => chat?.noforwards)).toBe(true);
    expect(chats.some((chat) => chat?.linkedChatId)).toBe(true);
    expect(chats.some((chat) => chat?.migratedTo)).toBe(true);
    expect(chats.some((chat) => chat?.title === "<b>_*[")).toBe(true);
    expect(dialogs.some(({ peerId }) => peerId === OWNER_ID)).toBe(true);
    expect(dialogs.filter(({ folderId }) => folderId === 1).length).toBeGreaterThanOrEqual(2);
    const total = dialogs.reduce((sum, { peerId }) => sum + owner.history(peerId, { limit: 1 }).count, 0);
    expect(total).toBeGreaterThan(4500);
    expect(total).toBeLessThan(6000);
  });

  it("has @news with exactly a thousand files of 5 to 300 KB, all different", () => {
    const news = world.findUsername("news")?.peerId ?? 0;
    const files = [...everything(owner, news)].map(({ media }) => fileOf(media)).filter((file) => file !== null);
    expect(files).toHaveLength(1000);
    expect(new Set(files.map(({ id }) => id)).size).toBe(1000);
    expect(Math.min(...files.map(({ size }) => size))).toBeGreaterThanOrEqual(5000);
    expect(Math.max(...files.map(({ size }) => size))).toBeLessThanOrEqual(300_000);
    expect(new Set(files.map(({ dcId }) => dcId))).toEqual(new Set([1, 2]));
  });

  it("holds every kind of media, albums, replies, forwards, reactions and edits", () => {
    const all = dialogs.flatMap(({ peerId }) => [...everything(owner, peerId)]);
    const kinds = new Set(all.map(({ media }) => (media?.kind === "document" ? media.as : media?.kind)));
    for (const kind of ["photo", "video", "document", "audio", "voice", "round", "animation", "sticker", "poll"]) {
      expect(kinds).toContain(kind);
    }
    for (const kind of ["geo", "venue", "contact", "dice", "webpage"]) expect(kinds).toContain(kind);
    for (const field of ["groupedId", "replyTo", "forward", "reactions", "editDate", "service", "topicId"] as const) {
      expect(all.some((message) => message[field] !== undefined)).toBe(true);
    }
    expect(all.some(({ text }) => text.length === 4096)).toBe(true);
  });

  it("finds each file again by its id", () => {
    for (const { peerId } of dialogs) {
      for (const { media } of everything(owner, peerId)) {
        const file = fileOf(media);
        if (file) expect(world.content.get(file.id)).toMatchObject({ id: file.id, seed: file.seed, size: file.size });
      }
    }
  });

  it("has comments below the posts of a channel", () => {
    const channel = world.findUsername("photo_day")?.peerId ?? 0;
    const post = owner.history(channel, { limit: 30 }).messages.find((one) => (one.comments?.count ?? 0) > 2);
    if (!post?.comments) throw new Error("No post has comments.");
    const { discussionId, discussionMessageId, count } = post.comments;
    const thread = owner.history(discussionId, { topicId: discussionMessageId });
    expect(thread.count).toBe(count + 1);
    expect(owner.discussionMessage(channel, post.id)?.forward?.channelPost).toBe(post.id);
  });
});

describe("a seeded world", () => {
  it.each([demoWorld, smallWorld])("is the same for the same seed and another for another", async (make) => {
    const digest = async (seed: number) => {
      const world = make({ ...options, seed });
      const owner = world.as(OWNER_ID);
      const news = world.findUsername("news")?.peerId ?? 0;
      const { messages } = owner.history(news, { limit: 40 });
      const [first] = owner.history(news, { limit: 1, filter: "photos" }).messages;
      const file = fileOf(first?.media);
      const hash = file && (await world.content.sha256(file));
      return JSON.stringify([
        messages.map(({ id, text, date }) => [id, text, date]),
        hash,
        String(owner.accessHash(news)),
      ]);
    };
    expect(await digest(1)).toBe(await digest(1));
    expect(await digest(1)).not.toBe(await digest(2));
  });
});
