import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type Program, type ProgramOptions, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

const programs: Program[] = [];
afterEach(async () => {
  for (const program of programs.splice(0)) await program.remove();
});
async function begin(options: ProgramOptions): Promise<Program> {
  const program = await startProgram(options);
  programs.push(program);
  return program;
}
/** A start that fails: what a person reads, and the exit code. */
async function failingStart(env: Record<string, string | undefined>, withSandbox = true) {
  const program = await begin({ ...(withSandbox ? { sandbox } : {}), env, ready: false, signedIn: false });
  const { code } = await program.child.exited;
  const text = program.lines().join("\n");
  expect(text).not.toMatch(/^\s+at /m);
  expect(text).not.toContain('"stack"');
  return { code, text, program };
}

describe("a start with wrong settings", () => {
  it("names every missing setting at once, with its cure, and ends with 2", async () => {
    const { code, text } = await failingStart({}, false);
    expect(code).toBe(2);
    for (const cure of ["BOT_TOKEN is missing: talk to @BotFather", "API_ID is missing", "API_HASH is missing"]) {
      expect(text).toContain(cure);
    }
    expect(text).toContain("npm run setup");
  });

  it("names every wrong one at once, and repeats none of their values", async () => {
    const wrong = {
      BOT_TOKEN: "hunter2-token",
      OWNER_ID: "hunter2",
      API_ID: "hunter2",
      API_HASH: "hunter2",
      DATABASE_URL: "hunter2",
      ROLES: "hunter2",
      TELEGRAM_DC: "hunter2",
      LOG_LEVEL: "hunter2",
    };
    const { code, text } = await failingStart(wrong);
    expect(code).toBe(2);
    for (const name of Object.keys(wrong)) expect(text).toContain(`- ${name} `);
    expect(text).not.toContain("hunter2");
  });

  it("says that a folder cannot be written", async () => {
    const { code, text, program } = await failingStart({ DOWNLOAD_DIR: "/proc/nowhere" });
    expect(code).toBe(2);
    expect(text).toContain("/proc/nowhere cannot be written");
    expect(text).toContain("DOWNLOAD_DIR");
    expect(program.log().at(-1)?.level).toBe("fatal");
  });

  it("refuses a token that Telegram does not know", async () => {
    const { code, text } = await failingStart({ BOT_TOKEN: "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0" });
    expect(code).toBe(2);
    expect(text).toContain("Telegram does not know this BOT_TOKEN");
    expect(text).not.toContain("AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0");
  });

  it("refuses a data folder in which another one lives", async () => {
    const first = await begin({ sandbox });
    const data = join(first.folder, "data");
    const { code, text } = await failingStart({ DATA_DIR: data });
    expect(code).toBe(2);
    expect(text).toContain(`The data folder ${data} is in use by process ${first.child.pid}`);
  });

  it("reads my.json, says so, and prefers .env", async () => {
    const folder = (await begin({ sandbox, ready: false, signedIn: false, env: { ROLES: "cook" } })).folder;
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "my.json"),
      JSON.stringify({ api_id: sandbox.ready.apiId, api_hash: sandbox.ready.apiHash }),
    );
    writeFileSync(join(folder, ".env"), "MACHINE_NAME=from-dot-env\n");
    const env = { API_ID: undefined, API_HASH: undefined, MACHINE_NAME: undefined, LOG_LEVEL: "info" };
    const program = await begin({ sandbox, folder, env });
    const [hint] = program.log().filter(({ msg }) => msg.includes("my.json"));
    expect(hint).toMatchObject({ level: "warn", settings: ["API_ID", "API_HASH"] });
    expect(program.log().find(({ msg }) => msg === "Ready.")?.hostname).toBe("from-dot-env");
  });
});

describe("a start while the shared database is away", () => {
  it("works all the same, and says so without the password", async () => {
    const DATABASE_URL = "mysql://me:hunter2secret@127.0.0.1:1/telegram";
    const program = await begin({ sandbox, signedIn: false, env: { DATABASE_URL, ROLES: "worker" } });
    await program.stop();
    expect(program.log().some(({ level, msg }) => level === "warn" && /database/i.test(msg))).toBe(true);
    expect(program.lines().join("\n")).not.toContain("hunter2secret");
  });
});

describe("a start that meets another program", () => {
  it("ends with its own sentence when another bot polls with the same token", async () => {
    const first = await begin({ sandbox });
    const second = await begin({ sandbox, ready: false, signedIn: false, env: { ROLES: "bot" } });
    // The older poller is the one that Telegram turns away.
    const loser = await Promise.race(
      [first, second].map(async (program) => {
        const { code } = await program.child.exited;
        return { program, code };
      }),
    );
    expect(loser.code).toBe(2);
    expect(loser.program.lines().join("\n")).toMatch(/another copy of this bot/i);
  });
});

describe("a start without an account", () => {
  it("answers the owner, says what to do, and works once somebody has logged in", async () => {
    const program = await begin({ sandbox, signedIn: false });
    const { phone } = sandbox;
    const asked = await phone.say("/download @news");
    await phone.waitFor(/account/i, { after: asked });
    expect(program.child.lines.join("\n")).toContain("npm run login");

    await sandbox.signIn(join(program.folder, "data"));
    await eventually(() => program.log().some(({ msg }) => /connected|signed in/i.test(msg)), { timeoutMs: 30_000 });
  });
});
