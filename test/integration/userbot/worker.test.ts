import { existsSync, readdirSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fileOf } from "../../../sandbox/world/types/media.ts";
import { hashesBelow } from "../../../src/cli/hashes.ts";
import { eventually } from "../../support/eventually.ts";
import { documents, sha256 } from "./stage.ts";
import { type Workshop, workshop } from "./workshop.ts";

const ALL = { limit: 500, offset: 0 };

/** Hashes of all files of a chat, as the world has them. */
async function truth(on: Workshop, chatId: number): Promise<string[]> {
  const hashes: string[] = [];
  for (let offsetId = 0; ; ) {
    const query = { offsetId, offsetDate: 0, addOffset: 0, limit: 100, maxId: 0, minId: 0 };
    const { messages } = on.world.as(on.owner.userId).history(chatId, query);
    if (messages.length === 0) return hashes.sort();
    for (const { media } of messages) {
      const file = fileOf(media);
      if (file) hashes.push(await on.world.content.sha256(file));
    }
    offsetId = Math.min(...messages.map(({ id }) => id));
  }
}

const onDisk = async (on: Workshop) => [...(await hashesBelow(on.downloads)).values()].sort();
const bytesServed = (on: Workshop) => on.calls("upload.getFile");

it("puts every file of a chat on disk, whole, with its row, its line in the log and one operation", async () => {
  const on = await workshop(documents(130));
  await on.start();
  const chatId = await on.chatId("news");
  const { root, state, progress } = await on.download(chatId);
  expect(state).toBe("completed");
  expect(progress).toMatchObject({ done: 130, total: 130, saved: 130, had: 0, failed: 0 });
  expect(await onDisk(on)).toEqual(await truth(on, chatId));
  expect(await on.db.messages.count({ chatId, status: "downloaded" })).toBe(130);
  expect(await on.db.downloadLog.count({ chatId, status: "success" })).toBe(130);
  const { entries } = await on.db.actionLog.list({ chatId }, ALL);
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ uid: root.id, type: "download", status: "completed", hostname: "here" });
  const events = await on.db.jobEvents.of(root.id, ALL);
  expect(events.map(({ event }) => event.type).sort()).toEqual(["completed", "started"]);
  const folder = join(on.downloads, readdirSync(on.downloads)[0]!);
  for (const name of readdirSync(folder)) expect(name).toMatch(/^\d{8}_\d{6}_/);
  const [row] = await on.db.messages.of(chatId, [await on.db.messages.newestId(chatId)]);
  expect(statSync(row!.localFilePath!).mtime).toEqual(row!.date);
  expect(sha256(row!.localFilePath!)).toBe(row!.sha256);
}, 180_000);

it("fetches nothing the second time, not even what the owner has moved away, and ten files when ten are new", async () => {
  const on = await workshop(documents(20));
  await on.start();
  const chatId = await on.chatId("news");
  await on.download(chatId);
  const before = bytesServed(on);
  const folder = join(on.downloads, readdirSync(on.downloads)[0]!);
  unlinkSync(join(folder, readdirSync(folder)[0]!));
  expect((await on.download(chatId)).progress).toMatchObject({ done: 20, saved: 0, had: 20 });
  expect(bytesServed(on)).toBe(before);
  for (let n = 0; n < 10; n++) on.builder.message(on.owner.userId, chatId, { text: "", media: newFile(on, n) }, chatId);
  expect((await on.download(chatId)).progress).toMatchObject({ done: 30, saved: 10, had: 20 });
}, 180_000);

it("fetches the same content once and links it for every other message", async () => {
  const on = await workshop(documents(40, { duplicates: 0.5 }));
  await on.start();
  const chatId = await on.chatId("news");
  const hashes = await truth(on, chatId);
  const { progress } = await on.download(chatId);
  expect(await onDisk(on)).toEqual(hashes);
  expect(progress.saved).toBe(new Set(hashes).size);
  expect(progress.had).toBe(40 - new Set(hashes).size);
  expect(bytesServed(on)).toBe(new Set(hashes).size);
}, 180_000);

