import { describe, expect, it } from "vitest";
import { newId } from "../../../src/core/id.ts";
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
import { eventually } from "../../support/eventually.ts";
import { beat, handOut, homeJobs, host, inCentral, isBack, plug, saved, start } from "./stand-in-stage.ts";

describe("a machine whose central database goes away", () => {
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
    // Central goes before the rest of the family was looked at.
    const db = await start(host, 3_600_000);
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
});
