/** /scan and /stats through the phone: every number is the world's own. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { buttonsOf } from "../support/phone.ts";
import { type Program, startProgram } from "../support/program.ts";
import { records } from "../support/records.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

const PLAIN = /[\u2068\u2069]/g;
const END = /^(✅|❌) Job/u;
let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
  sandbox = await startSandbox();
  program = await startProgram({ sandbox });
}, 60_000);
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

async function ask(text: string, match: RegExp) {
  const asked = await sandbox.phone.say(text);
  const answer = await sandbox.phone.waitFor(match, { after: asked, timeoutMs: 60_000 });
  return { asked, text: answer.text.replace(PLAIN, "") };
}

/** The chat's messages as the world has them. */
async function world(username: string) {
  const chat = (await sandbox.control.world.chats()).find((one) => one.username === username);
  const chatId = chat?.chatId ?? 0;
  // Some of the newest, and how many there are.
  const { messages, count } = await sandbox.control.world.messages(chatId);
  return { chatId, messages, count, files: await sandbox.control.world.files(chatId, { hashes: false }) };
}

test("a chat that was never scanned says so, and is counted at a press", async () => {
  const { asked, text } = await ask("/stats family", /not indexed/);
  expect(text).toBe("I have not indexed Family yet.");
  const offer = await sandbox.phone.waitFor(/not indexed/, { after: asked });
  expect(buttonsOf(offer.replyMarkup).map((button) => button.text)).toContain("Count now (~1 min)");
  await sandbox.phone.press("Count now", { after: asked });
  const end = await sandbox.phone.waitFor(END, { after: asked, timeoutMs: 60_000 });
  expect(end.text.replace(PLAIN, "")).toMatch(/^✅ Job 1 done · Family\n121 messages looked at/);
});

test("messages, media, bytes and senders are the world's", async () => {
  const { chatId, count, files } = await world("family");
  const { text } = await ask("/stats family", /📊/);
  expect(text).toContain(`${count} messages · ${files.length} media`);
  await records(program, async (db) => {
    const kinds = await db.statistics.kinds(chatId);
    const sum = (name: "messages" | "files" | "bytes") => kinds.reduce((total, one) => total + one[name], 0);
    expect([sum("messages"), sum("files"), sum("bytes")]).toEqual([
      count,
      files.length,
      files.reduce((total, { size }) => total + size, 0),
    ]);
    const { entries } = await db.actionLog.list({ chatId }, { limit: 9, offset: 0 });
    expect(entries.map(({ type, status }) => `${type} ${status}`)).toEqual(
      expect.arrayContaining(["scan completed", "analyze completed"]),
    );
  });
});

test("a second scan asks for what is new; a full one finds what is edited and gone, and statistics follow", async () => {
  const { chatId, messages, count } = await world("family");
  await sandbox.control.world.addMessages(chatId, [{ text: "one more" }]);
  expect((await ask("/scan family", END)).text).toMatch(/\n1 message looked at in .*\n🆕 1 new/);
  expect((await ask("/scan family", END)).text).toMatch(/\nNothing new/);
  const texts = messages.filter(({ text, media }) => text && !media).map(({ id }) => id);
  const [edited = 0, ...gone] = texts.slice(0, 3);
  await sandbox.control.world.editMessage(chatId, edited, "changed");
  await sandbox.control.world.deleteMessages(chatId, gone);
  expect((await ask("/scan family full", END)).text).toMatch(/✏️ 1 edited · 🗑 2 gone from Telegram/);
  const { text } = await ask("/stats family", /📊/);
  expect(text).toContain(`${count + 1 - 2} messages`);
  expect(text).toContain("2 gone from Telegram");
});

test("every side of it turns up in the same message, with a picture and a table", async () => {
  const { asked } = await ask("/stats family", /📊/);
  for (const side of ["By person", "Kinds", "Extensions", "Sizes", "Months", "Hours", "Growth"]) {
    await sandbox.phone.press(side, { after: asked });
  }
  await sandbox.phone.press("📄 CSV", { after: asked });
  await sandbox.phone.waitFor((message) => message.media?.kind === "document", { after: asked });
  const answers = await sandbox.phone.answers(asked);
  expect(answers.filter(({ text }) => text.startsWith("📊"))).toHaveLength(1);
  expect(program.log().filter(({ level }) => level === "error" || level === "fatal")).toEqual([]);
});

test("a topic of a forum is called by its title", async () => {
  const chatId = await sandbox.control.world.addChat({
    kind: "supergroup",
    title: "Club",
    username: "club_forum",
    topics: ["Recipes 家", "Trips"],
  });
  await sandbox.control.world.addMessages(chatId, [
    { text: "soup", topicId: 2 },
    { text: "cake", topicId: 2 },
    { text: "hills", topicId: 3 },
  ]);
  await ask("/scan @club_forum", END);
  const { text } = await ask("/stats @club_forum topic:2", /📊/);
  expect(text).toMatch(/^📊 Club › Recipes 家 · /u);
});
