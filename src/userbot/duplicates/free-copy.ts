/**
 * Frees one copy of a file whose twin stays. Nothing that was recorded is believed: at this very moment both must be
 * ordinary files, different ones, and equal byte by byte. The copy is first put aside under another name, so that until
 * the last step it can be put back, and a kill in between loses nothing.
 */
import { constants, type Stats } from "node:fs";
import { type FileHandle, link, lstat, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

export type How = "link" | "remove";

export interface FreeWish {
  keep: string;
  drop: string;
  size: number;
  how: How;
  /** Told while the copy is aside, before it is gone for good; a failure puts it back. */
  settled: () => Promise<void>;
  signal: AbortSignal;
}

/** `bytes` is 0 where other names still hold the content. */
export type Freed = { freed: true; bytes: number } | { freed: false; reason: Refusal };
export type Refusal =
  | "missing"
  | "not-a-file"
  | "same-file"
  | "changed"
  | "different"
  | "other-disk"
  | "in-the-way"
  | "not-allowed";

const CHUNK = 1024 * 1024;

export async function freeCopy(wish: FreeWish): Promise<Freed> {
  const { keep, drop, size, how, signal } = wish;
  const aside = asideOf(drop);
  if (!(await putBack(aside, drop))) return refused("in-the-way");
  let kept: Stats;
  let dropped: Stats;
  try {
    const proof = await compare(keep, drop, size, signal);
    if ("reason" in proof) return refused(proof.reason);
    ({ kept, dropped } = proof);
  } catch (error) {
    return refusedBy(error);
  }
  if (how === "link" && kept.dev !== dropped.dev) return refused("other-disk");
  try {
    await rename(drop, aside);
  } catch (error) {
    return refusedBy(error);
  }
  try {
    // Whoever wrote to one of them meanwhile has shown it by its time.
    if (!isSame(await lstat(aside), dropped) || !isSame(await lstat(keep), kept)) throw new Changed();
    if (how === "link") await link(keep, drop);
    signal.throwIfAborted();
    if (!isSameContent(await lstat(keep), kept)) throw new Changed();
    await wish.settled();
    if (how === "link" && (await lstat(drop)).ino !== kept.ino) throw new Changed();
    const now = await lstat(keep);
    if (!isSameContent(now, kept)) throw new Changed();
    await unlink(aside);
    await syncFolder(dirname(drop));
    return { freed: true, bytes: dropped.nlink === 1 ? size : 0 };
  } catch (error) {
    // A link of ours goes; what somebody else has put there stays, and the copy keeps its other name beside it.
    if (how === "link") await unlinkIfSame(drop, kept);
    const back = await putBack(aside, drop);
    if (!back) return refused("in-the-way");
    if (error instanceof Changed) return refused("changed");
    return refusedBy(error);
  }
}

class Changed extends Error {
  override name = "Changed";
}

const refused = (reason: Refusal): Freed => ({ freed: false, reason });

/** What the disk says no to is this file's matter; all else is the job's. */
function refusedBy(error: unknown): Freed {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") return refused("missing");
  if (code === "ELOOP" || code === "EISDIR") return refused("not-a-file");
  if (code === "EXDEV" || code === "EMLINK") return refused("other-disk");
  if (code === "EACCES" || code === "EPERM" || code === "EROFS" || code === "EEXIST") return refused("not-allowed");
  throw error;
}

/** In the same folder, so that the way back is one rename. */
const asideOf = (path: string): string => join(dirname(path), `.${basename(path).slice(0, 180)}.tu-aside`);

/** An interrupted run was about to free this copy. */
export const isAside = (path: string): Promise<boolean> => exists(asideOf(path));

/** What an interrupted run has left aside goes back under its name. False where something else has that name now. */
async function putBack(aside: string, path: string): Promise<boolean> {
  if (!(await exists(aside))) return true;
  if (await exists(path)) return false;
  await rename(aside, path);
  return true;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return false;
    throw error;
  }
}

async function unlinkIfSame(path: string, kept: Stats): Promise<void> {
  try {
    const found = await lstat(path);
    if (found.ino === kept.ino && found.dev === kept.dev) await unlink(path);
  } catch {
    // It is not there: nothing to undo.
  }
}

type Proof = { kept: Stats; dropped: Stats } | { reason: Refusal };

async function compare(keep: string, drop: string, size: number, signal: AbortSignal): Promise<Proof> {
  const kept = await lstat(keep);
  const dropped = await lstat(drop);
  if (!kept.isFile() || !dropped.isFile()) return { reason: "not-a-file" };
  if (kept.ino === dropped.ino && kept.dev === dropped.dev) return { reason: "same-file" };
  if (kept.size !== size || dropped.size !== size) return { reason: "changed" };
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  const a = await open(keep, flags);
  try {
    const b = await open(drop, flags);
    try {
      if (!isSame(await a.stat(), kept) || !isSame(await b.stat(), dropped)) return { reason: "changed" };
      if (!(await areEqual(a, b, size, signal))) return { reason: "different" };
      if (!isSame(await a.stat(), kept) || !isSame(await b.stat(), dropped)) return { reason: "changed" };
      return { kept, dropped };
    } finally {
      await b.close();
    }
  } finally {
    await a.close();
  }
}

async function areEqual(a: FileHandle, b: FileHandle, size: number, signal: AbortSignal): Promise<boolean> {
  const [one, other] = [Buffer.alloc(CHUNK), Buffer.alloc(CHUNK)];
  for (let at = 0; at < size; ) {
    signal.throwIfAborted();
    const length = Math.min(CHUNK, size - at);
    if (!(await fill(a, one, length, at)) || !(await fill(b, other, length, at))) return false;
    if (one.compare(other, 0, length, 0, length) !== 0) return false;
    at += length;
  }
  return true;
}

/** False where the file ends before. */
async function fill(file: FileHandle, into: Buffer, length: number, at: number): Promise<boolean> {
  for (let got = 0; got < length; ) {
    const { bytesRead } = await file.read(into, got, length - got, at + got);
    if (bytesRead === 0) return false;
    got += bytesRead;
  }
  return true;
}

const isSame = (a: Stats, b: Stats): boolean => a.nlink === b.nlink && isSameContent(a, b);

/** A further link changes the count, not the content. */
const isSameContent = (a: Stats, b: Stats): boolean =>
  a.isFile() && a.ino === b.ino && a.dev === b.dev && a.size === b.size && a.mtimeMs === b.mtimeMs;

/** So that a power cut does not bring back half of it. Where folders cannot be synced, the file system decides. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows opens no folders.
  }
}
