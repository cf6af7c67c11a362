/** The whole program at the sandbox, by the owner's phone: what the front door promises, with nothing played. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { buttonsOf, type Phone } from "../../support/phone.ts";
import { type Program, startProgram } from "../../support/program.ts";
import { type Sandbox, startSandbox } from "../../support/sandbox.ts";

const PLAIN = /[\u2068\u2069]/g;
let sandbox: Sandbox;
let program: Program;
let phone: Phone;

beforeAll(async () => {
  sandbox = await startSandbox();
  program = await startProgram({ sandbox });
  phone = sandbox.phone;
}, 120_000);
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

/** Types a command and waits for its answer, without the marks around names. */
async function ask(text: string, match: RegExp) {
  const asked = await phone.say(text);
  const answer = await phone.waitFor((message) => match.test(message.text.replace(PLAIN, "")), { after: asked });
  return {
    asked,
    id: answer.id,
    text: answer.text.replace(PLAIN, ""),
    buttons: buttonsOf(answer.replyMarkup).map((b) => b.text.replace(PLAIN, "")),
  };
}

const now = (id: number, match: RegExp) =>
  eventually(
    async () => {
      const message = (await phone.messages()).find((one) => one.id === id);
      return message && match.test(message.text.replace(PLAIN, "")) ? message : null;
    },
    { timeoutMs: 30_000, what: `message ${id} to show ${match}` },
  );

test("/start greets the owner by name and knows the account", async () => {
  const { text, buttons } = await ask("/start", /Hi/);
  expect(text).toMatch(/Hi Alex\./);
  expect(text).toMatch(/Your account: Alex .*\(@alex\)/);
  expect(buttons).toContain("📥 Download");
});

test("/chats lists the account's chats with their kinds", async () => {
  const { text } = await ask("/chats", /💬/);
  expect(text).toMatch(/\d\. News · channel/);
  expect(text).toMatch(/\d\. Saved Messages/);
});

test("a chat's card leads to everything that can be done with it, and deleting says that it is turned off", async () => {
  const { id, asked, text, buttons } = await ask("/chats", /💬/);
  const row = /(\d)\. News · channel/.exec(text)?.[1];
  expect(buttons).toContain(row);
  await phone.press(String(row), { after: asked });
  const card = await now(id, /^News · channel/);
  const labels = buttonsOf(card.replyMarkup).map((b) => b.text);
  expect(labels).toEqual(["📥 Download", "📊 Stats", "🗄 Archive", "🔎 Search", "🗑 Delete", "‹ Chats"]);
  await phone.press("🗑 Delete", { after: asked });
  await phone.waitFor(/Deleting is turned off/, { after: asked });
});

test("the guided download ends as a card in the message it began in, and with one end message", async () => {
  const { id, asked } = await ask("/download", /which chat/);
  await phone.press(/News/, { after: asked });
  await now(id, /what\?/);
  await phone.press("Documents", { after: asked });
  await phone.press("Next ›", { after: asked });
  await now(id, /from when/);
  await phone.press("All", { after: asked });
  await now(id, /which sizes/);
  await phone.press("Any size", { after: asked });
  await now(id, /Free disk/);
  await phone.press("▶️ Start", { after: asked });
  await now(id, /^📥 Job \d+ · Download · News/);
  const end = await phone.waitFor(/^✅ Job/u, { after: asked, timeoutMs: 40_000 });
  expect(end.replyTo).toEqual({ messageId: asked });
  expect(end.silent).toBe(false);
  await now(id, /✅ 100 %/);
});

test("a chat picked in the phone's own list goes on in the same message", async () => {
  const { id, asked } = await ask("/download", /which chat/);
  await phone.press("📱 Pick in Telegram", { after: asked });
  await phone.waitFor(/What kind of chat/, { after: asked });
  const channel = (await sandbox.control.world.chats()).find(({ username }) => username === "news");
  await sandbox.control.phone.share(1, channel?.chatId ?? 0);
  await now(id, /^📥 News · what\?/);
  await phone.press("✖ Cancel", { after: asked });
  await now(id, /Closed/);
});

test("a pasted link and a forwarded message are named and offered", async () => {
  const linked = await ask("https://t.me/news/5", /from News|no file/);
  expect(linked.buttons).toContain("✖ Close");
  const channel = (await sandbox.control.world.chats()).find(({ username }) => username === "news");
  const [file] = await sandbox.control.world.files(channel?.chatId ?? 0, { hashes: false });
  const { messageIds } = await sandbox.control.phone.forward(channel?.chatId ?? 0, [file?.messageId ?? 0]);
  const offer = await phone.waitFor(/from/, { after: messageIds[0] ?? 0 });
  expect(offer.text.replace(PLAIN, "")).toMatch(/^1 .*, .* from News\.$/);
});

test("/jobs, /cancel, /settings, /status and /help answer", async () => {
  expect((await ask("/jobs", /🧾|No jobs/)).buttons).toContain("Finished");
  expect((await ask("/cancel", /Nothing is running|Closed/)).text).toBeTruthy();
  expect((await ask("/settings", /⚙️/)).text).toContain("Milestones: card");
  expect((await ask("/status", /🩺/)).text).toMatch(/Account: Alex/);
  expect((await ask("/help", /Get/)).text).toContain("/download");
});

test("Telegram refused nothing that the bot sent, and nothing failed in its log", async () => {
  const { rpcs } = await sandbox.control.rpcs({ door: "bot-api", limit: 10_000 });
  const refused = rpcs.filter(({ error, method }) => error && !/getUpdates|setMyCommands/i.test(method));
  expect(refused.map(({ method, error }) => `${method}: ${JSON.stringify(error)}`)).toEqual([]);
  expect(program.log().filter(({ level }) => level === "error" || level === "fatal")).toEqual([]);
});
