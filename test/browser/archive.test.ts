/** Archived pages in a browser, from the disk: nothing runs but their own search, everything can be seen and read. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { jpeg, landscape } from "../../sandbox/content/jpeg.ts";
import { type ArchiveSource, writeArchive } from "../../src/archive/index.ts";
import type { StoredMessage } from "../../src/core/media.ts";
import { archiveMessage, archiveOrder, archiveSource, CHAT } from "../support/archive-messages.ts";
import { DESKTOP, launchBrowser, PHONE, screenshot } from "../support/browser.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

const quiet = { signal: new AbortController().signal, onMessages: () => {} };
let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = makeTempFolder();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  removeFolder(folder);
});

async function open(
  path: string,
  options: { phone?: boolean; dark?: boolean } = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: options.phone ? PHONE : DESKTOP,
    colorScheme: options.dark ? "dark" : "light",
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => void (message.type() === "error" && faults.push(message.text())));
  page.on("request", (request) => void (request.url().startsWith("file:") || faults.push(request.url())));
  page.on("dialog", (dialog) => void faults.push(dialog.message()));
  await page.goto(pathToFileURL(path).href);
  return { page, faults };
}

it("runs nothing of what people wrote, and asks nobody for anything", async () => {
  const archive = join(folder, "hostile");
  await writeArchive(archive, archiveOrder("html"), archiveSource(900), quiet);
  for (const file of ["index.html", "2021-11.html", "2021-12.html"]) {
    const { page, faults } = await open(join(archive, file));
    expect(await page.evaluate("window.hurt")).toBeUndefined();
    expect(faults).toEqual([]);
    await page.context().close();
  }
});

it("searches within a page, whatever the accents", async () => {
  const { page, faults } = await open(join(folder, "hostile", "2021-12.html"));
  const all = await page.locator(".m:visible").count();
  await page.fill("#find", "漢字");
  await expect.poll(() => page.textContent("#found")).not.toBe("");
  const shown = await page.locator(".m:visible").count();
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(all);
  expect(await page.textContent("#found")).toBe(`${shown} of ${all}`);
  await page.fill("#find", "");
  await expect.poll(() => page.textContent("#found")).toBe("");
  expect(await page.locator(".m:visible").count()).toBe(all);
  expect(faults).toEqual([]);
  await page.context().close();
});

const HEBREW = [
  "שלום לכולם! מי בא לארוחת ערב ביום שישי?",
  "אני אביא עוגה 🍰 ויין אדום",
  "הפגישה ב-19:30, הכתובת: רחוב הרצל 12 (קומה 3)",
  "קישור: example.org/path?x=1 ותודה!",
  "מצוין, נתראה",
];
const CHINESE = [
  "大家好！周五晚上一起吃饭吗？",
  "我带蛋糕🍰和红酒",
  "晚上七点半见，地址：中山路12号（三楼）",
  "链接在这里：example.org",
  "太好了，到时候见",
];

/** A chat as friends have it: texts, answers, pictures, a poll, a place. */
function friendly(texts: readonly string[], names: readonly string[]): ArchiveSource {
  const message = (index: number): StoredMessage => {
    const base = archiveMessage(index, { plain: true, step: 700_000 });
    const picture = index % 7 === 3;
    return {
      ...base,
      text: picture ? "" : texts[index % texts.length]!,
      senderName: names[index % names.length]!,
      outgoing: index % 3 === 0,
      service: index % 13 === 6 ? "pin_message" : null,
      replyToId: index % 8 === 5 ? base.messageId - 2 : null,
      albumId: index === 3 || index === 10 ? "7" : null,
      media: { ...base.media, type: picture ? "photo" : "none", width: 640, height: 400, fileKey: null },
      extra: {
        ...(index % 5 === 1
          ? {
              reactions: [
                { emoji: "❤️", count: 3 },
                { emoji: "😂", count: 1 },
              ],
            }
          : {}),
        ...(index % 9 === 4
          ? {
              poll: {
                question: texts[0]!,
                answers: texts.slice(1, 4).map((text, at) => ({ text, voters: at + 1 })),
                totalVoters: 6,
                closed: false,
                quiz: false,
                multiple: false,
                anonymous: true,
              },
            }
          : {}),
        ...(index % 11 === 5 ? { forward: { date: 1, from: { id: 7, name: names[0]! } } } : {}),
        ...(index === 2 ? { entities: [{ type: "bold" as const, offset: 0, length: 4 }] } : {}),
      },
    };
  };
  return {
    async *read(_chat, afterId) {
      if (afterId === 0) yield Array.from({ length: 40 }, (_, index) => message(index));
    },
    async place({ messageId, media }, into) {
      if (media.type !== "photo") return null;
      const path = `media/photos/${messageId}_a b#?.jpg`;
      mkdirSync(dirname(join(into, path)), { recursive: true });
      writeFileSync(join(into, path), PICTURE);
      return { path };
    },
  };
}
const PICTURE = jpeg(640, 400, landscape(7));

it.each([
  ["hebrew", "משפחה ❤️", HEBREW, ["אנה", "דוד כהן", "Alex"]],
  ["chinese", "家人群", CHINESE, ["小明", "王小姐", "Alex"]],
])("can be read in %s, on a phone and a desk, by day and by night", async (name, title, texts, names) => {
  const archive = join(folder, name);
  const order = archiveOrder("html", { chats: [{ ...CHAT, title }] });
  await writeArchive(archive, order, friendly(texts, names), quiet);
  for (const phone of [true, false])
    for (const dark of [false, true]) {
      const { page, faults } = await open(join(archive, "2021-12.html"), { phone, dark });
      expect(faults).toEqual([]);
      for (const image of await page.locator("img").all()) {
        await image.scrollIntoViewIfNeeded();
        await expect.poll(() => image.evaluate((one: { naturalWidth: number }) => one.naturalWidth)).toBeGreaterThan(0);
      }
      await page.evaluate("window.scrollTo(0, 0)");
      expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
      expect(await page.evaluate("getComputedStyle(document.querySelector('.text')).direction")).toBe(
        name === "hebrew" ? "rtl" : "ltr",
      );
      // Our own sentences run from left to right, whatever the names in them.
      expect(await page.evaluate("getComputedStyle(document.querySelector('.service')).direction")).toBe("ltr");
      expect(await page.evaluate("getComputedStyle(document.querySelector('.poll span')).direction")).toBe(
        name === "hebrew" ? "rtl" : "ltr",
      );
      const shot = `archive-${name}-${phone ? "phone" : "desktop"}-${dark ? "dark" : "light"}`;
      await screenshot(page, shot, { fullPage: true });
      await page.context().close();
    }
  const { page } = await open(join(archive, "index.html"), { phone: true });
  await screenshot(page, `archive-${name}-index`);
  await page.context().close();
});
