/** Gives a finished file its name, and never takes a name from another file. */
import { constants } from "node:fs";
import { copyFile, link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { onDisk } from "../disk.ts";

/** File systems that know no hard links answer with one of these. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV", "EMLINK"]);

/** Moves `from` to `to`, which must not exist (EEXIST). Appears whole or not at all. */
export async function placeFile(from: string, to: string): Promise<void> {
  try {
    await onDisk(() => link(from, to));
    await rm(from);
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    // Claims the name with an empty file, which the rename then replaces in one step.
    await (await onDisk(() => open(to, "wx"))).close();
    try {
      await rename(from, to);
    } catch (failure) {
      await rm(to, { force: true });
      throw failure;
    }
  }
  await syncFolder(dirname(to));
}

/** What a process that was killed has left beside a file which has its name already. */
export async function clearLeftovers(path: string): Promise<void> {
  await rm(`${path}.part`, { force: true });
}

/** The same content under a second name: a hard link where the file system has them, else a copy. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await onDisk(() => link(from, to));
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    const draft = `${to}.part`;
    await onDisk(() => copyFile(from, draft, constants.COPYFILE_FICLONE));
    await placeFile(draft, to);
    return;
  }
  await syncFolder(dirname(to));
}

/** A name is only safe from a power cut once its folder is on disk. Not every system lets one ask for it. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, constants.O_RDONLY);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // Windows and some network file systems refuse; nothing more can be done there.
  }
}
