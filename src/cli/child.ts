/** A program of this repository as a process of its own: its lines, its end, and how to end it. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface ChildOptions {
  args?: string[];
  env: NodeJS.ProcessEnv;
  /** Where it looks for .env; not the repository, whose settings are the owner's own. */
  cwd: string;
  onLine?: (line: string, from: "stdout" | "stderr") => void;
  /** Modules that are loaded before it, as `node --import` does. */
  imports?: readonly string[];
  /** Does not hear the terminal's Ctrl-C: whoever started it says when it is to end. */
  ownGroup?: boolean;
}

export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Child {
  readonly pid: number;
  /** Everything it has written, in order. */
  readonly lines: string[];
  /** Settles when it has ended and all it wrote has been read. */
  readonly exited: Promise<ChildExit>;
  /** The first line that matches, written already or to come; rejects when it ends without one or is late. */
  line(matches: (line: string) => boolean, timeoutMs: number): Promise<string>;
  /** Answers its question. */
  write(text: string): void;
  /** No more answers. */
  endInput(): void;
  kill(signal: NodeJS.Signals): void;
  /** Asks it to end, and after `graceMs` makes it. */
  stop(graceMs?: number): Promise<ChildExit>;
}

/** From the root of the repository, such as "src/main.ts". */
export function startChild(entry: string, options: ChildOptions): Child {
  const { args = [], env, cwd, onLine, imports = [], ownGroup = false } = options;
  const script = fileURLToPath(new URL(`../../${entry}`, import.meta.url));
  const process_ = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), ...imports.flatMap((one) => ["--import", one]), script, ...args],
    {
      cwd,
      env,
      stdio: ["pipe", "pipe", "pipe"],
      detached: ownGroup,
    },
  );
  // It may have ended before it read its answer.
  process_.stdin.on("error", () => {});
  const lines: string[] = [];
  const watchers = new Set<(line: string) => void>();
  const take = (from: "stdout" | "stderr") => (line: string) => {
    lines.push(line);
    onLine?.(line, from);
    for (const watch of [...watchers]) watch(line);
  };
  createInterface({ input: process_.stdout }).on("line", take("stdout"));
  createInterface({ input: process_.stderr }).on("line", take("stderr"));
  const exited = exitOf(process_);

  return {
    pid: process_.pid ?? -1,
    lines,
    exited,
    line(matches, timeoutMs) {
      const known = lines.find(matches);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve, reject) => {
        const settle = (act: () => void) => {
          watchers.delete(watch);
          clearTimeout(timer);
          act();
        };
        const fail = (why: string) =>
          settle(() => reject(new Error(`${entry} ${why}. It wrote:\n${lines.slice(-30).join("\n")}`)));
        const watch = (line: string) => {
          if (matches(line)) settle(() => resolve(line));
        };
        const timer = setTimeout(() => fail(`did not write the awaited line within ${timeoutMs / 1000} s`), timeoutMs);
        watchers.add(watch);
        void exited.then(({ code, signal }) => fail(`ended (${signal ?? code}) before the awaited line`));
      });
    },
    write: (text) => void process_.stdin.write(text),
    endInput: () => void process_.stdin.end(),
    kill: (signal) => void process_.kill(signal),
    async stop(graceMs = 12_000) {
      if (process_.exitCode !== null || process_.signalCode !== null) return exited;
      process_.kill("SIGTERM");
      const force = setTimeout(() => process_.kill("SIGKILL"), graceMs);
      const exit = await exited;
      clearTimeout(force);
      return exit;
    },
  };
}

function exitOf(process_: ChildProcess): Promise<ChildExit> {
  return new Promise((resolve) => {
    process_.once("error", () => resolve({ code: 127, signal: null }));
    process_.once("close", (code, signal) => resolve({ code, signal }));
  });
}
