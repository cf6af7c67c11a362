import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startChild } from "../../src/cli/child.ts";
import { bareEnvironment } from "../../src/cli/sandbox-process.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

/** `npm run login` with these answers typed. */
async function login(at: Sandbox, ...answers: string[]) {
  const folder = makeTempFolder();
  onTestFinished(() => removeFolder(folder));
  // Not there yet, as in a fresh clone.
  const data = join(folder, "data");
  const env = { ...bareEnvironment(), ...at.settings, DATA_DIR: data };
  const child = startChild("src/cli/login.ts", { env, cwd: folder });
  onTestFinished(() => void child.kill("SIGKILL"));
  for (const answer of answers) child.write(`${answer}\n`);
  child.endInput();
  const { code } = await child.exited;
  return { code, said: child.lines.join("\n"), session: join(data, "session") };
}

describe("npm run login", () => {
  it("connects the account with phone and code, and saves the session for its owner alone", async () => {
    const { owner } = sandbox.ready;
    const answers = [owner.phone, owner.code, ...(owner.password === null ? [] : [owner.password])];
    const { code, said, session } = await login(sandbox, ...answers);
    expect(said).toMatch(/connected/i);
    expect(code).toBe(0);
    expect(statSync(session).mode & 0o777).toBe(0o600);
    expect(said).not.toMatch(/^\s+at /m);
  });

  it("asks for the password where there is one, and has three tries for it", async () => {
    const guarded = await startSandbox({ args: ["--password", "correct horse"] });
    onTestFinished(() => guarded.stop());
    const { owner } = guarded.ready;
    const right = await login(guarded, owner.phone, owner.code, "wrong", "correct horse");
    expect(right.code).toBe(0);
    const wrong = await login(guarded, owner.phone, owner.code, "one", "two", "three", "four");
    expect(wrong.code).not.toBe(0);
    expect(wrong.said).toMatch(/password/i);
    expect(existsSync(wrong.session)).toBe(false);
  });

  it("shows a link for a QR code where it is told to, and ends with a sentence at Ctrl-C", async () => {
    const folder = makeTempFolder();
    onTestFinished(() => removeFolder(folder));
    const env = { ...bareEnvironment(), ...sandbox.settings, DATA_DIR: join(folder, "data") };
    const child = startChild("src/cli/login.ts", { args: ["--qr"], env, cwd: folder });
    onTestFinished(() => void child.kill("SIGKILL"));
    await child.line((line) => /^tg:\/\/login\?token=[\w-]{20,}$/.test(line), 60_000);
    expect(child.lines.join("\n")).toContain("Link Desktop Device");
    child.kill("SIGINT");
    expect((await child.exited).code).toBe(1);
    expect(child.lines.join("\n")).toContain("Stopped: nothing was changed.");
    expect(existsSync(join(folder, "data", "session"))).toBe(false);
  });

  it("lets a mistyped code be typed again", async () => {
    const { owner } = sandbox.ready;
    const password = owner.password === null ? [] : [owner.password];
    const { code } = await login(sandbox, owner.phone, "00000", owner.code, ...password);
    expect(code).toBe(0);
  });

  it("refuses to make an account for a number that has none", async () => {
    const { code, said, session } = await login(sandbox, "+9996620000", "12345");
    expect(code).not.toBe(0);
    expect(said).toMatch(/no (Telegram )?account|not registered|sign up/i);
    expect(existsSync(session)).toBe(false);
  });

  it("leaves nothing for npm run doctor to find; before it, the doctor knows what is missing", async () => {
    const folder = makeTempFolder();
    onTestFinished(() => removeFolder(folder));
    const env = { ...bareEnvironment(), ...sandbox.settings, DATA_DIR: join(folder, "data") };
    const examine = async () => {
      const doctor = startChild("src/cli/doctor.ts", { env, cwd: folder });
      const { code } = await doctor.exited;
      return { code, said: doctor.lines.join("\n") };
    };
    const before = await examine();
    expect(before.code).toBe(1);
    expect(before.said).toContain("❌ Account: is not connected: npm run login");
    await sandbox.signIn(join(folder, "data"));
    const after = await examine();
    expect(after.said).not.toContain("❌");
    expect(after.said).toContain(`@${sandbox.ready.bot.username} answers`);
    expect(after.code).toBe(0);
  });

  it("says that it needs the api id, all at once with the rest", async () => {
    const folder = makeTempFolder();
    onTestFinished(() => removeFolder(folder));
    const child = startChild("src/cli/login.ts", { env: bareEnvironment(), cwd: folder });
    child.endInput();
    const { code } = await child.exited;
    expect(code).not.toBe(0);
    expect(child.lines.join("\n")).toContain("API_ID is missing");
    expect(child.lines.join("\n")).toContain("API_HASH is missing");
    expect(child.lines.join("\n")).not.toContain("BOT_TOKEN");
  });
});
