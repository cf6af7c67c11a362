/**
 * remove-look-alike — removes the one picture that the owner has pointed at. Safe to run twice: what is gone already is
 * missing, and counts nothing.
 */
import { RetryLaterError } from "../../core/errors.ts";
import { openReaders } from "../../pictures/readers.ts";
import { removeLookAlike as removeOne } from "../look-alikes/remove.ts";
import type { Task } from "../task.ts";

const AGAIN_MS = 60_000;

export const removeLookAlike: Task<"remove-look-alike"> = async ({ payload }, context) => {
  const { db, hostname, progress, signal, log, confirm } = context;
  const { remove } = payload;
  const path = remove.paths[0] ?? "";
  Object.assign(progress, { total: 1, done: 0, saved: 0, failed: 0, bytes: 0 });
  const { awaySince } = await db.status();
  if (awaySince)
    throw new RetryLaterError("The database does not answer.", new Date(Date.now() + AGAIN_MS), "DATABASE");
  // Only what is recorded as this content on this machine; all else is none of ours.
  const [kind, content = ""] = remove.content.split(/:(.*)/s);
  const rows = await db.duplicates.ofContent(hostname, kind === "sha256" ? "sha256" : "file_key", content);
  if (!rows.some((row) => row.path === path)) return { path, bytes: 0, reason: "unknown" };
  const forget = () => db.pictures.removed(hostname, path, remove.content);
  const readers = openReaders({ count: 1 });
  const stop = () => void readers.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const outcome = await removeOne(payload, path, { readers, signal, confirm });
    progress.done = 1;
    if (!outcome.removed) {
      progress.failed = 1;
      if (outcome.reason === "missing") await forget();
      log.warn({ path, reason: outcome.reason }, "A picture was left as it is.");
      return { path, bytes: 0, reason: outcome.reason };
    }
    // Only now: killed before, the record names a file that is gone, as when the owner removes one by hand.
    await forget();
    progress.saved = 1;
    progress.bytes = outcome.bytes;
    log.info({ path, bytes: outcome.bytes }, "A picture that looks like another one was removed.");
    return { path, bytes: outcome.bytes, reason: null };
  } finally {
    signal.removeEventListener("abort", stop);
    await readers.close();
  }
};
