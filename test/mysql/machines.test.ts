import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mysqlDatabase, onServer, type TestDatabase } from "../support/database.ts";
import { awaitEnd } from "../support/downloads.ts";
import { eventually } from "../support/eventually.ts";
import { filesBelow, onDisks, sharesOf, startMachine } from "../support/machines.ts";
import { type Program, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, "");

describe("two machines of one account, with one database", () => {
  let database: TestDatabase;
  let sandbox: Sandbox;
  let alpha: Program;
  let beta: Program;
  const both = () => [alpha, beta];
  const channel = (username: string, files: number) =>
    sandbox.addChannel({ username, title: username, files, sizeMin: 3_000, sizeMax: 6_000 });
  const slowly = (bytesPerSecond: number) => sandbox.control.setLine({ rttMs: 2, bytesPerSecond });
  const hosts = async (what: RegExp, timeoutMs = 30_000) =>
    eventually(
      async () => {
        const asked = await sandbox.phone.say("/hosts");
        const { text } = await sandbox.phone.waitFor(/^🖥/u, { after: asked });
        return what.test(plain(text)) ? plain(text) : null;
      },
      { timeoutMs, everyMs: 1_000, what: `${what} in /hosts` },
    );

  beforeAll(async () => {
    database = await mysqlDatabase();
    sandbox = await startSandbox();
    alpha = await startMachine({ sandbox, name: "alpha", roles: "bot,worker", databaseUrl: database.url });
    beta = await startMachine({ sandbox, name: "beta", databaseUrl: database.url });
  }, 120_000);
  afterAll(async () => {
    await beta?.remove();
    await alpha?.remove();
    await sandbox?.stop();
    await database?.remove();
  });

  it("share one job: each writes its own name, no file is fetched twice, and the end says which has what", async () => {
    const chatId = await channel("shared", 600);
    await hosts(/1\. alpha · answers you, fetches[\s\S]*2\. beta · fetches/);
    await slowly(250_000);
    const asked = await sandbox.phone.say("/download @shared");
    await hosts(/alpha[\s\S]*at work on job \d+[\s\S]*beta[\s\S]*at work on job \d+/);
    const { text } = await awaitEnd(sandbox, asked);
    await slowly(0);
    const shares = await sharesOf(database.url, chatId);
    expect([...shares.keys()].sort()).toEqual(["alpha", "beta"]);
    const disks = await onDisks(sandbox, both(), chatId);
    expect(disks).toMatchObject({ missing: 0, twice: 0 });
    expect(disks.counts).toEqual([shares.get("alpha"), shares.get("beta")]);
    for (const [name, count] of shares) {
      expect(count, name).toBeGreaterThan(100);
      expect(plain(text)).toMatch(new RegExp(`📁 .+/shared on ${name} \\(${count} files\\)`));
    }
  });

  it("leaves a drained machine without new work, and takes it back", async () => {
    await hosts(/beta/);
    await sandbox.phone.press(/Drain .*beta/u);
    await sandbox.phone.press("⏸ Drain it");
    await hosts(/beta[\s\S]*drained: takes nothing new/);
    // The machine hears of it with its next sign of life.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    const first = await channel("without", 60);
    await awaitEnd(sandbox, await sandbox.phone.say("/download @without"));
    expect(await sharesOf(database.url, first)).toEqual(new Map([["alpha", 60]]));

    await hosts(/beta/);
    await sandbox.phone.press(/Take back .*beta/u);
    await sandbox.phone.press("▶️ Take it back");
    await hosts(/beta[^\n]*\n {3}idle/);
  });

  it("takes over from a machine that stands still, which writes nothing of it when it wakes up", async () => {
    const chatId = await channel("stopped", 500);
    await slowly(60_000);
    const before = filesBelow(beta.downloads);
    const asked = await sandbox.phone.say("/download @stopped");
    await eventually(() => filesBelow(beta.downloads) > before + 5, { timeoutMs: 60_000, what: "beta at work" });
    beta.child.kill("SIGSTOP");
    const stoppedAt = Date.now();
    const held = () =>
      onServer<{ n: number }>(
        database.url,
        "SELECT COUNT(*) AS n FROM jobs WHERE locked_hostname = 'beta' AND state = 'active'",
      ).then(([row]) => Number(row?.n));
    expect(await held()).toBeGreaterThan(0);
    await slowly(2_000_000);
    await eventually(async () => (await held()) === 0, { timeoutMs: 70_000, what: "its share taken over" });
    expect(Date.now() - stoppedAt).toBeLessThan(60_000);
    beta.child.kill("SIGCONT");
    const { text } = await awaitEnd(sandbox, asked);
    await slowly(0);
    expect(plain(text)).toMatch(/500 files/);
    const disks = await onDisks(sandbox, both(), chatId);
    expect(disks).toMatchObject({ missing: 0, twice: 0 });
    const [lines] = await onServer<{ n: number }>(
      database.url,
      "SELECT COUNT(*) AS n FROM download_log WHERE chat_id = ? AND download_status = 'success'",
      [chatId],
    );
    expect(Number(lines?.n)).toBe(500);
    const rows = await sharesOf(database.url, chatId);
    expect([...rows.values()].reduce((sum, count) => sum + count, 0)).toBe(500);
  });

  it("does not use a session that was copied from another machine, and says why", async () => {
    const folder = makeTempFolder();
    const data = join(folder, "data");
    mkdirSync(data, { recursive: true, mode: 0o700 });
    cpSync(join(alpha.folder, "data", "session"), join(data, "session"));
    const sessions = (await sandbox.control.sessions()).length;
    const gamma = await startProgram({
      sandbox,
      databaseUrl: database.url,
      signedIn: false,
      folder,
      env: { ROLES: "worker", MACHINE_NAME: "gamma" },
    });
    try {
      const told = await eventually(() => gamma.log().find(({ code }) => code === "COPIED_SESSION"), {
        timeoutMs: 20_000,
        what: "the reason in the log",
      });
      expect(told.msg).toMatch(/copied from the machine “alpha”.*AUTH_KEY_DUPLICATED.*npm run login/);
      await hosts(/gamma[\s\S]*⚠️ Its session was copied from another machine/);
      expect((await sandbox.control.sessions()).length).toBe(sessions);
      expect(alpha.log().filter(({ level }) => level === "fatal")).toEqual([]);
    } finally {
      await gamma.remove();
      removeFolder(folder);
    }
  });

  it("counts what both have asked of Telegram", async () => {
    const asked = await sandbox.phone.say("/status");
    const { text } = await sandbox.phone.waitFor(/🩺/u, { after: asked });
    expect(plain(text)).toMatch(/Asked of Telegram today: [\d,]+ calls, [\d,]+ file parts/);
    const [budget] = await onServer<{ n: number }>(database.url, "SELECT COUNT(*) AS n FROM request_budget");
    expect(Number(budget?.n)).toBeGreaterThan(1);
  });
});