it("says in the job until when Telegram wants it to wait, fails nothing and spends no attempt", async () => {
  const on = await workshop(documents(30));
  on.fault({ method: "upload.getFile", kind: "flood-wait", args: { seconds: 3 }, after: 5 });
  await on.start();
  const chatId = await on.chatId("news");
  const id = await on.add({ task: "scan", payload: { chatId, filter: {}, next: "download" } });
  const { wait } = await eventually(
    async () => {
      const family = await on.db.jobs.family(id);
      return family?.wait ? family : null;
    },
    { timeoutMs: 90_000 },
  );
  expect(wait?.reason).toBe("FLOOD_WAIT");
  const { state, progress } = await on.over(id);
  expect({ state, ...progress }).toMatchObject({ state: "completed", saved: 30, failed: 0 });
  expect(await on.db.downloadLog.count({ status: "retry" })).toBe(0);
}, 180_000);

it("notes a file that cannot be had after three attempts, and goes on with the rest", async () => {
  const on = await workshop(documents(5));
  await on.start();
  const chatId = await on.chatId("news");
  on.fault({ method: "upload.getFile", kind: "short-part", count: null, match: await onlyOneFile(on, chatId) });
  const { state, progress, root } = await on.download(chatId);
  expect({ state, ...progress }).toMatchObject({ state: "completed", saved: 4, failed: 1, done: 5 });
  expect(await on.db.downloadLog.count({ status: "retry" })).toBe(2);
  expect(await on.db.downloadLog.count({ status: "failed" })).toBe(1);
  expect((await on.db.messages.failedOf(root.id, ALL)).total).toBe(1);
  const names = readdirSync(join(on.downloads, readdirSync(on.downloads)[0]!));
  expect(names.filter((name) => name.endsWith(".part"))).toEqual([]);
}, 180_000);

it("puts a job down when told to stop, and goes on with it without fetching a whole file again", async () => {
  const on = await workshop(documents(60, { sizeMin: 30_000, sizeMax: 60_000 }));
  on.world.lines.setDefault({ rttMs: 20, bytesPerSecond: 400_000 });
  const first = await on.start();
  const chatId = await on.chatId("news");
  const id = await on.add({ task: "scan", payload: { chatId, filter: {}, next: "download" } });
  await eventually(async () => ((await on.db.messages.count({ status: "downloaded" })) >= 8 ? true : null), {
    timeoutMs: 90_000,
  });
  const asked = Date.now();
  await first.stop();
  expect(Date.now() - asked).toBeLessThan(8_000);
  expect(await on.db.jobs.family(id)).toMatchObject({ state: "waiting" });
  const saved = await on.db.messages.count({ status: "downloaded" });
  const before = bytesServed(on);
  on.world.lines.setDefault({ rttMs: 0, bytesPerSecond: 0 });
  await on.start();
  const { progress, state, root } = await on.over(id);
  expect({ state, ...progress }).toMatchObject({ state: "completed", saved: 60, had: 0, failed: 0 });
  expect(root.attempts).toBeLessThanOrEqual(1);
  expect(bytesServed(on) - before).toBe(60 - saved);
  expect(await onDisk(on)).toEqual(await truth(on, chatId));
  expect(await on.db.downloadLog.count({ status: "success" })).toBe(60);
}, 180_000);

it("stops within seconds when the owner cancels, and writes the end down once", async () => {
  const on = await workshop(documents(40, { sizeMin: 30_000, sizeMax: 60_000 }));
  on.world.lines.setDefault({ rttMs: 20, bytesPerSecond: 200_000 });
  await on.start();
  const chatId = await on.chatId("news");
  const id = await on.add({ task: "scan", payload: { chatId, filter: {}, next: "download" } });
  await eventually(async () => (await on.db.messages.count({ status: "downloaded" })) >= 3, { timeoutMs: 90_000 });
  await on.db.jobs.cancel(id);
  const { entries } = await eventually(
    async () => {
      const log = await on.db.actionLog.list({ chatId }, ALL);
      return log.entries[0]?.status === "cancelled" ? log : null;
    },
    { timeoutMs: 90_000 },
  );
  expect(entries).toHaveLength(1);
  const calls = bytesServed(on);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(bytesServed(on)).toBe(calls);
}, 180_000);

