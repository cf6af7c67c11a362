/**
 * Removes one picture while one that looks like it stays. Nothing that was recorded is believed: at this very moment the
 * picture must be the very bytes that the owner was shown, and another one must be there as it was, and be seen anew to
 * look like it. It is put aside first, so that until the last step it can be put back.
 */
import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { lstat, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { RemovalOrder, RemovalRefusal } from "../../core/look-alikes.ts";
import { looksAlike } from "../../pictures/alike.ts";
import type { PictureReaders } from "../../pictures/readers.ts";

export interface RemoveOptions {
  readers: PictureReaders;
  signal: AbortSignal;
  /** Asked while the picture is aside, before it is gone for good; a failure puts it back. */
  confirm: () => Promise<void>;
}

export type Removed = { removed: true; bytes: number } | { removed: false; reason: RemovalRefusal };

export async function removeLookAlike(
  { remove, stay }: RemovalOrder,
  path: string,
  { readers, signal, confirm }: RemoveOptions,
): Promise<Removed> {
  const aside = asideOf(path);
  if (!(await putBack(aside, path))) return refused("changed");
  try {
    const about = await lstat(path);
    if (!about.isFile()) return refused("not-a-file");
    if ((await hashOf(path, signal)) !== remove.sha256) return refused("changed");
    const reading = await readers.read(path);
    if (reading.mark === null) return refused("changed");
    const kept = await oneThatStays(stay, about, reading.mark, readers, signal);
    if (!kept) return refused("last");
    await rename(path, aside);
    try {
      // Whoever wrote to one of them meanwhile has shown it by its time.
      if (!isSame(await lstat(aside), about)) throw new Changed();
      signal.throwIfAborted();
      await confirm();
      if (!isSame(await lstat(kept.path), kept.about)) throw new Changed();
      await unlink(aside);
      return { removed: true, bytes: about.nlink === 1 ? about.size : 0 };
    } catch (error) {
      await putBack(aside, path);
      if (error instanceof Changed) return refused("changed");
      throw error;
    }
  } catch (error) {
    return refusedBy(error);
  }
}

class Changed extends Error {
  override name = "Changed";
}

const refused = (reason: RemovalRefusal): Removed => ({ removed: false, reason });

/** What the disk says no to is this picture's matter; all else is the job's. */
function refusedBy(error: unknown): Removed {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") return refused("missing");
  if (code === "ELOOP" || code === "EISDIR") return refused("not-a-file");
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return refused("not-allowed");
  throw error;
}

/** Another file, whole, as the owner was shown it, and alike: the first that is all of that. */
async function oneThatStays(
  stay: RemovalOrder["stay"],
  goes: Stats,
  mark: string,
  readers: PictureReaders,
  signal: AbortSignal,
): Promise<{ path: string; about: Stats } | null> {
  for (const { paths, sha256 } of stay)
    for (const path of paths) {
      signal.throwIfAborted();
      const about = await lstat(path).catch(() => null);
      if (!about?.isFile() || (about.ino === goes.ino && about.dev === goes.dev)) continue;
      if ((await hashOf(path, signal).catch(() => null)) !== sha256) continue;
      const reading = await readers.read(path);
      if (reading.mark !== null && looksAlike(reading.mark, mark)) return { path, about };
    }
  return null;
}

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  const hash = createHash("sha256");
  for await (const chunk of file.createReadStream({ signal })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

const asideOf = (path: string): string => join(dirname(path), `.${basename(path).slice(0, 180)}.tu-aside`);

/** What an interrupted run has left aside goes back under its name. False where something else has that name now. */
async function putBack(aside: string, path: string): Promise<boolean> {
  const isThere = (name: string) =>
    lstat(name).then(
      () => true,
      () => false,
    );
  if (!(await isThere(aside))) return true;
  if (await isThere(path)) return false;
  await rename(aside, path);
  return true;
}

const isSame = (a: Stats, b: Stats): boolean =>
  a.isFile() && a.ino === b.ino && a.dev === b.dev && a.size === b.size && a.mtimeMs === b.mtimeMs;
