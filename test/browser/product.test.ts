import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type DemoStage, startStage } from "../../src/cli/demo-stage.ts";
import { DESKTOP, launchBrowser, openPage, PHONE, screenshot } from "../support/browser.ts";
import { removeFolder } from "../support/temp.ts";

const LOOKS = [
  { name: "desktop-light", viewport: DESKTOP, colorScheme: "light" },
  { name: "desktop-dark", viewport: DESKTOP, colorScheme: "dark" },
  { name: "phone-light", viewport: PHONE, colorScheme: "light" },
  { name: "phone-dark", viewport: PHONE, colorScheme: "dark" },
] as const;

let folder: string;
let stage: DemoStage;
let browser: Browser;
/** The same chat, open on four screens at once; the first one is where the owner taps. */
let screens: { name: string; page: Page; faults: string[] }[];
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "telegram-utilities-browser-"));
  [stage, browser] = await Promise.all([startStage({ folder, world: "demo", headless: true }), launchBrowser()]);
  screens = [];
  for (const { name, viewport, colorScheme } of LOOKS) {
    screens.push({ name, ...(await openPage(browser, stage.ready.page, { viewport, colorScheme })) });
  }
  page = screens[0]!.page;
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
  removeFolder(folder);
});

/** Waits until every screen shows it, then keeps what each of them looks like. */
async function seeEverywhere(step: string, find: (page: Page) => Locator): Promise<void> {
  const look = async ({ page, name }: (typeof screens)[number]) => {
    await find(page).last().waitFor({ timeout: 60_000 });
    await screenshot(page, `${step}-${name}`);
  };
  await Promise.all(screens.map(look));
}

const text = (words: RegExp) => (on: Page) => on.locator(".row.in .text", { hasText: words });
const say = async (words: string) => {
  await page.fill("textarea", words);
  await page.keyboard.press("Enter");
};
const tap = (label: RegExp) => page.locator(".row").last().locator(".key", { hasText: label }).first().click();

it("shows a download on the owner's phone from Start to the end, at every size and in both colours", async () => {
  for (const { page, name } of screens) await screenshot(page, `0-welcome-${name}`);
  await page.click(".start");
  await seeEverywhere("1-start", text(/private Telegram assistant/));

  await say("/chats");
  await seeEverywhere("2-chats", text(/chats · sorted by recent/));

  await say("/download");
  await text(/which chat\?/)(page).waitFor();
  await tap(/News/);
  await text(/what\?/)(page).waitFor();
  await tap(/Photos/);
  await seeEverywhere("3-guided-download", text(/News.*what\?/));
  await tap(/Photos/);
  await tap(/Next/);
  await text(/from when\?/)(page).waitFor();
  await tap(/All/);
  await text(/which sizes\?/)(page).waitFor();
  await tap(/Any size/);
  await seeEverywhere("4-summary", text(/About 1,000 files/));

  await tap(/Start/);
  await seeEverywhere("5-card-at-50", text(/50 %/));
  const ended = text(/Job 1 done/);
  await ended(page).waitFor({ timeout: 120_000 });
  await text(/Job 1 · Download.*100 %/s)(page).waitFor({ timeout: 20_000 });
  await seeEverywhere("6-end", ended);

  const card = page.locator(".row.in", { hasText: "Job 1 · Download" }).last();
  await expect.poll(() => card.locator(".meta").last().textContent()).toContain("edited");
  expect(await ended(page).count()).toBe(1);
  for (const { name, faults } of screens) expect({ name, faults }).toEqual({ name, faults: [] });
}, 240_000);
