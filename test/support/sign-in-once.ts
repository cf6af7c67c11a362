/** `tsx test/support/sign-in-once.ts <folder>`: logs in to a sandbox, and leaves what both sides keep of it in the folder. */
import { mkdirSync } from "node:fs";
import { startChild } from "../../src/cli/child.ts";
import { answerLogin } from "../../src/cli/login-answers.ts";
import { bareEnvironment, settingsFor, startSandboxProcess } from "../../src/cli/sandbox-process.ts";
import { FIRST_MACHINE, signedInFolder } from "./signed-in.ts";

const [folder = ""] = process.argv.slice(2);
const { state, machine } = signedInFolder(folder);
mkdirSync(machine, { mode: 0o700 });
const sandbox = await startSandboxProcess(["--world", "small", "--state", state]);
try {
  const env = { ...bareEnvironment(), ...settingsFor(sandbox.ready), DATA_DIR: machine, MACHINE_NAME: FIRST_MACHINE };
  await answerLogin(startChild("src/cli/login.ts", { env, cwd: folder }), sandbox.ready.owner);
} finally {
  await sandbox.stop();
}
