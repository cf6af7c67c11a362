import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { Destinations } from "../../../src/userbot/destinations.ts";
import { tempFolder } from "../../support/temp.ts";

const key = (messageId: number, chatId = -100) => ({ chatId, messageId });

function stage() {
  const folder = tempFolder();
  const root = join(folder, "downloads");
  const journal = join(folder, "destinations.jsonl");
  const put = (relative: string) => {
    mkdirSync(dirname(join(root, relative)), { recursive: true });
    writeFileSync(join(root, relative), "somebody's");
  };
  return { root, journal, put, open: () => new Destinations(root, journal) };
}

it("gives two messages of the same name in the same second two paths", async () => {
  const { root, open } = stage();
  const destinations = open();
  const paths = await Promise.all([1, 2, 3].map((id) => destinations.claim(key(id), "News/20240101_000000_a.jpg")));
  expect(paths[0]).toBe(join(root, "News", "20240101_000000_a.jpg"));
  expect(new Set(paths).size).toBe(3);
  expect(paths[1]).toContain("_2.jpg");
});

it("never gives a path on which something lies already, whatever the case of its letters", async () => {
  const { root, open, put } = stage();
  put("a.jpg");
  const destinations = open();
  expect(await destinations.claim(key(7), "a.jpg")).toBe(join(root, "a_7.jpg"));
  await destinations.claim(key(8), "B.jpg");
  expect(await destinations.claim(key(9), "b.JPG")).not.toBe(join(root, "b.JPG"));
});

it("knows after a kill which path was whose, and no more once the row is written", async () => {
  const { open } = stage();
  const before = open();
  const path = await before.claim(key(1), "a.jpg");
  await before.claim(key(2), "b.jpg");
  before.settle(key(2));
  const after = open();
  expect(after.left(key(1))).toBe(path);
  expect(after.left(key(2))).toBeNull();
  expect(await after.claim(key(1), "a.jpg")).toBe(path);
  expect(await after.claim(key(3), "a.jpg")).not.toBe(path);
});

it("reads on past a last line that was cut off", async () => {
  const { journal, open } = stage();
  const path = await open().claim(key(1), "a.jpg");
  appendFileSync(journal, '{"key":"-100:5","pa');
  expect(open().left(key(1))).toBe(path);
});

it("lets no name lead out of the download folder", async () => {
  const { open } = stage();
  await expect(open().claim(key(1), "../../etc/passwd")).rejects.toThrow("leads out of");
});
