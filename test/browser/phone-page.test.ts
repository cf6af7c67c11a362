import { Bot, InlineKeyboard, Keyboard } from "grammy";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startPhonePage } from "../../sandbox/phone/server.ts";
import { BOT, type BotApiWorld, OWNER, STRANGER, startBotApiWorld, TOKEN } from "../support/bot-api-world.ts";
import { launchBrowser, openPage, PHONE } from "../support/browser.ts";

let browser: Browser;
let sandbox: BotApiWorld;
let phone: { url: string; close(): Promise<void> };
let page: Page;
let faults: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  sandbox = await startBotApiWorld();
  phone = await startPhonePage(sandbox.world, { botId: BOT });
  ({ page, faults } = await openPage(browser, phone.url));
});
afterEach(async () => {
  await page.context().close();
  await phone.close();
  await sandbox.close();
  expect(faults).toEqual([]);
});

const say = async (words: string) => {
  await page.fill("textarea", words);
  await page.keyboard.press("Enter");
};
const start = async () => {
  await page.click(".start");
  await page.locator(".row.out").waitFor();
};
const newest = () => page.locator(".row").last();
const send = (text: string, more: Parameters<typeof sandbox.api.sendMessage>[2] = {}) =>
  sandbox.api.sendMessage(OWNER, text, more);

describe("the bot's chat", () => {
  it("begins with Start, or with the word of a deep link", async () => {
    const linked = await openPage(browser, `${phone.url}#start=claim_abc`);
    await linked.page.click(".start");
    await expect.poll(() => sandbox.world.as(BOT).topMessage(OWNER)?.text).toBe("/start claim_abc");
    await linked.page.context().close();
  });

  it("shows what comes from outside as words, never as a page", async () => {
    await start();
    const evil = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
    await send(evil, { reply_markup: new InlineKeyboard().text(evil.slice(0, 60), "x") });
    await page.locator(".row.in .text").waitFor();
    expect(await page.locator(".row.in .text").textContent()).toContain(evil);
    expect(await page.locator(".row img[src='x']").count()).toBe(0);
    expect(await page.title()).not.toBe("owned");
  });

  it("turns on a button until it is answered, then shows the toast or the alert", async () => {
    await start();
    let answer: (() => Promise<unknown>) | undefined;
    const bot = new Bot(TOKEN, { client: { apiRoot: sandbox.url } });
    bot.callbackQuery("slow", (ctx) => {
      answer = () => ctx.answerCallbackQuery("Done it");
    });
    bot.callbackQuery("loud", (ctx) => ctx.answerCallbackQuery({ text: "Read me", show_alert: true }));
    const running = bot.start();
    await send("Choose", { reply_markup: new InlineKeyboard().text("Slow", "slow").text("Loud", "loud") });
    await page.getByRole("button", { name: "Slow" }).click();
    await page.locator(".key.busy").waitFor();
    await expect.poll(() => answer !== undefined).toBe(true);
    await answer!();
    await page.locator(".toast", { hasText: "Done it" }).waitFor();
    expect(await page.locator(".key.busy").count()).toBe(0);
    await page.getByRole("button", { name: "Loud" }).click();
    await page.getByRole("alertdialog").getByText("Read me").waitFor();
    await page.getByRole("button", { name: "OK" }).click();
    await bot.stop();
    await running;
  });

  it("follows edits and deletions, and says that a message was edited or came silently", async () => {
    await start();
    const { message_id } = await send("50 %", { disable_notification: true });
    await newest().locator("[title='Sent without sound']").waitFor();
    await sandbox.api.editMessageText(OWNER, message_id, "75 %");
    await newest().getByText("75 %").waitFor();
    expect(await newest().locator(".meta").textContent()).toContain("edited");
    await sandbox.api.deleteMessage(OWNER, message_id);
    await page.locator(".row.in").waitFor({ state: "detached" });
  });

  it("shows dates in the reader's own zone and words", async () => {
    await start();
    const at = Date.UTC(2026, 0, 15, 12, 5) / 1000;
    const entity = { type: "date_time" as const, offset: 0, length: 5, unix_time: at, date_time_format: "t" as const };
    await send("12:05 UTC", { entities: [entity] });
    await expect.poll(() => newest().locator(".text > time").textContent()).toBe("14:05");
  });

  it("offers the native picker and tells the bot what was picked", async () => {
    const owned = { kind: "channel" as const, creatorId: OWNER };
    const news = sandbox.builder.chat({ ...owned, title: "News", username: "news", series: { count: 3 } });
    sandbox.builder.chat({ ...owned, title: "Music", series: { count: 3 } });
    sandbox.builder.chat({ kind: "supergroup", creatorId: OWNER, title: "Group", series: { count: 3 } });
    await start();
    const keyboard = new Keyboard().requestChat("📢 Channel", 7, { chat_is_channel: true, request_title: true });
    await send("Which?", { reply_markup: keyboard.resized().oneTime() });
    await page.locator(".keyboard .key").click();
    const dialog = page.getByRole("dialog");
    await expect.poll(() => dialog.getByRole("option").count()).toBe(2);
    await page.getByRole("dialog").getByRole("searchbox").fill("new");
    await dialog.getByRole("option").click();
    const updates = () => sandbox.api.getUpdates({ offset: -1 });
    await expect
      .poll(async () => (await updates())[0]?.message?.chat_shared)
      .toEqual({ request_id: 7, chat_id: news.id, title: "News" });
    await expect.poll(() => page.locator(".keyboard").isVisible()).toBe(false);
    await send("Thanks", { reply_markup: { remove_keyboard: true } });
    await newest().getByText("Thanks").waitFor();
    await expect.poll(() => page.getByLabel("Show or hide the bot's keyboard").isVisible()).toBe(false);
  });

  it("lists commands for the slash and the menu, by keyboard alone", async () => {
    await start();
    const commands = [
      { command: "chats", description: "Your chats" },
      { command: "cancel", description: "Stop a job" },
    ];
    await sandbox.api.setMyCommands(commands, { scope: { type: "chat", chat_id: OWNER } });
    await page.locator(".menu-button").waitFor();
    await page.locator("textarea").focus();
    await page.keyboard.type("/ca");
    await expect
      .poll(() => page.locator("#suggestions").getByRole("option").allTextContents())
      .toEqual(["/cancelStop a job"]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => sandbox.world.as(BOT).topMessage(OWNER)?.text).toBe("/cancel");
    await page.locator(".menu-button").click();
    await expect.poll(() => page.locator("#suggestions").getByRole("option").count()).toBe(2);
  });

  it("counts what arrives below while the reader is further up", async () => {
    await start();
    for (let line = 0; line < 12; line++) await send(`line ${line} of 11\n${"long\n".repeat(8)}`);
    await page.locator(".row", { hasText: "line 11 of 11" }).waitFor();
    const log = page.locator("#log");
    await log.evaluate((element) => element.scrollTo(0, 0));
    await page.locator("#jump").waitFor();
    await send("below");
    await expect.poll(() => page.locator("#jump-count").textContent()).toBe("1");
    await page.locator("#jump").click();
    await newest().getByText("below").waitFor();
    await expect.poll(() => page.locator("#jump").isVisible()).toBe(false);
  });

  it("opens the field for an answer that the bot waits for", async () => {
    await start();
    await send("When?", { reply_markup: { force_reply: true, input_field_placeholder: "e.g. 2024-01" } });
    await page.locator(".reply-bar").waitFor();
    expect(await page.locator("textarea").getAttribute("placeholder")).toBe("e.g. 2024-01");
    await say("2024");
    await expect.poll(() => sandbox.world.as(BOT).topMessage(OWNER)?.replyTo).toBeDefined();
    await newest().locator(".quote", { hasText: "When?" }).waitFor();
  });
});

