import { describe, expect, it } from "vitest";
import { BOT_ID, SECOND_ID, STRANGER_ID } from "../../../sandbox/seeds/cast.ts";
import type { WorldUpdate } from "../../../sandbox/world/types.ts";
import { emptyWorld } from "../../support/empty-world.ts";

const button = { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] };

describe("a private chat of two accounts", () => {
  it("numbers the same message apart for each, in one sequence per account", () => {
    const { world, owner, anna } = emptyWorld();
    owner.send(anna, { text: "first" });
    const mine = owner.send(BOT_ID, { text: "/start" });
    const bot = world.as(BOT_ID);
    expect(mine.id).toBe(2);
    expect(bot.topMessage(owner.id)).toMatchObject({ id: 1, text: "/start", out: false, peerId: owner.id });
    expect(owner.messages(null, [1, 2, 3]).map((message) => message?.text)).toEqual(["first", "/start", undefined]);
  });

  it("lets no bot write to a person who never pressed Start", () => {
    const { world, owner } = emptyWorld();
    const bot = world.as(BOT_ID);
    expect(() => bot.send(owner.id, { text: "hi" })).toThrow("PEER_ID_INVALID");
    owner.send(BOT_ID, { text: "/start" });
    expect(bot.send(owner.id, { text: "hi" }).out).toBe(true);
    owner.block(BOT_ID, true);
    expect(() => bot.send(owner.id, { text: "hi" })).toThrow("USER_IS_BLOCKED");
  });

  it("deletes for one or for both, and in no other chat", () => {
    const { world, owner, anna } = emptyWorld();
    const second = world.as(SECOND_ID);
    const kept = owner.send(anna, { text: "kept" });
    const one = owner.send(SECOND_ID, { text: "one" });
    const two = owner.send(SECOND_ID, { text: "two" });
    expect(owner.delete(null, [one.id], false)).toMatchObject({ deleted: [one.id], ptsCount: 1 });
    expect(second.history(owner.id, {}).count).toBe(2);
    owner.delete(null, [two.id, 999], true);
    expect(second.history(owner.id, {}).messages.map(({ text }) => text)).toEqual(["one"]);
    expect(owner.history(anna, {}).messages.map(({ id }) => id)).toEqual([kept.id]);
  });

  it("shows the reply by each one's own number", () => {
    const { world, owner, anna } = emptyWorld();
    owner.send(anna, { text: "shifts the owner's numbers" });
    const question = owner.send(BOT_ID, { text: "?" });
    const bot = world.as(BOT_ID);
    bot.send(owner.id, { text: "!", replyTo: { messageId: bot.topMessage(owner.id)?.id ?? 0 } });
    expect(owner.topMessage(BOT_ID)?.replyTo).toEqual({ messageId: question.id });
  });
});

describe("updates", () => {
  it("count each box apart and can be had later", () => {
    const { world, owner } = emptyWorld();
    const seen: WorldUpdate[] = [];
    owner.subscribe((update) => seen.push(update));
    const start = owner.pts();
    owner.send(BOT_ID, { text: "/start" });
    const answer = world.as(BOT_ID).send(owner.id, { text: "hello" });
    world.as(BOT_ID).edit(owner.id, answer.id, { text: "hello again" });
    const later = owner.difference(start);
    expect(later.kind === "updates" && later.updates.map(({ type, pts }) => [type, pts - start])).toEqual([
      ["new-message", 1],
      ["new-message", 2],
      ["edit-message", 3],
    ]);
    expect(seen.map(({ type }) => type)).toEqual(["new-message", "new-message", "edit-message"]);
    expect(owner.difference(owner.pts()).kind).toBe("empty");
  });

  it("of a channel reach its members and count in the channel", () => {
    const { world, builder, owner, ownerId, anna } = emptyWorld();
    const chat = builder.chat({ kind: "channel", title: "C", creatorId: ownerId, members: [SECOND_ID, anna] });
    const before = owner.pts();
    const post = owner.send(chat.id, { text: "post" });
    expect(post).toMatchObject({ fromId: chat.id, out: true });
    const later = world.as(SECOND_ID).channelDifference(chat.id, owner.pts(chat.id) - 1);
    expect(later.kind === "updates" && later.updates[0]).toMatchObject({ type: "new-message", channelId: chat.id });
    expect(owner.pts()).toBe(before);
  });

  it("that are too old say so", () => {
    const { builder, owner, ownerId } = emptyWorld();
    const chat = builder.chat({ kind: "channel", title: "C", creatorId: ownerId, series: { count: 10 } });
    expect(owner.channelDifference(chat.id, 1).kind).toBe("too-long");
  });
});

