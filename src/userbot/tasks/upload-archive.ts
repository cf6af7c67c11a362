/** upload-archive — sends an archive to Saved Messages by the account, which may send more than a bot. */
import { stat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { AccessError, UserError } from "../../core/errors.ts";
import type { Task } from "../task.ts";

const LARGEST = 2_000 * 1024 ** 2;

export const uploadArchive: Task<"upload-archive"> = async (job, { db, telegram, downloadDir, progress, signal }) => {
  const { file, name } = job.payload;
  const path = resolve(file);
  const found = path.startsWith(resolve(downloadDir, "archives") + sep) ? await stat(path).catch(() => null) : null;
  if (!found?.isFile()) throw new UserError("That archive is not on this machine any more.");
  if (found.size > LARGEST) throw new UserError("Telegram takes files of up to 2 GB: split this one instead.");
  const self = await db.chats.self();
  if (!self) throw new AccessError("Saved Messages is not known yet: send /chats, then try again.");
  Object.assign(progress, { done: 0, total: 1, totalBytes: found.size });
  const mimeType = name.endsWith(".zip") ? "application/zip" : name.endsWith(".csv") ? "text/csv" : "application/json";
  const outgoing = { path, fileName: name, mimeType, as: "document" as const };
  const onBytes = (sent: number) => {
    progress.bytes = sent;
  };
  await telegram.sendFiles(self, [outgoing], { key: job.id, onBytes }, signal);
  Object.assign(progress, { done: 1, saved: 1, bytes: found.size });
  return { bytes: found.size };
};
