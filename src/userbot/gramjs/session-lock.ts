/** One process per session: two that use one key make Telegram end it (AUTH_KEY_DUPLICATED). */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { FatalError } from "../../core/errors.ts";

interface Holder {
  pid: number;
  host: string;
  since: string;
  /** When the process began, where the system tells: a number alone may be another process's by now. */
  began: string | null;
}

/** Taken before the first connection, kept until the last socket is closed. Answers with how to give it back. */
export function lockSession(sessionFile: string): () => void {
  const path = `${sessionFile}.lock`;
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    began: beganAt(process.pid),
  };
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: "wx", mode: 0o600 });
      return () => {
        if (read(path)?.since === mine.since) rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = read(path);
    if (holder && isAlive(holder)) throw inUse(holder);
    if (attempt > 3) throw inUse(holder ?? mine);
    rmSync(path, { force: true });
  }
}

function inUse({ pid, host }: Holder): FatalError {
  return new FatalError(
    `The Telegram session is in use by process ${pid} on ${host}: stop that one first, or give this one a DATA_DIR of its own.`,
    "SESSION_IN_USE",
  );
}

function read(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return null;
  }
}

/** A process on another host cannot be asked; the folder's own lock is what keeps those apart. */
function isAlive({ pid, host, began }: Holder): boolean {
  if (host !== hostname() || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const now = beganAt(pid);
  return now === null || began === null || now === began;
}

/** Linux counts the ticks from its own start to the process's. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
