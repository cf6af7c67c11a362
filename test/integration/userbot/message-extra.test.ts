import { expect, it } from "vitest";
import type { Draft } from "../../../sandbox/world/types.ts";
import type { Message } from "../../../src/core/media.ts";
import type { MessageExtra } from "../../../src/core/message-extra.ts";
import { connected, stage } from "./stage.ts";

const ANNA = 6_000_001;
const drafts: { [name: string]: Draft } = {
  plain: { text: "hello" },
  marked: {
    text: "bold link code emoji",
    entities: [
      { type: "bold", offset: 0, length: 4 },
      { type: "text_link", offset: 5, length: 4, url: "https://example.org/" },
      { type: "pre", offset: 10, length: 4, language: "ts" },
      { type: "custom_emoji", offset: 15, length: 5, customEmojiId: "5368324170671202286" },
      { type: "expandable_blockquote", offset: 0, length: 20 },
      { type: "text_mention", offset: 0, length: 4, userId: ANNA },
    ],
  },
  forwarded: { text: "far away", forward: { date: 1_700_000_000, fromId: ANNA } },
  hidden: { text: "from somebody", forward: { date: 1_700_000_001, fromName: "Somebody" } },
  poll: {
    media: {
      kind: "poll",
      id: 77n,
      question: "Tea?",
      answers: [
        { text: "Yes", voters: 3 },
        { text: "No", voters: 1, correct: true },
      ],
      quiz: true,
      multiple: false,
      closed: true,
      anonymous: true,
    },
  },
  place: { media: { kind: "geo", latitude: 50.45, longitude: 30.523, livePeriod: 900 } },
  venue: { media: { kind: "venue", latitude: 1, longitude: 2, title: "Café", address: "Main street 1" } },
  contact: { media: { kind: "contact", phone: "380501234567", firstName: "Ann", lastName: "Lee", userId: ANNA } },
  dice: { media: { kind: "dice", emoji: "🎲", value: 4 } },
  preview: {
    text: "https://example.org/",
    media: { kind: "webpage", url: "https://example.org/", siteName: "Example", title: "A page", description: "About" },
  },
  button: {
    text: "press",
    replyMarkup: {
      inline_keyboard: [
        [
          { text: "Go", url: "https://example.org/" },
          { text: "Call", callback_data: "x:1" },
        ],
      ],
    },
  },
  titled: { service: { type: "chat-edit-title", title: "New name" } },
  joined: { service: { type: "chat-add-user", userIds: [ANNA] } },
  call: { service: { type: "phone-call", duration: 65, reason: "hangup", video: true } },
};

const expected: { [name: string]: Partial<MessageExtra> } = {
  plain: {},
  marked: {
    entities: [
      { type: "bold", offset: 0, length: 4 },
      { type: "text_link", offset: 5, length: 4, url: "https://example.org/" },
      { type: "pre", offset: 10, length: 4, language: "ts" },
      { type: "custom_emoji", offset: 15, length: 5, customEmojiId: "5368324170671202286" },
      { type: "expandable_blockquote", offset: 0, length: 20 },
      { type: "text_mention", offset: 0, length: 4, userId: ANNA },
    ],
  },
  forwarded: { forward: { date: 1_700_000_000, from: { id: ANNA, name: "Anna" } } },
  hidden: { forward: { date: 1_700_000_001, hiddenName: "Somebody" } },
  poll: {
    poll: {
      question: "Tea?",
      answers: [
        { text: "Yes", voters: 3 },
        { text: "No", voters: 1, correct: true },
      ],
      totalVoters: 4,
      closed: true,
      quiz: true,
      multiple: false,
      anonymous: true,
    },
  },
  place: { place: { latitude: 50.45, longitude: 30.523, livePeriod: 900 } },
  venue: { place: { latitude: 1, longitude: 2 }, venue: { title: "Café", address: "Main street 1" } },
  contact: { contact: { phone: "380501234567", firstName: "Ann", lastName: "Lee", userId: ANNA } },
  dice: { dice: { emoji: "🎲", value: 4 } },
  preview: {
    linkPreview: { url: "https://example.org/", siteName: "Example", title: "A page", description: "About" },
  },
  button: {
    buttons: [
      [
        { kind: "url", text: "Go", data: "https://example.org/" },
        { kind: "callback", text: "Call", data: Buffer.from("x:1").toString("base64url") },
      ],
    ],
  },
  titled: { action: { title: "New name" } },
  joined: { action: { users: [{ id: ANNA, name: "Anna" }] } },
  call: { action: { callId: "1", video: true, reason: "hangup", duration: 65 } },
};

it("keeps of each message what its columns have no place for", async () => {
  const ids = new Map<string, number>();
  const on = await stage({
    fill: (builder) => {
      builder.user(ANNA, "Anna");
      const chatId = builder.chat({
        kind: "supergroup",
        title: "Friends",
        username: "friends",
        members: [5_000_001, ANNA],
      }).id;
      for (const [name, draft] of Object.entries(drafts)) ids.set(name, builder.message(5_000_001, chatId, draft));
      ids.set("answer", builder.message(5_000_001, chatId, { text: "yes", replyTo: { messageId: 2, quote: "hel" } }));
    },
  });
  const telegram = await connected(on);
  const chat = (await telegram.findChat("@friends", on.signal))!;
  const found = new Map<number, Message>();
  for await (const page of telegram.history(chat, {}, on.signal))
    for (const message of page) found.set(message.messageId, message);
  const extraOf = (name: string) => found.get(ids.get(name)!)?.extra;
  for (const [name, extra] of Object.entries(expected)) expect({ [name]: extraOf(name) }).toEqual({ [name]: extra });
  expect(extraOf("answer")).toEqual({ quote: "hel" });
  expect(JSON.parse(JSON.stringify([...found.values()].map(({ extra }) => extra)))).toEqual(
    [...found.values()].map(({ extra }) => extra),
  );
});
