/** A sandbox of its own for a test: the process, its ready line, its control door and the owner's phone. */
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { startChild } from "../../src/cli/child.ts";
import { answerLogin } from "../../src/cli/login-answers.ts";
import { bareEnvironment, type SandboxReady, settingsFor, startSandboxProcess } from "../../src/cli/sandbox-process.ts";
import { type Phone, phoneOf } from "./phone.ts";
import { makeTempFolder, removeFolder } from "./temp.ts";

export interface Sandbox {
  readonly ready: SandboxReady;
  readonly phone: Phone;
  /** The settings that point a program at it. */
  readonly settings: Record<string, string>;
  /** GET, or POST where there is a body, at the control door. */
  ask<T>(path: string, body?: unknown, method?: "GET" | "POST" | "DELETE"): Promise<T>;
  /** Puts a session of the logged-in owner into a data folder; the login itself is done once. */
  signIn(dataDir: string): Promise<void>;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  world?: string;
  args?: readonly string[];
}

export async function startSandbox({ world = "small", args = [] }: SandboxOptions = {}): Promise<Sandbox> {
  const child = await startSandboxProcess(["--world", world, ...args]);
  const { ready } = child;
  const settings = settingsFor(ready);
  const home = makeTempFolder();
  let login: Promise<void> | undefined;

  const ask = async <T>(path: string, body?: unknown, method = body === undefined ? "GET" : "POST"): Promise<T> => {
    const response = await fetch(`${ready.control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === "" ? null : JSON.parse(text)) as T;
  };
  return {
    ready,
    settings,
    ask,
    phone: phoneOf(ask),
    async signIn(dataDir) {
      login ??= (async () => {
        const env = { ...bareEnvironment(), ...settings, DATA_DIR: home };
        await answerLogin(startChild("src/cli/login.ts", { env, cwd: home }), ready.owner);
      })();
      await login;
      for (const name of ["session"]) {
        if (existsSync(join(home, name))) cpSync(join(home, name), join(dataDir, name), { recursive: true });
      }
    },
    async stop() {
      await child.stop(5_000);
      removeFolder(home);
    },
  };
}
