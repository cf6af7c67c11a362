import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../../src/core/id.ts";
import type { Db } from "../../../src/db/db.ts";
import { openStore, repositoriesOf } from "../../../src/db/open-store.ts";
import type { Store } from "../../../src/db/sql.ts";
import { standIn } from "../../../src/db/stand-in.ts";
import {
  claimed,
  claimFor,
  newChatId,
  newScan,
  progress,
  sampleChat,
  sampleMessage,
  sampleMessages,
} from "../../contract/db/samples.ts";
import { SILENT } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { type Plug, plugInto } from "../../support/pulled-plug.ts";
import { makeTempFolder, removeFolder } from "../../support/temp.ts";

const host = "machine-a";
const saved = (rootId: string) => ({ path: "/d/a.jpg", bytes: 5, sha256: "ab", hostname: host, rootId });

describe("a machine whose central database goes away", () => {
  let folder: string;
  let plug: Plug;
  let central: Store;
  const open: Db[] = [];

  beforeEach(async () => {
    folder = makeTempFolder();
    plug = plugInto(`sqlite:${folder}/central.sqlite`);
    central = await openStore(`sqlite:${folder}/central.sqlite`);
  });
  afterEach(async () => {
    for (const db of open.splice(0)) await db.close();
    await central.close();
    removeFolder(folder);
  });

  async function start(hostname = host): Promise<Db> {
    const db = await standIn({
      home: await openStore(`sqlite:${folder}/${hostname}.sqlite`),
      openCentral: plug.open,
      probe: plug.probe,
      hostname,
      log: SILENT,
      probeMs: 10,
      refreshMs: 20,
    });
    open.push(db);
    return db;
  }
  const inCentral = () => repositoriesOf(central);
  const isBack = (db: Db) =>
    eventually(
      async () => {
        const { store, owed } = await db.status();
        return store === "central" && owed === 0;
      },
      // After several cuts in a row central must answer for longer before it is trusted.
      { timeoutMs: 60_000 },
    );

  it("starts without it, keeps what is done, and hands it over", async () => {
    plug.in = false;
    const db = await start();
    const message = sampleMessage({ chatId: newChatId(), text: "😀" });
    const rootId = newId();
    await db.chats.record([sampleChat({ chatId: message.chatId })]);
    await db.messages.record([message], host);
    await db.messages.saved(message, saved(rootId));
    const away = await db.status();
    expect(away).toMatchObject({ store: "home", owed: 3, awayReason: "The database does not answer." });
    expect(away.awaySince).toBeInstanceOf(Date);
    plug.in = true;
    await isBack(db);
    expect(await inCentral().messages.get(message)).toMatchObject({ text: "😀", status: "downloaded", rootId });
    expect(await inCentral().downloadLog.count({ chatId: message.chatId, status: "success" })).toBe(1);
    expect(await db.status()).toMatchObject({ awaySince: null, awayReason: null, handedOver: { rows: 3 } });
    expect((await db.messages.get(message))?.localFilePath).toBe("/d/a.jpg");
  });

  it("goes on with the job in hand, and ends it in central afterwards", async () => {
    const db = await start();
    await db.jobs.add([newScan()]);
    const scan = await claimed(db, host, "scan");
    const messages = sampleMessages(scan.payload.chatId, 3);
    const page = { messages, wanted: [1, 2, 3], hostname: host, progress: progress({ total: 3 }), cursor: 1 };
    await db.jobs.scanned(scan, scan.lockedBy!, page);
    await db.jobs.complete(scan, scan.lockedBy!, progress({ total: 3, seen: 3 }), { seen: 3, matched: 3 });
    const batch = await claimed(db, host, "download");
    await db.messages.saved(messages[0]!, saved(scan.id));

    plug.in = false;
    expect(await db.jobs.heartbeat(batch, batch.lockedBy!, 60_000, progress({ done: 1, total: 3 }), null)).toBe("held");
    expect((await db.status()).store).toBe("home");
    expect((await db.messages.of(scan.payload.chatId, [1, 2, 3])).length).toBe(3);
    await db.messages.saved(messages[1]!, saved(scan.id));
    await db.messages.failed(messages[2]!, { hostname: host, error: "gone", rootId: scan.id });
    const far = progress({ done: 3, total: 3, saved: 2, failed: 1 });
    expect(await db.jobs.complete(batch, batch.lockedBy!, far, {})).toBe(true);

    plug.in = true;
    await isBack(db);
    expect(await inCentral().jobs.family(scan.id)).toMatchObject({
      state: "completed",
      progress: { done: 3, saved: 2 },
    });
    const stored = await inCentral().messages.of(scan.payload.chatId, [1, 2, 3]);
    expect(stored.map(({ status }) => status)).toEqual(["downloaded", "downloaded", "failed"]);
    expect((await inCentral().messages.failedOf(scan.id, { limit: 9, offset: 0 })).messages[0]?.error).toBe("gone");
    expect(await inCentral().downloadLog.count({ chatId: scan.payload.chatId })).toBe(3);
  });

  it("takes what the owner asks for meanwhile, does it, and shows it in central afterwards", async () => {
    const db = await start();
    const before = await db.jobCards.open({ jobId: newId(), chatId: 1, replyToId: null });
    plug.in = false;
    const job = newScan({ requestKey: "update-1" });
    await db.jobs.add([job]);
    const card = await db.jobCards.open({ jobId: job.id, chatId: 1, replyToId: null });
    expect(card.number).toBe(before.number + 1);
    const scan = await claimed(db, host, "scan");
    expect(scan.id).toBe(job.id);
    await db.jobs.complete(scan, scan.lockedBy!, progress(), { seen: 0, matched: 0 });
    await db.jobCards.update(job.id, { milestone: 100, closedAt: new Date() });
    plug.in = true;
    await isBack(db);
    expect((await inCentral().jobs.get(job.id))?.state).toBe("completed");
    expect((await inCentral().jobCards.get(job.id))?.milestone).toBe(100);
    expect((await db.jobCards.open({ jobId: newId(), chatId: 1, replyToId: null })).number).toBe(card.number + 1);
  });

  it("goes on with the waiting batches when no other machine works for the account", async () => {
    const db = await start();
    await db.workers.beat(beat(host));
    const root = newScan();
    await db.jobs.add([root]);
    await db.jobCards.open({ jobId: root.id, chatId: 1, replyToId: null });
    const scan = await claimed(db, host, "scan");
    await handOut(db, scan, 300);
    await eventually(async () => (await homeJobs(host)) >= 4);
    plug.in = false;
    for (let n = 0; n < 3; n++) {
      const batch = await claimed(db, host, "download");
      await db.jobs.complete(batch, batch.lockedBy!, progress({ done: 100, total: 100, saved: 100 }), {});
    }
    expect(await db.jobs.family(root.id)).toMatchObject({ progress: { done: 300, total: 300 } });
    plug.in = true;
    await isBack(db);
    expect(await inCentral().jobs.family(root.id)).toMatchObject({ progress: { done: 300, saved: 300 }, parts: 3 });
  });

  it("leaves the batches of others alone when there are other machines", async () => {
    const db = await start();
    await db.workers.beat(beat(host));
    await db.workers.beat(beat("machine-b"));
    const root = newScan();
    await db.jobs.add([root]);
    await db.jobCards.open({ jobId: root.id, chatId: 1, replyToId: null });
    const scan = await claimed(db, host, "scan");
    await handOut(db, scan, 300);
    await eventually(async () => (await homeJobs(host)) >= 4);
    plug.in = false;
    expect(await db.jobs.claim(claimFor(host))).toBeNull();
    expect(await db.jobs.family(root.id)).toMatchObject({ parts: 3 });
    expect((await db.workers.list()).length).toBe(2);
  });

  it("finds here what was asked for a moment before central went", async () => {
    const db = await start();
    const question = { id: newId(), task: "resolve" as const, payload: { query: "@x" }, title: "?" };
    await db.jobs.add([question]);
    plug.in = false;
    expect(await db.jobs.get(question.id)).toMatchObject({ state: "waiting" });
    plug.in = true;
    await isBack(db);
    expect(await db.jobs.get(question.id)).toMatchObject({ state: "waiting" });
  });

  it("does not take a job for over of which it knows a part only", async () => {
    const db = await start();
    const root = newScan();
    await db.jobs.add([root]);
    const scan = await claimed(db, host, "scan");
    await handOut(db, scan, 300);
    await db.jobs.complete(scan, scan.lockedBy!, progress({ total: 300, seen: 300 }), { seen: 300, matched: 300 });
    const batch = await claimed(db, host, "download");
    plug.in = false;
    await db.jobs.complete(batch, batch.lockedBy!, progress({ done: 100, total: 100 }), {});
    expect(await db.jobs.family(root.id)).toMatchObject({
      state: "waiting",
      parts: 1,
      progress: { done: 100, total: 300 },
    });
    plug.in = true;
    await isBack(db);
    expect(await db.jobs.family(root.id)).toMatchObject({ state: "waiting", parts: 3, progress: { done: 100 } });
  });

  it("gives up a job that another machine took over meanwhile, and loses nothing it saved", async () => {
    const a = await start();
    await a.jobs.add([newScan()]);
    const scan = await claimed(a, host, "scan");
    await handOut(a, scan, 2);
    await a.jobs.complete(scan, scan.lockedBy!, progress(), { seen: 2, matched: 2 });
    const batch = (await a.jobs.claim(claimFor(host, { leaseMs: 1 })))!;
    plug.in = false;
    await a.messages.saved({ chatId: scan.payload.chatId, messageId: 1 }, saved(scan.id));
    const other = await eventually(() => inCentral().jobs.claim(claimFor("machine-b")));
    expect(other.id).toBe(batch.id);
    expect(await a.jobs.heartbeat(batch, batch.lockedBy!, 60_000, progress({ done: 1 }), null)).toBe("held");
    plug.in = true;
    await isBack(a);
    expect(await a.jobs.heartbeat(batch, batch.lockedBy!, 60_000, progress({ done: 1 }), null)).toBe("lost");
    expect(await inCentral().jobs.get(batch.id)).toMatchObject({ lockedBy: "machine-b/1", progress: { done: 0 } });
    expect((await inCentral().messages.get({ chatId: scan.payload.chatId, messageId: 1 }))?.status).toBe("downloaded");
  });

  it("hears on its return that the owner cancelled elsewhere, and tells it what he cancelled here", async () => {
    const a = await start();
    const [one, two] = [newScan(), newScan()];
    await a.jobs.add([one, two]);
    for (const { id } of [one, two]) await a.jobCards.open({ jobId: id, chatId: 1, replyToId: null });
    const held = await claimed(a, host, "scan");
    await eventually(async () => (await homeJobs(host)) >= 2);
    plug.in = false;
    await inCentral().jobs.cancel(one.id);
    expect(await a.jobs.cancel(two.id)).toBe(true);
    expect(await a.jobs.heartbeat(held, held.lockedBy!, 60_000, progress({ seen: 7 }), null)).toBe("held");
    plug.in = true;
    await isBack(a);
    expect(await a.jobs.heartbeat(held, held.lockedBy!, 60_000, progress({ seen: 8 }), null)).toBe("lost");
    expect((await inCentral().jobs.get(one.id))?.state).toBe("cancelled");
    expect((await inCentral().jobs.get(two.id))?.state).toBe("cancelled");
  });

  it("is not told lost when only the answer of a commit was", async () => {
    const db = await start();
    await db.jobs.add([newScan()]);
    const scan = await claimed(db, host, "scan");
    // The UPDATE is done, and then the line is cut before its answer.
    plug.after = { statements: 0, done: true };
    expect(await db.jobs.complete(scan, scan.lockedBy!, progress({ seen: 3 }), { seen: 3, matched: 0 })).toBe(true);
    plug.after = null;
    plug.in = true;
    await isBack(db);
    expect(await inCentral().jobs.get(scan.id)).toMatchObject({ state: "completed", progress: { seen: 3 } });
  });

  it("writes one line for one failure though its answer was lost", async () => {
    const db = await start();
    const message = sampleMessage({ chatId: newChatId() });
    await db.messages.record([message], host);
    plug.after = { statements: 1, done: true };
    await db.messages.failed(message, { hostname: host, error: "no", rootId: newId() });
    plug.after = null;
    plug.in = true;
    await isBack(db);
    expect(await inCentral().downloadLog.count({ chatId: message.chatId })).toBe(1);
  });

  it("loses nothing wherever the line is cut, and when the program ends in the middle", async () => {
    const chatId = newChatId();
    const messages = sampleMessages(chatId, 30);
    const acknowledged: number[] = [];
    let db = await start();
    for (const [index, message] of messages.entries()) {
      plug.after = { statements: index % 5, done: index % 2 === 0 };
      await db.messages.record([message], host);
      await db.messages.saved(message, saved("root"));
      acknowledged.push(message.messageId);
      if (index % 7 === 3) {
        await db.close();
        plug.after = null;
        plug.in = index % 3 === 0;
        db = await start();
      }
      plug.after = null;
      plug.in = index % 4 !== 0;
    }
    plug.in = true;
    await isBack(db);
    const stored = await inCentral().messages.of(chatId, acknowledged);
    expect(stored.filter(({ status, localFilePath }) => status === "downloaded" && localFilePath).length).toBe(30);
    expect(await inCentral().downloadLog.count({ chatId, status: "success" })).toBe(30);
  });

  it("keeps nothing at home of what central has, but the job in hand", async () => {
    plug.in = false;
    const db = await start();
    await db.messages.record(sampleMessages(newChatId(), 50), host);
    plug.in = true;
    await isBack(db);
    const home = await openStore(`sqlite:${folder}/${host}.sqlite`);
    const rows = await home.all<{ total: number }>("SELECT COUNT(*) AS total FROM messages");
    await home.close();
    expect(rows[0]?.total).toBe(0);
  });

  it("hands over the rest when central takes one row under no circumstances", async () => {
    plug.in = false;
    const db = await start();
    const messages = sampleMessages(newChatId(), 5);
    await db.messages.record(messages, host);
    await central.run(
      "CREATE TRIGGER refuses BEFORE INSERT ON messages WHEN NEW.message_id = 3 BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    plug.in = true;
    await eventually(async () => (await db.status()).store === "central");
    expect((await db.status()).owed).toBe(1);
    expect(await inCentral().messages.count({ chatId: messages[0]!.chatId })).toBe(4);
  });

  async function homeJobs(hostname: string): Promise<number> {
    const home = await openStore(`sqlite:${folder}/${hostname}.sqlite`);
    const rows = await home.all<{ total: number }>("SELECT COUNT(*) AS total FROM jobs");
    await home.close();
    return rows[0]?.total ?? 0;
  }
});

const beat = (hostname: string) => ({
  workerId: `${hostname}/1`,
  hostname,
  roles: ["worker"],
  version: "1",
  startedAt: new Date(),
  account: null,
  trouble: null,
  freeBytes: null,
  downloadDir: null,
});

async function handOut(db: Db, scan: Awaited<ReturnType<typeof claimed<"scan">>>, count: number): Promise<void> {
  const messages = sampleMessages(scan.payload.chatId, count);
  await db.jobs.scanned(scan, scan.lockedBy!, {
    messages,
    wanted: messages.map(({ messageId }) => messageId),
    hostname: host,
    progress: progress({ total: count }),
    cursor: null,
  });
}
