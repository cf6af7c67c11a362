import { describe, expect, it } from "vitest";
import {
  findTelegramLinks,
  jumpLink,
  looksLikeTelegramLink,
  parseTelegramLink,
  type TelegramLink,
} from "../../../src/core/telegram-link.ts";
import { Random } from "./random.ts";

const news = { kind: "username", username: "news" } as const;
const closed = { kind: "id", chatId: -1001234567890 } as const;
const one = (id: number) => ({ first: id, last: id });
const link = (more: Partial<TelegramLink>): TelegramLink => ({
  chat: news,
  messages: null,
  topicId: null,
  commentId: null,
  threadId: null,
  single: false,
  ...more,
});

describe("parseTelegramLink", () => {
  it.each<[string, TelegramLink]>([
    ["https://t.me/news", link({})],
    ["http://t.me/news/", link({})],
    ["t.me/news", link({})],
    ["www.t.me/news", link({})],
    ["T.ME/news", link({})],
    ["telegram.me/news", link({})],
    ["https://telegram.dog/news/12", link({ messages: one(12) })],
    ["https://news.t.me", link({})],
    ["https://news.t.me/12", link({ messages: one(12) })],
    ["t.me/s/news", link({})],
    ["t.me/s/news/12", link({ messages: one(12) })],
    ["t.me/news?start=abc", link({})],
    ["t.me/news#top", link({})],
    ["https://t.me/news/12", link({ messages: one(12) })],
    ["https://t.me/news/12?single", link({ messages: one(12), single: true })],
    ["https://t.me/news/12?comment=34", link({ messages: one(12), commentId: 34 })],
    ["https://t.me/news/12?thread=34&single", link({ messages: one(12), threadId: 34, single: true })],
    ["https://t.me/news/5/12", link({ messages: one(12), topicId: 5 })],
    ["https://t.me/news/12?topic=5", link({ messages: one(12), topicId: 5 })],
    ["https://t.me/news/100-200", link({ messages: { first: 100, last: 200 } })],
    ["https://t.me/news/200–100", link({ messages: { first: 100, last: 200 } })],
    ["https://t.me/news/5/100-200", link({ messages: { first: 100, last: 200 }, topicId: 5 })],
    ["https://t.me/c/1234567890", link({ chat: closed })],
    ["https://t.me/c/1234567890/45", link({ chat: closed, messages: one(45) })],
    ["https://t.me/c/1234567890/5/45", link({ chat: closed, messages: one(45), topicId: 5 })],
    ["https://t.me/c/-1001234567890/45", link({ chat: closed, messages: one(45) })],
    ["https://t.me/c/123/45", link({ chat: { kind: "id", chatId: -1000000000123 }, messages: one(45) })],
    ["https://t.me/+AbCdEf_123-456xy", link({ chat: { kind: "invite", hash: "AbCdEf_123-456xy" } })],
    ["https://t.me/%2BAbCdEf_123-456xy", link({ chat: { kind: "invite", hash: "AbCdEf_123-456xy" } })],
    ["https://t.me/joinchat/AbCdEf_123-456xy", link({ chat: { kind: "invite", hash: "AbCdEf_123-456xy" } })],
    ["https://t.me/+380501234567", link({ chat: { kind: "phone", phone: "380501234567" } })],
    ["tg://resolve?domain=news", link({})],
    ["tg:resolve?domain=news&post=12", link({ messages: one(12) })],
    ["tg://resolve?domain=news&post=12&comment=3&single", link({ messages: one(12), commentId: 3, single: true })],
    ["tg://resolve?phone=380501234567", link({ chat: { kind: "phone", phone: "380501234567" } })],
    ["tg://privatepost?channel=1234567890&post=45&topic=5", link({ chat: closed, messages: one(45), topicId: 5 })],
    ["tg://join?invite=AbCdEf_123-456xy", link({ chat: { kind: "invite", hash: "AbCdEf_123-456xy" } })],
    ["tg://user?id=777", link({ chat: { kind: "id", chatId: 777 } })],
    ["tg://openmessage?user_id=777&message_id=5", link({ chat: { kind: "id", chatId: 777 }, messages: one(5) })],
    ["(https://t.me/news/12).", link({ messages: one(12) })],
    ["«t.me/news/12»,", link({ messages: one(12) })],
    ["https://t.me/news/12!?", link({ messages: one(12) })],
  ])("reads %s", (text, expected) => {
    expect(parseTelegramLink(text)).toEqual(expected);
  });

  it.each([
    "https://example.org/news/12",
    "https://t.me.evil.org/news",
    "https://evil.org/t.me/news",
    "https://t.me",
    "https://t.me/",
    "https://t.me/addstickers/Cats",
    "https://t.me/proxy?server=x",
    "https://t.me/share/url?url=x",
    "https://t.me/addlist/abc",
    "https://t.me/iv?url=x",
    "https://t.me/1news",
    "https://t.me/ne",
    "https://t.me/news/game",
    "https://t.me/news/s/12",
    "https://t.me/news/0",
    "https://t.me/news/1/2/3",
    "https://t.me/c/abc/1",
    "https://t.me/c",
    "https://t.me/joinchat",
    "tg://settings",
    "tg://resolve?domain=",
    "@news",
    "news",
    "",
    "https://t.me/%",
  ])("finds no chat in %j", (text) => {
    expect(parseTelegramLink(text)).toBeNull();
  });

  it("answers anything at all", () => {
    const random = new Random(5);
    for (let round = 0; round < 1000; round++) {
      const text = `${random.pick(["", "t.me/", "tg://", "https://t.me/c/", "tg:resolve?"])}${random.text(random.int(0, 20))}`;
      const found = parseTelegramLink(text);
      if (found?.messages) expect(found.messages.first).toBeLessThanOrEqual(found.messages.last);
    }
  });
});

