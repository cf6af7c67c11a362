import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, openPage, PHONE, screenshot } from "../support/browser.ts";
import { type DeleteStage, startDeleteStage } from "../support/delete-stage.ts";
import { allowDeleting } from "../support/deleting.ts";
import { records } from "../support/records.ts";

let stage: DeleteStage;
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [stage, browser] = await Promise.all([startDeleteStage(), launchBrowser()]);
  ({ page, faults } = await openPage(browser, stage.sandbox.ready.page, { viewport: PHONE }));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await stage?.end();
});

const say = async (words: string) => {
  await page.fill("textarea", words);
  await page.keyboard.press("Enter");
};
const see = async (words: RegExp, name: string) => {
  const text = page.locator(".row.in .text", { hasText: words }).last();
  await text.waitFor({ timeout: 60_000 });
  await screenshot(page, `delete-${name}`);
};
const tap = (label: RegExp) => page.locator(".row .key", { hasText: label }).last().click();

it("shows a deletion on the owner's phone from its preview to its report, among the jobs, and by a schedule", async () => {
  const { world } = stage.sandbox.control;
  const then = Math.floor(Date.now() / 1000) - 40 * 86_400;
  const chatId = await world.addChat({ kind: "supergroup", title: "Flea market", username: "flea", ownerIs: "member" });
  await world.addMessages(
    chatId,
    Array.from({ length: 120 }, (_, n) => ({
      text: n % 3 === 0 ? `Selling a lamp, number ${n}` : `Is it still there? ${n}`,
      date: then + n * 3_600,
      ...(n % 3 === 0 ? { from: stage.me } : {}),
      ...(n === 9 ? { media: { type: "photo", size: 9_000, name: "lamp.jpg" } } : {}),
    })),
  );
  await page
    .locator(".start")
    .click({ timeout: 20_000 })
    .catch(() => {});
  await allowDeleting(stage.program, 25);
  await say("/settings");
  await see(/Settings/, "1-settings");
  await tap(/Deleting/);
  await see(/Deleting: on/, "2-deleting");
  await say("/delete @flea");
  await see(/has no undo|Telegram has no undo/i, "3-preview");
  await tap(/sample/);
  await see(/10 of 40/, "4-samples");
  await tap(/Delete my 40/);
  await see(/Type the number 40/, "5-yes");
  await say("40");
  await see(/Deleting 40 messages in 10 s/, "6-countdown");
  await say("/jobs");
  await see(/🗑 Delete/, "7-jobs");
  await see(/✅ Deleted 40 of 40/, "8-report");
  await tap(/Protocol/);
  await see(/what became of each message/, "9-protocol");
  await say("/schedule delete @flea keep 30d cap 30 mondays at 09:30");
  await see(/Type the cap 30/, "10-schedule-new");
  await say("30");
  await see(/Schedule 1 is saved/, "11-schedule-saved");
  await world.addMessages(
    chatId,
    Array.from({ length: 5 }, (_, n) => ({ text: `Sold ${n}`, date: then + n, from: stage.me })),
  );
  await records(stage.program, async (db) => {
    const [schedule] = await db.schedules.list();
    await db.schedules.advance(schedule!.id, schedule!.nextRunAt, new Date(), {});
  });
  await see(/will be deleted at/, "12-notice");
  await tap(/Turn off/);
  await see(/Stopped in time/, "13-halted");
  await say("/schedule");
  await see(/paused/, "14-schedules");
  await say("/restore");
  await see(/Which one shall I post again/, "15-restore");
  expect(faults).toEqual([]);
}, 240_000);
