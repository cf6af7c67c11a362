/** Troubles of the disk that are no file's fault and pass, once somebody makes room or plugs it in again. */
import { RetryLaterError } from "../core/errors.ts";

const CHECKED_EVERY_MS = 60_000;

const FULL = new Set(["ENOSPC", "EDQUOT"]);
/** Read-only, unplugged, gone from the network, taken away from this user, or too much open at once. */
const OUT_OF_REACH = new Set(["EROFS", "EACCES", "EIO", "ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "EMFILE", "ENFILE"]);

/** Runs work on the disk; what passes by itself or by the operator's hand makes the job wait, not the file fail. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    const at = new Date(Date.now() + CHECKED_EVERY_MS);
    if (FULL.has(code)) throw new RetryLaterError("The disk is full.", at, "DISK", { cause: error });
    if (!OUT_OF_REACH.has(code)) throw error;
    throw new RetryLaterError(`The download folder cannot be written (${code}).`, at, "FOLDER", { cause: error });
  }
}