describe("other chats", () => {
  it("are opened to read, forward and hand over a link", async () => {
    const channel = sandbox.builder.chat({ kind: "channel", title: "News", username: "news", creatorId: OWNER });
    await start();
    sandbox.world.as(OWNER).send(channel.id, { text: "the post" });
    await page.locator(".chat-row", { hasText: "News" }).click();
    await newest().getByText("the post").waitFor();
    await newest().hover();
    await newest().getByLabel("More for this message").click();
    await page.getByRole("menuitem", { name: "Forward to the bot" }).click();
    await expect.poll(() => sandbox.world.as(BOT).topMessage(OWNER)?.forward?.fromId).toBe(channel.id);
    await newest().getByText("Forwarded from").waitFor();
    await page.locator(".chat-row", { hasText: "News" }).click();
    await page.getByRole("button", { name: "Send link to the bot" }).click();
    await expect.poll(() => sandbox.world.as(BOT).topMessage(OWNER)?.text).toBe("https://t.me/news");
  });

  it("show every kind of message without a fault", async () => {
    const group = sandbox.builder.chat({
      kind: "supergroup",
      title: "<b>_*[ إختبار",
      creatorId: OWNER,
      members: [STRANGER],
      series: { count: 400 },
    });
    await page.reload();
    await page.waitForSelector("html[data-ready]");
    await page.locator(".chat-row", { hasText: "<b>_*[" }).click();
    await page.locator(".row").first().waitFor();
    for (let times = 0; times < 5; times++) {
      await page.getByRole("button", { name: "Show older messages" }).click();
      await expect.poll(() => page.locator(".row").count()).toBeGreaterThan(60 * (times + 1) - 40);
    }
    expect(sandbox.world.as(OWNER).topMessage(group.id)).not.toBeNull();
    expect(await page.locator("#room-name").textContent()).toBe("<b>_*[ إختبار");
  });

  it("stand in a drawer on a phone", async () => {
    const narrow = await openPage(browser, phone.url, { viewport: PHONE });
    expect(await narrow.page.locator("#chats").isVisible()).toBe(false);
    await narrow.page.getByRole("button", { name: "Show chats" }).click();
    await narrow.page.locator("#chats").waitFor();
    await narrow.page.keyboard.press("Escape");
    await expect.poll(() => narrow.page.locator("#chats").isVisible()).toBe(false);
    const overflow = await narrow.page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(overflow).toBe(0);
    await narrow.page.context().close();
  });
});
