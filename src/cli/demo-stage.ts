/** Sandbox, login and product, started one after the other, as an owner would. */
import { createWriteStream, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lockDataFolder, prepareFolder } from "../data-folder.ts";
import { type Child, startChild } from "./child.ts";
import { answerLogin } from "./login-answers.ts";
import { bareEnvironment, type SandboxReady, settingsFor, startSandboxProcess } from "./sandbox-process.ts";

const READY_WITHIN_MS = 60_000;
/** Nothing else in the folder is touched, whatever folder it is. */
export const LEFT_BY_LAST_DEMO =
  /^(downloads|session(\..+)?|(database|stand-in)\.sqlite(-wal|-shm)?|worker-id|destinations\.jsonl|lock|log\.jsonl)$/;

export interface DemoStage {
  ready: SandboxReady;
  folder: string;
  /** Settles when one of the two has ended, with its name. */
  ended: Promise<"The sandbox" | "The program">;
  stop(): Promise<void>;
}

/** Begins with an empty folder every time: a new Telegram knows nothing of the last one's accounts. */
export async function startStage(options: { folder: string; world: string; headless: boolean }): Promise<DemoStage> {
  const { folder, world, headless } = options;
  prepareFolder(folder, "--folder");
  // Refuses while another demo lives in it.
  lockDataFolder(folder)();
  for (const name of readdirSync(folder)) {
    if (LEFT_BY_LAST_DEMO.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }

  const children: Child[] = [];
  const stop = async () => {
    for (const child of children.reverse()) await child.stop();
  };
  try {
    const sandbox = await startSandboxProcess(["--world", world], true);
    children.push(sandbox);
    const env = { ...bareEnvironment(), ...settingsFor(sandbox.ready), DATA_DIR: folder, LOG_FORMAT: "json" };

    const login = startChild("src/cli/login.ts", { env, cwd: folder });
    children.push(login);
    await answerLogin(login, sandbox.ready.owner);

    const log = createWriteStream(join(folder, "log.jsonl"));
    const product = startChild("src/main.ts", {
      env,
      cwd: folder,
      ownGroup: true,
      onLine(line) {
        log.write(`${line}\n`);
        if (!headless && /"level":"(warn|error|fatal)"/.test(line)) console.error(line);
      },
    });
    children.push(product);
    await product.line((line) => line.includes('"Ready."'), READY_WITHIN_MS);
    // So that the first word on the phone meets a program that can do everything.
    await product.line((line) => line.includes('"Connected to Telegram."'), READY_WITHIN_MS);
    const ended = Promise.race([
      sandbox.exited.then(() => "The sandbox" as const),
      product.exited.then(() => "The program" as const),
    ]);
    void product.exited.then(() => log.end());
    return { ready: sandbox.ready, folder, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
