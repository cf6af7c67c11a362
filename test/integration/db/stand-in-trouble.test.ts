import { describe, expect, it } from "vitest";
import { newId } from "../../../src/core/id.ts";
import { openStore } from "../../../src/db/open-store.ts";
import {
  claimed,
  claimFor,
  newChatId,
  newScan,
  progress,
  sampleMessage,
  sampleMessages,
} from "../../contract/db/samples.ts";
import { eventually } from "../../support/eventually.ts";
import { central, folder, handOut, homeJobs, host, inCentral, isBack, plug, saved, start } from "./stand-in-stage.ts";

describe("a central database that comes and goes", () => {
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
});
