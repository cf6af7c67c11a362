import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../../src/db/db.ts";
import { openDatabase } from "../../src/db/index.ts";
import { claimed, newChatId, newScan, progress, sampleMessage } from "../contract/db/samples.ts";
import { onServer, SILENT } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { type PrivateMariadb, startMariadb } from "../support/private-mariadb.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

const timing = { silentMs: 1_000, probeMs: 100, refreshMs: 500 };

/** It stops and starts its server, so it has one of its own whatever TEST_DATABASE_URL says. */
describe("a real server that goes away", () => {
  let server: PrivateMariadb;
  let url: string;
  let db: Db;
  const folder = makeTempFolder();
  const open = (databaseUrl = url) =>
    openDatabase({ databaseUrl, dataDir: folder, hostname: "here", log: SILENT, timing });

  beforeAll(async () => {
    server = await startMariadb();
    url = await server.url("outage");
    db = await open();
  });
  afterAll(async () => {
    await db?.close();
    await server?.remove();
    removeFolder(folder);
  });

  const record = async () => {
    const message = sampleMessage({ chatId: newChatId() });
    await db.messages.record([message], "here");
    return message;
  };
  const isBack = () =>
    eventually(
      async () => {
        const { store, owed } = await db.status();
        return store === "central" && owed === 0;
      },
      { timeoutMs: 60_000 },
    );
  const inCentral = async ({ chatId }: { chatId: number }) =>
    (await onServer<{ n: number }>(url, "SELECT COUNT(*) AS n FROM messages WHERE chat_id = ?", [chatId]))[0]?.n;

  it("is stood in for when it is killed, and gets what it missed when it is back", async () => {
    const before = await record();
    await server.kill();
    const meanwhile = await record();
    expect(await db.status()).toMatchObject({ store: "home", owed: 1, dialect: "mariadb" });
    await server.start();
    await isBack();
    expect(await inCentral(before)).toBe(1);
    expect(await inCentral(meanwhile)).toBe(1);
    expect((await db.status()).handedOver?.rows).toBe(1);
  });

  it("is stood in for when it falls silent without an error", async () => {
    await db.jobs.add([newScan({ hostname: "here" })]);
    const job = await claimed(db, "here", "scan");
    server.freeze();
    const started = Date.now();
    expect(await db.jobs.heartbeat(job, job.lockedBy!, 60_000, progress({ seen: 5 }), null)).toBe("held");
    expect(Date.now() - started).toBeLessThan(10_000);
    expect((await db.status()).store).toBe("home");
    server.thaw();
    await isBack();
    expect((await db.jobs.get(job.id))?.progress.seen).toBe(5);
    expect(await db.jobs.complete(job, job.lockedBy!, progress({ seen: 6 }), { seen: 6, matched: 0 })).toBe(true);
  });

  it("is not trusted at once when it comes and goes", async () => {
    const notices: string[] = [];
    const own = makeTempFolder();
    const log = { ...SILENT, warn: (_: object, text: string) => notices.push(text) };
    const watched = await openDatabase({ databaseUrl: url, dataDir: own, hostname: "there", log, timing });
    for (let n = 0; n < 4; n++) {
      await server.kill();
      await watched.messages.record([sampleMessage({ chatId: newChatId() })], "there");
      await server.start();
      await new Promise((resume) => setTimeout(resume, 500));
    }
    expect(notices.length).toBeLessThanOrEqual(2);
    await eventually(async () => (await watched.status()).store === "central", { timeoutMs: 60_000 });
    await watched.close();
    removeFolder(own);
    await isBack();
  });

  it("takes nothing for lost when its disk is full or it only reads", async () => {
    await onServer(url, "SET GLOBAL read_only = 1");
    await onServer(url, "CREATE USER IF NOT EXISTS plain@'%' IDENTIFIED BY 'secret'");
    await onServer(url, "GRANT ALL ON outage.* TO plain@'%'");
    const own = makeTempFolder();
    const plain = url.replace("root@", "plain:secret@");
    const reader = await openDatabase({ databaseUrl: plain, dataDir: own, hostname: "there", log: SILENT, timing });
    const message = sampleMessage({ chatId: newChatId() });
    await reader.messages.record([message], "there");
    expect(await reader.status()).toMatchObject({
      store: "home",
      awayReason: "The database server only lets itself be read.",
    });
    await onServer(url, "SET GLOBAL read_only = 0");
    await eventually(async () => (await inCentral(message)) === 1, { timeoutMs: 60_000 });
    // The password is changed while the program runs: it says so, and goes on.
    await eventually(async () => (await reader.status()).store === "central", { timeoutMs: 60_000 });
    await onServer(url, "SET PASSWORD FOR plain@'%' = PASSWORD('other')");
    for (const { Id } of await onServer<{ Id: number; User: string }>(url, "SHOW PROCESSLIST").then((rows) =>
      rows.filter(({ User }) => User === "plain"),
    )) {
      await onServer(url, `KILL ${Id}`);
    }
    await reader.messages.record([sampleMessage({ chatId: newChatId() })], "there");
    expect(await reader.status()).toMatchObject({
      store: "home",
      owed: 1,
      awayReason: expect.stringContaining("refuses the user or the password"),
    });
    await reader.close();
    removeFolder(own);
  });

  it("is a fault of the settings when it refuses the user or knows no such database", async () => {
    const starts = [
      ["mysql://nobody:wrong-secret@", "The database refuses the user or the password. Correct them in DATABASE_URL."],
      ["mysql://root@", "There is no database of that name on the server."],
    ] as const;
    for (const [login, sentence] of starts) {
      const wrong = url.replace("mysql://root@", login).replace("/outage", "/missing");
      const start = openDatabase({ databaseUrl: wrong, dataDir: folder, hostname: "here", log: SILENT, timing });
      await expect(start).rejects.toMatchObject({
        name: "FatalError",
        code: "CONFIG",
        message: expect.stringContaining(sentence),
      });
      await expect(start).rejects.toMatchObject({ message: expect.not.stringContaining("wrong-secret") });
    }
  });
});
