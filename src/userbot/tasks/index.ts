import type { Tasks } from "../task.ts";
import { archive } from "./archive.ts";
import { chats } from "./chats.ts";
import { count } from "./count.ts";
import { deleteTask } from "./delete.ts";
import { deleteCopy } from "./delete-copy.ts";
import { deletePlan } from "./delete-plan.ts";
import { download } from "./download.ts";
import { duplicates } from "./duplicates.ts";
import { freeDuplicates } from "./free-duplicates.ts";
import { index } from "./index-chats.ts";
import { lookAlikes } from "./look-alikes.ts";
import { plan } from "./plan.ts";
import { removeLookAlike } from "./remove-look-alike.ts";
import { resolve } from "./resolve.ts";
import { restore } from "./restore.ts";
import { scan } from "./scan.ts";
import { send } from "./send.ts";
import { told } from "./told.ts";
import { uploadArchive } from "./upload-archive.ts";
import { verifyArchiveTask } from "./verify-archive.ts";

/** Every task there is; one that is missing does not compile. */
export const tasks: Tasks = {
  chats,
  resolve,
  plan,
  count,
  scan,
  index,
  download,
  "delete-plan": deletePlan,
  "delete-copy": deleteCopy,
  delete: deleteTask,
  restore,
  archive,
  "verify-archive": verifyArchiveTask,
  "upload-archive": uploadArchive,
  send,
  told,
  duplicates,
  "free-duplicates": freeDuplicates,
  "look-alikes": lookAlikes,
  "remove-look-alike": removeLookAlike,
};
