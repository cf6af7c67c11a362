import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onServer } from "../support/database.ts";
import { awaitEnd, awaitFiles } from "../support/downloads.ts";
import { type PrivateMariadb, startMariadb } from "../support/private-mariadb.ts";
import { type Program, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

const FILES = 300;

/** It restarts its server, so it has one of its own whatever TEST_DATABASE_URL says. */
describe("a database that is restarted five times within a minute", () => {
  let server: PrivateMariadb;
  let sandbox: Sandbox;
  let program: Program;
  let url: string;
  beforeAll(async () => {
    server = await startMariadb();
    url = await server.url("restarts");
    sandbox = await startSandbox();
    program = await startProgram({ sandbox, databaseUrl: url });
  }, 120_000);
  afterAll(async () => {
    await program?.remove();
    await sandbox?.stop();
    await server?.remove();
  });

  it("is one outage to the owner, told once and ended once, and nothing is fetched or recorded twice", async () => {
    const { phone, control } = sandbox;
    const chatId = await sandbox.addChannel({ username: "restarts", title: "Restarts", files: FILES });
    await control.setLine({ rttMs: 5, bytesPerSecond: 30_000 });
    const asked = await phone.say("/download @restarts");
    await awaitFiles(program, 5);
    for (let n = 0; n < 5; n++) {
      await server.kill();
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await server.start();
      await new Promise((resolve) => setTimeout(resolve, 5_000));
    }
    await phone.waitFor(/^✅ Database back after \d+ (s|min)\./u, { after: asked, timeoutMs: 120_000 });
    await control.setLine({ rttMs: 0, bytesPerSecond: 0 });
    expect((await awaitEnd(sandbox, asked)).text).toMatch(/300 files/);
    const said = (await phone.answers(asked)).map(({ text }) => text);
    expect(said.filter((text) => text.startsWith("🛠"))).toHaveLength(1);
    expect(said.filter((text) => text.startsWith("✅ Database"))).toHaveLength(1);
    const count = async (what: string) =>
      Number((await onServer<{ n: number }>(url, `SELECT COUNT(*) AS n FROM ${what}`, [chatId]))[0]?.n);
    expect(await count("messages WHERE chat_id = ? AND status = 'downloaded'")).toBe(FILES);
    expect(await count("download_log WHERE chat_id = ? AND download_status = 'success'")).toBe(FILES);
    const log = program.log();
    expect(log.filter(({ level }) => level === "error" || level === "fatal")).toEqual([]);
    // Trusted again only after it has answered for a while: it is not handed over to each time that it shows itself.
    expect(log.filter(({ msg }) => msg.startsWith("The central database is away")).length).toBeLessThan(5);
  });
});
