import { expect, it, onTestFinished } from "vitest";
import { newId } from "../../src/core/id.ts";
import { copyDatabase } from "../../src/db/copy-database.ts";
import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import { newChatId, newScan, sampleChat, sampleMessage, sampleMessages } from "../contract/db/samples.ts";
import { mysqlDatabase } from "../support/database.ts";
import { tempFolder } from "../support/temp.ts";
import { makePythonToolDatabase } from "./python-tool.ts";

it("copies a file to a server and back without losing a value", async () => {
  const folder = tempFolder();
  const server = await mysqlDatabase();
  onTestFinished(() => server.remove());
  const here = `sqlite:${folder}/here.sqlite`;
  const store = await openStore(here);
  const db = repositoriesOf(store);
  const chatId = newChatId();
  const awkward = sampleMessage({
    chatId,
    messageId: 5000,
    text: "😀 \\ ' \" \n ‮",
    media: { duration: 1.25, size: 9_007_199_254_740_991 },
  });
  await db.chats.record([sampleChat({ chatId, title: "Ünïcode 😀" })]);
  await db.messages.record([...sampleMessages(chatId, 2500), awkward], "Hóst");
  await db.messages.saved(awkward, { path: "/d/😀", bytes: 1, sha256: "ab", hostname: "Hóst", rootId: newId() });
  await db.jobs.add([newScan(), newScan()]);
  await db.settings.remember("Note", { deep: [1, null, "😀"] });
  await db.workers.setDraining("Hóst", true);
  await store.close();

  const there = await copyDatabase(here, server.url, () => {});
  expect(there.find(({ table }) => table === "messages")?.rows).toBe(2501);
  expect(there.map(({ table }) => table)).toEqual(expect.arrayContaining(["jobs", "hosts", "deletions", "settings"]));
  const back = await copyDatabase(server.url, `sqlite:${folder}/back.sqlite`, () => {});
  expect(back).toEqual(there);
  const again = await openStore(`sqlite:${folder}/back.sqlite`);
  expect(await repositoriesOf(again).messages.get(awkward)).toMatchObject({ ...awkward, status: "downloaded" });
  await again.close();
  await expect(copyDatabase(here, server.url, () => {})).rejects.toThrow("Copy into an empty database.");
});

it("copies an adopted database, and says which columns stay behind", async () => {
  const folder = tempFolder();
  const server = await mysqlDatabase();
  onTestFinished(() => server.remove());
  await makePythonToolDatabase(server.url, { hostnames: false, strangeColumns: true, rows: 2000 });
  const copied = await copyDatabase(server.url, `sqlite:${folder}/copy.sqlite`, () => {});
  expect(copied.find(({ table }) => table === "messages")).toMatchObject({
    rows: 2000,
    leftBehind: ["batch_no", "checked_on", "mood"],
  });
  expect(copied.find(({ table }) => table === "download_log")?.rows).toBe(2000);
});