it("answers questions while downloads run", async () => {
  const on = await workshop(documents(40, { sizeMin: 50_000, sizeMax: 60_000 }));
  on.world.lines.setDefault({ rttMs: 5, bytesPerSecond: 150_000 });
  await on.start();
  const chatId = await on.chatId("news");
  const id = await on.add({ task: "scan", payload: { chatId, filter: {}, next: "download" } });
  await eventually(async () => (await on.db.messages.count({ status: "downloaded" })) >= 2, { timeoutMs: 90_000 });
  const { result } = await on.ask("resolve", { query: "https://t.me/news/3" });
  expect(result).toEqual({ chatId, messageIds: [3], topicId: null, commentsOf: null });
  const plan = await on.ask("plan", { chatId, filter: { types: ["document"] } });
  expect(plan.result).toMatchObject({ files: 40, approximate: false, newestOfType: null });
  expect((await on.db.jobs.family(id))?.state).toBe("active");
  await on.db.jobs.cancel(id);
}, 180_000);

it("refuses a chat whose owners forbid saving, until the setting allows it", async () => {
  const on = await workshop((builder) => {
    builder.chat({
      kind: "channel",
      title: "Protected",
      username: "protected",
      noforwards: true,
      members: [5_000_001],
      series: { count: 6, media: 6, types: { photo: 1 }, sizeMin: 2_000, sizeMax: 3_000 },
    });
  });
  await on.start();
  const chatId = await on.chatId("protected");
  const refused = await on.download(chatId);
  expect(refused).toMatchObject({ state: "failed", progress: { saved: 0 } });
  expect(refused.root.error).toContain("do not allow saving");
  expect(bytesServed(on)).toBe(0);
  await on.db.settings.set("allowRestricted", true);
  expect(await on.download(chatId)).toMatchObject({ state: "completed", progress: { saved: 6 } });
}, 180_000);

it("honours the filter's limit, from either end", async () => {
  const on = await workshop(documents(150));
  await on.start();
  const chatId = await on.chatId("news");
  expect((await on.download(chatId, { limit: 3 })).progress).toMatchObject({ total: 3, saved: 3 });
  const newest = await on.db.messages.count({ status: "downloaded" });
  expect(newest).toBe(3);
  const oldest = await on.download(chatId, { limit: 2, sort: "oldest" });
  expect(oldest.progress).toMatchObject({ total: 2, saved: 2 });
  const rows = await on.db.messages.of(chatId, [1, 2, 3, 4, 5]);
  expect(rows.filter(({ status }) => status === "downloaded").map(({ messageId }) => messageId)).toEqual([2, 3]);
}, 180_000);

it("says that the account is signed out, keeps the job, and goes on after a new login", async () => {
  const on = await workshop(documents(5));
  await on.start();
  const chatId = await on.chatId("news");
  on.fault({ method: "messages.getHistory", kind: "session-revoked" });
  const id = await on.add({ task: "scan", payload: { chatId, filter: {}, next: "download" } });
  const [record] = await eventually(
    async () => {
      const workers = await on.db.workers.list();
      return workers[0]?.trouble === "SIGNED_OUT" ? workers : null;
    },
    { timeoutMs: 90_000 },
  );
  expect(record?.account).toBeNull();
  expect((await on.db.jobs.family(id))?.state).toBe("waiting");
  const { login } = await import("../../../src/userbot/gramjs/login.ts");
  const { ownersAnswers } = await import("./stage.ts");
  await login(on.options, ownersAnswers(on).answers, on.signal);
  expect(await on.over(id)).toMatchObject({ state: "completed", progress: { saved: 5, failed: 0 } });
  expect(existsSync(`${on.options.sessionFile}.lock`)).toBe(true);
}, 180_000);

async function onlyOneFile(on: Workshop, chatId: number): Promise<string> {
  const view = on.world.as(on.owner.userId);
  const { messages } = view.history(chatId, { offsetId: 0, offsetDate: 0, addOffset: 0, limit: 1, maxId: 0, minId: 0 });
  return String(fileOf(messages[0]?.media)?.id);
}

function newFile(on: Workshop, n: number) {
  const file = on.world.content.add(Buffer.from(`new file ${n} `.repeat(100)), "document", "text/plain");
  return { kind: "document" as const, as: "document" as const, file, fileName: `new-${n}.txt` };
}