describe("rights", () => {
  it("keep a member from deleting what others wrote, and nothing of the batch goes", () => {
    const { builder, owner, ownerId, anna } = emptyWorld();
    const chat = builder.chat({ kind: "supergroup", title: "G", creatorId: anna, members: [ownerId] });
    const theirs = builder.message(ownerId, chat.id, { text: "theirs" }, anna);
    const mine = owner.send(chat.id, { text: "mine" }).id;
    expect(() => owner.delete(chat.id, [mine, theirs], true)).toThrow("MESSAGE_DELETE_FORBIDDEN");
    expect(owner.history(chat.id, {}).count).toBe(2);
    expect(owner.delete(chat.id, [mine], true).deleted).toEqual([mine]);
  });

  it("hide private chats from who is not in them and show public ones", () => {
    const { builder, owner, anna } = emptyWorld();
    const secret = builder.chat({ kind: "channel", title: "S", creatorId: anna, series: { count: 3 } });
    const open = builder.chat({ kind: "channel", title: "O", creatorId: anna, username: "open", series: { count: 3 } });
    expect(() => owner.history(secret.id, {})).toThrow("CHANNEL_PRIVATE");
    expect(owner.history(open.id, {}).count).toBe(4);
    expect(owner.dialog(open.id)).toBeNull();
    owner.join(open.id);
    expect(owner.dialog(open.id)?.unread).toBe(0);
  });

  it("refuse forwarding out of a protected chat", () => {
    const { builder, owner, ownerId, anna } = emptyWorld();
    const chat = builder.chat({ kind: "channel", title: "P", creatorId: anna, members: [ownerId], noforwards: true });
    const id = builder.message(ownerId, chat.id, { text: "secret" }, anna);
    expect(() => owner.forward(chat.id, [id], ownerId)).toThrow("CHAT_FORWARDS_RESTRICTED");
  });
});

describe("buttons", () => {
  it("wait for the bot's answer and refuse what is not on them", async () => {
    const { world, owner } = emptyWorld();
    const bot = world.as(BOT_ID);
    owner.send(BOT_ID, { text: "/start" });
    bot.send(owner.id, { text: "card", replyMarkup: button });
    bot.subscribe((update) => {
      if (update.type === "callback-query") bot.answerCallback(update.query.id, { text: `got ${update.query.data}` });
    });
    const card = owner.topMessage(BOT_ID)?.id ?? 0;
    await expect(owner.pressButton(BOT_ID, card, "go")).resolves.toEqual({ text: "got go" });
    await expect(owner.pressButton(BOT_ID, card, "other")).rejects.toThrow("DATA_INVALID");
    expect(() => bot.answerCallback("1", {})).toThrow("QUERY_ID_INVALID");
  });

  it("time out where the bot is silent", async () => {
    const { world, owner } = emptyWorld();
    owner.send(BOT_ID, { text: "/start" });
    world.as(BOT_ID).send(owner.id, { text: "card", replyMarkup: button });
    const card = owner.topMessage(BOT_ID)?.id ?? 0;
    await expect(owner.pressButton(BOT_ID, card, "go", 10)).rejects.toThrow("BOT_RESPONSE_TIMEOUT");
  });
});

describe("editing", () => {
  it("refuses what changes nothing, what is empty and what is another's", () => {
    const { world, owner } = emptyWorld();
    owner.send(BOT_ID, { text: "/start" });
    const bot = world.as(BOT_ID);
    const { id } = bot.send(owner.id, { text: "same", replyMarkup: button });
    expect(() => bot.edit(owner.id, id, { text: "same", replyMarkup: button })).toThrow("MESSAGE_NOT_MODIFIED");
    expect(() => bot.edit(owner.id, id, { text: "" })).toThrow("MESSAGE_EMPTY");
    expect(() => owner.edit(BOT_ID, owner.topMessage(BOT_ID)?.id ?? 0, { text: "x" })).toThrow(
      "MESSAGE_AUTHOR_REQUIRED",
    );
    expect(bot.edit(owner.id, id, { text: "same", replyMarkup: null }).replyMarkup).toBeUndefined();
  });
});

describe("a basic group", () => {
  it("shows who joins later only what comes after", () => {
    const { world, builder, owner, ownerId, anna } = emptyWorld();
    const chat = builder.chat({
      kind: "group",
      title: "G",
      creatorId: ownerId,
      members: [anna],
      series: { count: 20 },
    });
    owner.addMember(chat.id, STRANGER_ID);
    owner.send(chat.id, { text: "welcome" });
    const seen = world.as(STRANGER_ID).history(chat.id, {});
    expect(seen.messages.map(({ text, service }) => service?.type ?? text)).toEqual(["welcome", "chat-add-user"]);
    expect(seen.count).toBe(2);
    expect(owner.history(chat.id, {}).count).toBe(23);
  });
});

describe("a search over all chats", () => {
  it("pages through everything once, newest first", () => {
    const { builder, owner, ownerId, anna } = emptyWorld();
    builder.privateChats(ownerId, [{ peerId: anna, series: { count: 80 } }]);
    builder.chat({ kind: "channel", title: "C", members: [ownerId], series: { count: 120 } });
    const whole = owner.searchGlobal({ text: "", filter: "photos", limit: 1000 });
    const seen: string[] = [];
    let last = whole.messages[0];
    for (let page = 0; last; page++) {
      const offset = page === 0 ? {} : { offsetDate: last.date, offsetPeerId: last.peerId, offsetId: last.id };
      const { messages, count } = owner.searchGlobal({ text: "", filter: "photos", limit: 7, ...offset });
      expect(count).toBe(whole.count);
      seen.push(...messages.map(({ peerId, id }) => `${peerId}:${id}`));
      last = messages.at(-1);
    }
    expect(seen).toEqual(whole.messages.map(({ peerId, id }) => `${peerId}:${id}`));
    expect(seen).toHaveLength(whole.count);
  });
});
