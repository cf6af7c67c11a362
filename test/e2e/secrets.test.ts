import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChild } from "../../src/cli/child.ts";
import { answerLogin } from "../../src/cli/login-answers.ts";
import { bareEnvironment } from "../../src/cli/sandbox-process.ts";
import { awaitEnd } from "../support/downloads.ts";
import { type Program, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

let sandbox: Sandbox;
let program: Program;
const loginLines: string[] = [];
beforeAll(async () => {
  sandbox = await startSandbox();
  program = await startProgram({ sandbox, signedIn: false, env: { LOG_LEVEL: "trace" } });
  const env = { ...bareEnvironment(), ...sandbox.settings, DATA_DIR: join(program.folder, "data"), LOG_LEVEL: "trace" };
  const onLine = (line: string) => void loginLines.push(line);
  await answerLogin(startChild("src/cli/login.ts", { env, cwd: program.folder, onLine }), sandbox.ready.owner);
});
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

describe("what the program says at its most talkative", () => {
  it("holds no token, api hash, session, phone number, code or password", async () => {
    await sandbox.addChannel({ username: "secretive", title: "Secretive", files: 20, sizeMin: 100, sizeMax: 4_000 });
    // A failing Bot API: the addresses in its errors hold the token.
    await sandbox.control.faults.add({ door: "bot-api", kind: "reset", method: "sendMessage", count: 1 });
    await awaitEnd(sandbox, await sandbox.phone.say("/download @secretive"));
    await program.stop();

    const said = [...program.lines(), ...loginLines].join("\n");
    expect(program.log().length).toBeGreaterThan(10);
    const { owner, bot, apiHash } = sandbox.ready;
    const digits = owner.phone.replace(/\D/g, "");
    const secrets = {
      token: bot.token,
      tokenSecret: bot.token.split(":")[1],
      apiHash,
      phone: digits,
      password: owner.password,
    };
    for (const [name, secret] of Object.entries(secrets)) {
      if (secret) expect(said.includes(secret), `the ${name} is in the log`).toBe(false);
    }
    expect(said.replace(/[\s()+-]/g, "").includes(digits), "the phone is in the log").toBe(false);

    // Neither the saved session, nor any key within it, in any of the usual forms.
    const session = readFileSync(join(program.folder, "data", "session"));
    for (let at = 0; at + 24 <= session.length; at += 24) {
      const piece = session.subarray(at, at + 24);
      for (const form of [piece.toString("latin1"), piece.toString("hex"), piece.toString("base64")]) {
        expect(said.includes(form) && !/^\W*$/.test(form), `a piece of the session is in the log: ${form}`).toBe(false);
      }
    }
  });

  it("is one JSON object a line, with level, time and message", () => {
    const stdout = program.lines();
    for (const line of stdout) {
      expect(JSON.parse(line)).toMatchObject({
        level: expect.stringMatching(/^(trace|debug|info|warn|error)$/),
        time: expect.stringMatching(/Z$/),
        msg: expect.any(String),
      });
    }
  });

  it("is made pretty when asked, and no argument of the process holds a secret", async () => {
    const env = { LOG_FORMAT: "pretty", ROLES: "worker" };
    const pretty = await startProgram({ sandbox, ready: false, signedIn: false, env });
    await pretty.child.line((line) => /INFO.*Ready\./.test(line), 30_000);
    const args = readFileSync(`/proc/${pretty.child.pid}/cmdline`, "latin1");
    await pretty.remove();
    expect(pretty.lines().some((line) => line.startsWith("{"))).toBe(false);
    for (const secret of [sandbox.ready.bot.token, sandbox.ready.apiHash]) expect(args).not.toContain(secret);
  });
});
