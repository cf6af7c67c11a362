import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChild } from "../../src/cli/child.ts";
import { answerLogin } from "../../src/cli/login-answers.ts";
import { bareEnvironment } from "../../src/cli/sandbox-process.ts";
import { awaitEnd, awaitFiles, expectWhole } from "../support/downloads.ts";
import { type Program, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
  sandbox = await startSandbox();
  program = await startProgram({ sandbox, env: { OWNER_ID: undefined } });
});
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

describe("a bot without an owner", () => {
  it("belongs to whoever brings the link of the log first, and to nobody else after", async () => {
    const offer = program.log().find(({ msg }) => msg.includes("OWNER_ID"));
    const claim = `/start ${new URL(String(offer?.link)).searchParams.get("start")}`;
    expect(claim).toMatch(/^\/start claim_[\w-]{22}$/);

    const guess = await sandbox.stranger.say("/start claim_AAAAAAAAAAAAAAAAAAAAAA");
    const asked = await sandbox.phone.say(claim);
    await sandbox.phone.waitFor(/./u, { after: asked });
    const late = await sandbox.stranger.say(claim);
    const again = await sandbox.phone.say("/help");
    await sandbox.phone.waitFor(/./u, { after: again });
    expect(await sandbox.stranger.answers(Math.min(guess, late) - 1)).toEqual([]);
  });
});

describe("an account that Telegram signs out in the middle of a download", () => {
  it("is told to the owner in its own words; the job waits, and goes on after a new login", async () => {
    const chatId = await sandbox.addChannel({
      username: "revoked",
      title: "Revoked",
      files: 100,
      sizeMin: 500,
      sizeMax: 1_500,
    });
    await sandbox.control.setLine({ rttMs: 5, bytesPerSecond: 20_000 });
    const asked = await sandbox.phone.say("/download @revoked");
    await awaitFiles(program, 10);
    await sandbox.control.revokeSession();
    const told = await sandbox.phone.waitFor(/🔑/u, { after: asked, timeoutMs: 40_000 });
    expect(told.text).toMatch(/signed me out|signed out/i);
    expect(told.silent).toBe(false);
    expect(program.child.lines.join("\n")).toContain("npm run login");

    await sandbox.control.setLine({ rttMs: 0, bytesPerSecond: 0 });
    const data = join(program.folder, "data");
    const env = { ...bareEnvironment(), ...sandbox.settings, DATA_DIR: data };
    await answerLogin(startChild("src/cli/login.ts", { env, cwd: program.folder }), sandbox.ready.owner);
    const end = await awaitEnd(sandbox, asked);
    expect(end.text).toMatch(/^✅/u);
    await expectWhole(sandbox, program, chatId);
  });

  it("leaves the bot able to answer, and to say at a start that nobody is signed in", async () => {
    await program.stop();
    rmSync(join(program.folder, "data", "session"));
    await program.start();
    const asked = await sandbox.phone.say("/download @revoked");
    await sandbox.phone.waitFor(/I need your account first/i, { after: asked });
  });
});
