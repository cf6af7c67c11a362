/** The product as a process, the way its owner runs it: settings in, log lines and an exit code out. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Child, type ChildExit, startChild } from "../../src/cli/child.ts";
import { bareEnvironment } from "../../src/cli/sandbox-process.ts";
import type { Sandbox } from "./sandbox.ts";
import { makeTempFolder, removeFolder } from "./temp.ts";

export interface LogLine {
  level: string;
  msg: string;
  [field: string]: unknown;
}

export interface ProgramOptions {
  sandbox?: Sandbox;
  /** Over the sandbox's settings; undefined takes one away. */
  env?: Record<string, string | undefined>;
  /** A shared database; null or absent means the embedded one. */
  databaseUrl?: string | null;
  /** An account signed in, and waiting until it says "Ready."; false for starts that are to fail. */
  signedIn?: boolean;
  ready?: boolean;
  /** Loaded before the program, as `node --import` does. */
  imports?: readonly string[];
  /** Kept by the caller; a temporary one otherwise, removed by `remove`. */
  folder?: string;
}

export interface Program {
  readonly folder: string;
  readonly downloads: string;
  readonly databaseUrl: string | null;
  /** The present process. */
  readonly child: Child;
  /** Every line of every start. */
  lines(): string[];
  /** The JSON among them. */
  log(): LogLine[];
  kill(signal: NodeJS.Signals): Promise<ChildExit>;
  /** Starts again in the same folder. */
  start(): Promise<void>;
  stop(): Promise<ChildExit>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** Many programs may start at once on one small machine. */
const READY_WITHIN_MS = 90_000;

export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { sandbox, signedIn = true, ready = true } = options;
  const folder = options.folder ?? makeTempFolder();
  const data = join(folder, "data");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (sandbox && signedIn) await sandbox.signIn(data, options.env?.MACHINE_NAME);

  const lines: string[] = [];
  const env: NodeJS.ProcessEnv = {
    ...bareEnvironment(),
    ...sandbox?.settings,
    DATA_DIR: data,
    MACHINE_NAME: "machine-a",
    LOG_FORMAT: "json",
    ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
    ...options.env,
  };
  let child: Child;
  const start = async () => {
    child = startChild("src/main.ts", {
      env,
      cwd: folder,
      imports: options.imports ?? [],
      onLine: (line) => void lines.push(line),
    });
    if (!ready) return;
    await child
      .line((line) => line.includes('"msg":"Ready."'), READY_WITHIN_MS)
      .catch(async (error: unknown) => {
        // Nobody else could: whoever asked for it has not got it yet.
        await child.stop();
        throw error;
      });
  };
  await start();

  return {
    folder,
    databaseUrl: options.databaseUrl ?? null,
    downloads: env.DOWNLOAD_DIR ?? join(data, "downloads"),
    get child() {
      return child;
    },
    lines: () => lines,
    log: () => lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as LogLine),
    kill(signal) {
      child.kill(signal);
      return child.exited;
    },
    start,
    stop: () => child.stop(),
    async remove() {
      await child.stop();
      if (options.folder === undefined) removeFolder(folder);
    },
  };
}
