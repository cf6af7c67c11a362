/** What is typed beside or after a question: it is its answer, or taken like any other words, never met by silence. */
import { expect, test } from "vitest";
import { OWN_CHAT } from "../../../src/core/own-chat.ts";
import { eventually } from "../../support/eventually.ts";
import type { Shown } from "./bot-api.ts";
import { chat, stage } from "./stage.ts";

const labels = (message: Shown) => message.keyboard.flat().map(({ text }) => text.replace(/[⁨⁩]/g, ""));
const plain = (message: Shown) => message.text.replace(/[⁨⁩]/g, "");
/** As grammY's getMe answers here. */
const BOT_ID = 1;

test("words beside a question that only buttons answer are offered to the search", async () => {
  const { api } = await stage();
  api.say("/archive @news");
  await api.waitFor(/JSON, CSV or HTML\?/);
  api.say("invoice");
  expect(plain(await api.waitFor(/invoice/))).toBe("Search your chats for “invoice”?");
});

test("words after a pasted link do not narrow down its one message", async () => {
  const { api, worker } = await stage();
  worker.resolve = () => ({ chatId: -1001, messageIds: [123], topicId: null, commentsOf: null });
  worker.plan = () => ({ files: 0, bytes: 0, byType: [] });
  api.say("https://t.me/news/123");
  await api.waitFor(/There is no file in that message/);
  api.say("hello");
  expect(plain(await api.waitFor(/hello/))).toBe("Search your chats for “hello”?");
});

test("words answer a question for as long as it is open", async () => {
  const { api } = await stage();
  api.say("/settings");
  await api.press("🌍 Time zone", await api.waitFor(/Settings/));
  await api.waitFor(/Tap one, or send me your city/);
  api.say("Kyiv");
  await api.waitFor(/Europe\/Kyiv/);
  api.say("Kyiv");
  expect(plain(await api.waitFor(/Search your chats/))).toBe("Search your chats for “Kyiv”?");
});

test("a search for nothing but signs says what it looks for", async () => {
  const { api } = await stage();
  for (const words of ["-", "*"]) {
    const before = api.all().at(-1)?.id ?? 0;
    api.say(`/search ${words}`);
    await api.waitFor(/I look for words and numbers/, before);
  }
});

test("the link that claims the bot claims nothing a second time, and says nothing of the kind", async () => {
  const { api } = await stage();
  api.say("/start claim_AAAAAAAAAAAAAAAAAAAAAA");
  const welcome = await api.waitFor(/Hi/);
  expect(welcome.text).not.toContain("yours now");
});

test("the chat with the bot is a chat, but none to fetch from, to scan or to archive", async () => {
  const { api, db } = await stage();
  await db.chats.record([chat(BOT_ID, "My bot", "user", "test_bot", { isBot: true })]);
  api.say("/chats");
  expect(plain(await api.waitFor(/💬 3 chats/))).toContain("My bot · bot");
  for (const [command, asked] of [
    ["/download", /which chat\?/],
    ["/scan", /which chats\?/],
    ["/archive", /Which chat shall I archive/],
  ] as const) {
    api.say(command);
    const question = await api.waitFor(asked);
    expect(labels(question)).toContain("News");
    expect(labels(question)).not.toContain("My bot");
  }
  await eventually(async () => (await db.settings.recall(OWN_CHAT)) === BOT_ID);
});

test("a question that only buttons answer is closed by /cancel", async () => {
  const { api } = await stage();
  api.say("/scan");
  const question = await api.waitFor(/which chats\?/);
  api.say("/cancel");
  await api.waitFor(/Closed\. Nothing started/, question.id);
  await eventually(() => question.text.includes("Closed"));
});

test("a group and what it was before it became a supergroup can be told apart", async () => {
  const { api, db } = await stage();
  const [before, now] = [new Date("2024-05-03T10:00:00Z"), new Date("2026-11-07T10:00:00Z")];
  await db.chats.record([
    chat(-77, "Climbing club", "group", null, { lastMessageAt: before }),
    chat(-1_001_500_000_077, "Climbing club", "supergroup", null, { lastMessageAt: now }),
  ]);
  api.say("/download Climbing club");
  expect(
    plain(await api.waitFor(/Several chats match/))
      .split("\n")
      .slice(1),
  ).toEqual([
    "1. Climbing club · group · last message 7 Nov 2026",
    "2. Climbing club · group · from before it was a supergroup · last message 3 May 2024",
  ]);
});
