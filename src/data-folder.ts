/** The folders this machine writes to: made, tried, and taken by one process at a time. */
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { FatalError } from "./core/errors.ts";

interface Holder {
  pid: number;
  hostname: string;
  /** When the process began, as the system tells it: a pid alone may be somebody else's by now. */
  began: string | null;
}

const TOUCH_MS = 10_000;
/** A holder on another host (a shared folder, an earlier container) is believed gone after this silence. */
const SILENT_MS = 60_000;

/** Makes the folder, and throws the sentence to print where it cannot be written. */
export function prepareFolder(path: string, setting: string): void {
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new FatalError(
      `The folder ${path} cannot be written (${code}): give this user the right to, or name another one as ${setting}.`,
      "CONFIG",
      { cause: error },
    );
  }
}

/** Step by step: Node's own recursive form never returns where the parent is there and yet nothing can be made in it. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(path).isDirectory()) return;
    if (code !== "ENOENT" || existsSync(dirname(path))) throw error;
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

/** Takes the data folder for this process and answers with how to give it back. */
export function lockDataFolder(dataDir: string): () => void {
  const path = join(dataDir, "lock");
  const mine: Holder = { pid: process.pid, hostname: hostname(), began: beganAt(process.pid) };
  const draft = join(dataDir, `lock.${process.pid}`);
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    while (!claim(draft, path)) {
      const holder = readHolder(path);
      if (holder !== null && isAlive(holder.content, path)) throw inUse(dataDir, holder.content);
      if (holder !== null) removeStale(path, holder.text);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const touch = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // Somebody removed it by hand; the next start makes a new one.
    }
  }, TOUCH_MS).unref();
  return () => {
    clearInterval(touch);
    if (readHolder(path)?.content.pid === process.pid) rmSync(path, { force: true });
  };
}

/** A hard link either appears whole or not at all. */
function claim(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
  }
  // A file system without hard links.
  try {
    writeFileSync(path, readFileSync(draft), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(path: string): { text: string; content: Holder } | null {
  try {
    const text = readFileSync(path, "utf8");
    try {
      return { text, content: JSON.parse(text) as Holder };
    } catch {
      return { text, content: { pid: 0, hostname: hostname(), began: null } };
    }
  } catch {
    return null;
  }
}

/** Moved aside first, so that of two processes that saw the same corpse only one buries it. */
function removeStale(path: string, seen: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  // Between looking and moving another process may have taken it: then it gets its lock back.
  if (readFileSync(aside, "utf8") !== seen) claim(aside, path);
  rmSync(aside, { force: true });
}

function isAlive(holder: Holder, path: string): boolean {
  if (holder.hostname !== hostname()) {
    try {
      return Date.now() - statSync(path).mtimeMs < SILENT_MS;
    } catch {
      return false;
    }
  }
  // In a container every start may have the same pid.
  if (holder.pid <= 0 || holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const began = beganAt(holder.pid);
  return began === null || holder.began === null || began === holder.began;
}

/** Linux tells when a process began; elsewhere the pid has to do. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function inUse(dataDir: string, holder: Holder): FatalError {
  const where =
    holder.hostname === hostname() ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.hostname}`;
  return new FatalError(
    `The data folder ${dataDir} is in use by ${where}: stop that one, or give this one a DATA_DIR of its own.`,
    "CONFIG",
  );
}
