import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fileOf, type WorldMessage } from "../../../sandbox/world/types.ts";
import { readManifest, verifyArchive } from "../../../src/archive/index.ts";
import type { ArchiveResult, ArchiveWish } from "../../../src/core/tasks.ts";
import { exportFaults } from "../../support/desktop-schema.ts";
import { strictCsv } from "../../support/strict-csv.ts";
import { type Workshop, workshop } from "../userbot/workshop.ts";

const COUNT = 120;

async function filled(): Promise<Workshop> {
  const on = await workshop((builder) => {
    builder.chat({
      kind: "channel",
      title: "News / <b>daily</b>",
      username: "news",
      members: [5_000_001],
      series: { count: COUNT, media: 50, types: { document: 1, photo: 1 }, sizeMin: 1_000, sizeMax: 9_000 },
    });
    builder.chat({
      kind: "channel",
      title: "Closed",
      username: "closed",
      noforwards: true,
      members: [5_000_001],
      series: { count: 5, media: 1 },
    });
  });
  await on.start();
  return on;
}

async function archived(on: Workshop, wish: Partial<ArchiveWish>): Promise<ArchiveResult> {
  const chatId = wish.chatId === undefined ? await on.chatId("news") : wish.chatId;
  const payload: ArchiveWish = { filter: {}, format: "json", media: false, zip: false, ...wish, chatId };
  const { root, state } = await on.over(await on.add({ task: "archive", payload }), 90_000);
  expect({ state, error: root.error }).toEqual({ state: "completed", error: null });
  return root.result as ArchiveResult;
}

function worldMessages({ world, owner }: Workshop, chatId: number): WorldMessage[] {
  const found: WorldMessage[] = [];
  for (let offsetId = 0; ; ) {
    const query = { offsetId, offsetDate: 0, addOffset: 0, limit: 100, maxId: 0, minId: 0 };
    const { messages } = world.as(owner.userId).history(chatId, query);
    if (messages.length === 0) return found.sort((a, b) => a.id - b.id);
    found.push(...messages);
    offsetId = Math.min(...messages.map(({ id }) => id));
  }
}

it("writes what Telegram has, message by message, with files of the same content", async () => {
  const on = await filled();
  const chatId = await on.chatId("news");
  const result = await archived(on, { media: true });
  const truth = worldMessages(on, chatId);
  const json = JSON.parse(readFileSync(join(result.folder, "result.json"), "utf8"));
  expect(exportFaults(json)).toEqual([]);
  expect(json.messages.map(({ id }: { id: number }) => id)).toEqual(truth.map(({ id }) => id));
  for (const [index, message] of truth.entries()) {
    const kept = json.messages[index];
    if (message.service) continue;
    expect(kept.text_entities.map(({ text }: { text: string }) => text).join("")).toBe(message.text);
    expect(kept.date_unixtime).toBe(String(message.date));
    const file = fileOf(message.media);
    if (!file) continue;
    const path = kept.photo ?? kept.file;
    const hash = createHash("sha256")
      .update(readFileSync(join(result.folder, path)))
      .digest("hex");
    expect(hash).toBe(await on.world.content.sha256(file));
  }
  expect(await verifyArchive(result.folder)).toMatchObject({ faults: [] });
  expect(result).toMatchObject({ messages: truth.length, missing: 0 });
  expect(result.file).toMatch(/\.zip$/);
  expect(await on.db.messages.count({ chatId, status: "archived" })).toBe(truth.length);
  const { entries } = await on.db.actionLog.list({ type: "archive" }, { limit: 5, offset: 0 });
  expect(entries).toMatchObject([{ status: "completed", chatId }]);
});

