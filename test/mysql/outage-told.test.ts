import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onServer } from "../support/database.ts";
import { awaitEnd, awaitFiles, countFiles } from "../support/downloads.ts";
import { type PrivateMariadb, startMariadb } from "../support/private-mariadb.ts";
import { type Program, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, "");
const FILES = 400;
const isJson = (line: string): boolean => {
  try {
    return typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
};

/** It kills its server, so it has one of its own whatever TEST_DATABASE_URL says. */
describe("a database that goes away while the program runs", () => {
  let server: PrivateMariadb;
  let sandbox: Sandbox;
  let program: Program;
  let url: string;
  beforeAll(async () => {
    server = await startMariadb();
    url = await server.url("told");
    sandbox = await startSandbox();
    program = await startProgram({ sandbox, databaseUrl: url });
  }, 120_000);
  afterAll(async () => {
    await program?.remove();
    await sandbox?.stop();
    await server?.remove();
  });

  it("is told once, downloads go on, and the end says how many records were handed over", async () => {
    const { phone, control } = sandbox;
    const chatId = await sandbox.addChannel({ username: "lasting", title: "Lasting", files: FILES });
    await control.setLine({ rttMs: 5, bytesPerSecond: 30_000 });
    const asked = await phone.say("/download @lasting");
    await awaitFiles(program, 20);
    await server.kill();
    const away = await phone.waitFor(/🛠/u, { after: asked, timeoutMs: 30_000 });
    expect(plain(away.text)).toMatch(
      /^🛠 My database isn't answering\. Downloads go on; I keep the records on disk and write them when it's back\. \(id [0-9A-F]{4}\)$/,
    );
    expect((await phone.press("↻ Try now")).text).toBe("Still no answer. I keep trying.");
    const jobs = await phone.say("/jobs");
    const listed = plain((await phone.waitFor(/from my local list/u, { after: jobs })).text);
    expect(listed).toMatch(
      /^🧾 1 running, 0 waiting, 0 finished today \(from my local list, the database isn't answering\)\n1 📥 Download · Lasting · \d+ %$/u,
    );
    for (const [words, what] of [
      ["/search report", "search now"],
      ["/stats @lasting", "count now"],
      ["/duplicates", "count now"],
    ] as const) {
      const after = await phone.say(words);
      expect(plain((await phone.waitFor(/🛠/u, { after })).text), words).toMatch(
        new RegExp(`^🛠 My database isn't answering, so I can't ${what}\\.[^\\n]* \\(id [0-9A-F]{4}\\)$`),
      );
    }
    const status = await phone.say("/status");
    expect(plain((await phone.waitFor(/🩺/u, { after: status })).text)).toMatch(
      /Away since .*\d+ records? to hand over/,
    );
    const before = countFiles(program);
    await awaitFiles(program, before + 10);

    await server.start();
    const back = await phone.waitFor(/✅ Database back/u, { after: asked, timeoutMs: 60_000 });
    expect(plain(back.text)).toMatch(/^✅ Database back after \d+ (s|min)\. [\d,]+ records? written from disk\.$/);
    await control.setLine({ rttMs: 0, bytesPerSecond: 0 });
    expect((await awaitEnd(sandbox, asked)).text).toMatch(/400 files/);
    const said = await phone.answers(asked);
    expect(said.filter(({ text }) => /^🛠.*Downloads go on/u.test(text))).toHaveLength(1);
    expect(said.filter(({ text }) => text.startsWith("✅ Database"))).toHaveLength(1);
    const [rows] = await onServer<{ n: number }>(
      url,
      "SELECT COUNT(*) AS n FROM messages WHERE chat_id = ? AND status = 'downloaded'",
      [chatId],
    );
    expect(Number(rows?.n)).toBe(FILES);
    expect(program.lines().filter((line) => !isJson(line))).toEqual([]);
  });

  it("is a fault of the settings where it refuses the start, by .env or by my.json: a sentence and exit code 2", async () => {
    const { port } = new URL(url);
    const refused = async (database: { user: string; password: string; name: string }, legacy: boolean) => {
      const folder = makeTempFolder();
      mkdirSync(folder, { recursive: true });
      const { user, password, name } = database;
      if (legacy) {
        const settings = { database: { host: "127.0.0.1", port: Number(port), user, password, database: name } };
        writeFileSync(join(folder, "my.json"), JSON.stringify(settings), { mode: 0o600 });
      }
      const databaseUrl = legacy ? null : `mysql://${user}:${password}@127.0.0.1:${port}/${name}`;
      const start = await startProgram({ sandbox, databaseUrl, folder, signedIn: false, ready: false });
      const { code } = await start.child.exited;
      const text = start.lines().join("\n");
      await start.remove();
      removeFolder(folder);
      expect(code).toBe(2);
      expect(text).not.toMatch(/^\s+at |"stack"/m);
      expect(text).not.toContain("wrong-secret");
      return text;
    };
    const stranger = { user: "nobody", password: "wrong-secret", name: "told" };
    const sentence = "The database refuses the user or the password. Correct them in DATABASE_URL.";
    expect(await refused(stranger, false)).toContain(sentence);
    const byLegacy = await refused(stranger, true);
    expect(byLegacy).toContain(sentence);
    expect(byLegacy).toContain("Using settings of my.json: move them to .env");
    expect(await refused({ user: "root", password: "", name: "missing" }, false)).toContain(
      "There is no database of that name on the server. Create it, or correct the name in DATABASE_URL.",
    );
  });
});