it("finds the links in a text, in order", () => {
  const text =
    "See https://t.me/news/12, t.me/c/1234567890/45 and (tg://resolve?domain=news) but not https://x.org/t.me or chat.me/a.";
  expect(findTelegramLinks(text)).toEqual([
    link({ messages: one(12) }),
    link({ chat: closed, messages: one(45) }),
    link({}),
  ]);
});

it("tells links into Telegram from other words", () => {
  expect(["t.me/x", "https://t.me/addlist/a", "tg://x", "abc.t.me"].map(looksLikeTelegramLink)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(["@news", "https://example.org", "at.me", "t.media/x"].map(looksLikeTelegramLink)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

describe("jumpLink", () => {
  const channel = { chatId: -1001234567890, type: "supergroup", username: null } as const;
  it.each<[string | null, Parameters<typeof jumpLink>]>([
    ["https://t.me/news/12", [{ ...channel, username: "news" }, 12]],
    ["https://t.me/c/1234567890/12", [channel, 12]],
    ["https://t.me/c/1234567890/5/12", [channel, 12, { topicId: 5 }]],
    ["https://t.me/c/1234567890/12?comment=34", [{ ...channel, type: "channel" }, 12, { commentId: 34 }]],
    [null, [{ chatId: 7, type: "user", username: "anna" }, 12]],
    [null, [{ chatId: -7, type: "group", username: null }, 12]],
  ])("makes %s", (url, given) => {
    expect(jumpLink(...given)).toBe(url);
  });

  it("makes links that are read as the same message", () => {
    const random = new Random(6);
    for (let round = 0; round < 300; round++) {
      const chat = {
        chatId: -1_000_000_000_000 - random.int(1, 9_999_999_999),
        type: "channel",
        username: null,
      } as const;
      const [messageId, topicId, commentId] = [random.int(1, 2 ** 31 - 1), random.int(1, 99), random.int(1, 99)];
      expect(parseTelegramLink(jumpLink(chat, messageId, { topicId, commentId }) ?? "")).toEqual(
        link({ chat: { kind: "id", chatId: chat.chatId }, messages: one(messageId), topicId, commentId }),
      );
    }
  });
});