it("adds what is new, and fetches nothing again but a file that is gone", async () => {
  const on = await filled();
  const chatId = await on.chatId("news");
  const first = await archived(on, { media: true, format: "html" });
  const before = await readManifest(first.folder);
  const fetched = on.calls("upload.getFile");
  expect(readdirSync(on.downloads)).toContain("archives");
  const [saved] = (
    await on.db.messages.of(
      chatId,
      worldMessages(on, chatId).map(({ id }) => id),
    )
  ).filter(({ localFilePath }) => localFilePath);
  rmSync(saved!.localFilePath!);
  on.builder.message(on.owner.userId, chatId, { text: "news of today", fromId: chatId });
  const calls = on.calls("messages.getHistory");
  const second = await archived(on, { media: true, format: "html" });
  expect(second.messages).toBe(first.messages + 1);
  expect(second.missing).toBe(0);
  expect(on.calls("messages.getHistory") - calls).toBeLessThanOrEqual(2);
  expect(on.calls("upload.getFile") - fetched).toBeLessThanOrEqual(2);
  const after = await readManifest(second.folder);
  const pages = new Map(after?.files.map(({ path, sha256 }) => [path, sha256]));
  const media = before!.files.filter(({ path }) => path.startsWith("media/"));
  expect(media.length).toBeGreaterThan(10);
  for (const { path, sha256 } of media) expect(pages.get(path)).toBe(sha256);
});

it("marks as archived only what is on the disk, and loses nothing that a download knows", async () => {
  const on = await filled();
  const chatId = await on.chatId("news");
  const result = await archived(on, { format: "csv" });
  const rows = strictCsv(readFileSync(join(result.folder, "messages.csv"), "utf8").replace(/^\uFEFF/, ""));
  expect(rows.length - 1).toBe(result.messages);
  const withFile = (await on.db.archives.after(chatId, 0, 1000)).filter(({ media }) => media.fileKey !== null);
  expect(new Set(withFile.map(({ status }) => status))).toEqual(new Set(["retrieved"]));
  await on.download(chatId);
  await archived(on, { format: "csv" });
  const known = await on.db.archives.after(chatId, 0, 1000);
  for (const message of known.filter(({ media }) => media.fileKey !== null)) {
    expect(message.status).toBe("downloaded");
    expect(existsSync(message.localFilePath!)).toBe(true);
  }
  await archived(on, { format: "csv", media: true });
  for (const message of await on.db.archives.after(chatId, 0, 1000)) {
    expect(message.status).toBe("archived");
    if (message.media.fileKey !== null) expect(message.sha256).not.toBeNull();
  }
});

it("leaves restricted chats alone, alone or among all", async () => {
  const on = await filled();
  const closed = await on.chatId("closed");
  const payload: ArchiveWish = { chatId: closed, filter: {}, format: "json", media: false, zip: false };
  const { root, state } = await on.over(await on.add({ task: "archive", payload }));
  expect({ state, error: root.error }).toMatchObject({
    state: "failed",
    error: expect.stringContaining("do not allow"),
  });
  const result = await archived(on, { chatId: null });
  expect(result.restricted).toBe(1);
  const json = JSON.parse(readFileSync(join(result.folder, "result.json"), "utf8"));
  expect(exportFaults(json)).toEqual([]);
  expect(json.chats.list.map(({ name }: { name?: string }) => name)).not.toContain("Closed");
});

it("takes a filter's word: kinds, dates, and the newest so many", async () => {
  const on = await filled();
  const chatId = await on.chatId("news");
  const ids = async (filter: ArchiveWish["filter"]) => {
    const { folder } = await archived(on, { filter });
    return JSON.parse(readFileSync(join(folder, "result.json"), "utf8")).messages.map(({ id }: { id: number }) => id);
  };
  const truth = worldMessages(on, chatId);
  expect(await ids({ types: ["photo"] })).toEqual(
    truth.filter(({ media }) => media?.kind === "photo").map(({ id }) => id),
  );
  expect(await ids({ limit: 7 })).toEqual(truth.slice(-7).map(({ id }) => id));
  expect(await ids({ limit: 7, sort: "oldest" })).toEqual(truth.slice(0, 7).map(({ id }) => id));
});
