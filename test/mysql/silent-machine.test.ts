import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../../src/db/db.ts";
import { openStore } from "../../src/db/open-store.ts";
import type { Store } from "../../src/db/sql.ts";
import { claimed, newChatId, newScan, progress, sampleChat, sampleMessage } from "../contract/db/samples.ts";
import { type CuttableLine, lineTo } from "../support/cuttable-line.ts";
import { mysqlDatabase, onServer, type TestDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

/** As of a machine that is stopped, or whose line is dead: nothing is said, and nothing is closed. */
describe("a machine that falls silent in the middle of a transaction", () => {
  let database: TestDatabase;
  let line: CuttableLine;
  let silent: Store;
  let other: Db;
  const chatId = newChatId();
  const message = sampleMessage({ chatId });
  beforeAll(async () => {
    database = await mysqlDatabase();
    const address = new URL(database.url);
    line = await lineTo(Number(address.port || 3306), address.hostname);
    other = await database.open("other");
    address.hostname = "127.0.0.1";
    address.port = String(line.port);
    silent = await openStore(address.href);
    await other.chats.record([sampleChat({ chatId })]);
    await other.messages.record([message], "other");
  }, 120_000);
  afterAll(async () => {
    await other?.close();
    await silent?.close();
    await line?.remove();
    await database?.remove();
  });

  it("keeps its rows for seconds only: others go on, take its job over, and do not take the server for away", async () => {
    await other.jobs.add([newScan({})]);
    const job = await claimed(other, "silent", "scan", 1);
    let locked = () => {};
    const holding = new Promise<void>((resolve) => {
      locked = resolve;
    });
    const outcome = silent
      .transaction(async (tx) => {
        await tx.all("SELECT chat_id FROM chats WHERE chat_id = ? FOR UPDATE", [chatId]);
        await tx.run("UPDATE messages SET retrieved_hostname = 'silent' WHERE chat_id = ?", [chatId]);
        await tx.run("UPDATE jobs SET done = 77 WHERE id = ?", [job.id]);
        line.hold();
        locked();
        await tx.run("UPDATE jobs SET done = 78 WHERE id = ?", [job.id]);
      })
      .then(
        () => "committed",
        () => "rolled back",
      );
    await holding;

    const file = { path: "/files/1", bytes: 5, sha256: "0".repeat(64), hostname: "other", rootId: job.id };
    const [taken] = await Promise.all([
      claimed(other, "other", "scan"),
      other.messages.saved(message, file),
      other.messages.record([sampleMessage({ chatId })], "other"),
    ]);
    expect(taken.id).toBe(job.id);
    expect(await other.jobs.heartbeat(taken, taken.lockedBy!, 60_000, progress({ seen: 1 }), null)).toBe("held");
    expect(await other.status()).toMatchObject({ store: "central", awaySince: null, handedOver: null });

    line.restore();
    expect(await outcome).toBe("rolled back");
    expect(await other.messages.get(message)).toMatchObject({ status: "downloaded", retrievedHostname: "other" });
    expect((await other.jobs.get(job.id))?.progress).toMatchObject({ done: 0, seen: 1 });
  });

  it("goes on when it wakes up, over new connections", async () => {
    await eventually(async () => (await silent.all("SELECT 1 AS one")).length === 1, { timeoutMs: 30_000 });
  });

  it("leaves no connection behind on the server", async () => {
    await eventually(
      async () => {
        const mine = await onServer<{ Command: string; Time: number }>(database.url, "SHOW PROCESSLIST");
        return mine.every(({ Command, Time }) => Command !== "Sleep" || Time <= 12);
      },
      { timeoutMs: 60_000 },
    );
  });
});
