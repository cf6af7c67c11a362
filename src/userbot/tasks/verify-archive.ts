/** verify-archive — compares an archive of this machine with its manifest, byte for byte. */
import { resolve, sep } from "node:path";
import { verifyArchive } from "../../archive/index.ts";
import { UserError } from "../../core/errors.ts";
import type { Task } from "../task.ts";

const FAULTS_TOLD = 20;

export const verifyArchiveTask: Task<"verify-archive"> = async ({ payload }, { downloadDir, signal }) => {
  const folder = resolve(payload.folder);
  // What a job says is no licence to read other folders.
  if (!folder.startsWith(resolve(downloadDir, "archives") + sep))
    throw new UserError("That archive is not on this machine.");
  const verdict = await verifyArchive(folder, signal);
  return { ...verdict, faults: verdict.faults.slice(0, FAULTS_TOLD) };
};
