/** Processes that read pictures. One that falls over a picture, or thinks for too long, is replaced; the picture is broken. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import PQueue from "p-queue";
import type { PictureReading } from "./read-picture.ts";

export interface PictureReaders {
  read(path: string): Promise<PictureReading>;
  /** Ends the processes; what is being read is broken off. */
  close(): Promise<void>;
}

export interface PictureReaderOptions {
  /** Pictures read at once. */
  count?: number;
  /** For one picture, a slow disk included. */
  timeoutMs?: number;
  /** What runs in each process; for tests. */
  entry?: string;
}

const COUNT = 2;
const TIMEOUT_MS = 60_000;
/** Whatever leaks in there is gone with the process. */
const PICTURES_EACH = 5_000;
/** Where programs and passing files lie. */
const PASSED_ON = ["PATH", "TMPDIR", "TEMP", "TMP", "SystemRoot"];
const BROKEN: PictureReading = { mark: null, why: "broken" };

export function openReaders(options: PictureReaderOptions = {}): PictureReaders {
  const { count = COUNT, timeoutMs = TIMEOUT_MS } = options;
  const entry = options.entry ?? fileURLToPath(new URL("./reader.ts", import.meta.url));
  const queue = new PQueue({ concurrency: count });
  const idle: Reader[] = [];
  const all = new Set<Reader>();
  let closed = false;

  const take = (): Reader => {
    const reader = idle.pop() ?? new Reader(entry);
    all.add(reader);
    return reader;
  };
  return {
    async read(path) {
      const reading = await queue.add(async () => {
        if (closed) throw new Error("The readers of pictures are closed.");
        const reader = take();
        const answer = await reader.ask(path, timeoutMs);
        if (answer !== null && reader.asked < PICTURES_EACH) {
          idle.push(reader);
          return answer;
        }
        all.delete(reader);
        await reader.end();
        if (answer === null && closed) throw new Error("The readers of pictures are closed.");
        return answer ?? BROKEN;
      });
      return reading;
    },
    async close() {
      closed = true;
      await Promise.all([...all].map((reader) => reader.end()));
      all.clear();
    },
  };
}

class Reader {
  readonly #child: ChildProcess;
  readonly #gone: Promise<unknown>;
  asked = 0;

  constructor(entry: string) {
    this.#child = fork(entry, {
      // TypeScript, as this process reads it itself; nothing of what this one was started with.
      execArgv: ["--import", import.meta.resolve("tsx")],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      // It needs no secret of ours, and opens files that anybody may have sent.
      env: Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]])),
    });
    this.#child.on("error", () => {});
    this.#gone = once(this.#child, "exit").catch(() => {});
    try {
      if (this.#child.pid) setPriority(this.#child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // It reads as well without.
    }
  }

  /** Null where it fell over, or had no answer in time. */
  async ask(path: string, timeoutMs: number): Promise<PictureReading | null> {
    this.asked++;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeoutMs);
    try {
      const answer = once(this.#child, "message", { signal: late.signal }) as Promise<[PictureReading]>;
      const [reading] = await Promise.race([answer, this.#gone.then((): [null] => [null]), this.#send(path)]);
      return reading;
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
      late.abort();
    }
  }

  /** Never answers, unless it cannot be sent. */
  #send(path: string): Promise<never> {
    return new Promise((_, reject) => this.#child.send(path, (error) => error && reject(error)));
  }

  async end(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#gone;
  }
}
