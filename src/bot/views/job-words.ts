/** Each kind of job speaks of what it counts: files, messages, an upload. */
import type { Job } from "../../core/job.ts";
import type { Texts } from "../locales/index.ts";
import type { Voice } from "../voice.ts";

/** What a kind of job may say in its own way; the rest is said alike by all. */
export type JobWords = Texts["jobs"];

export function jobWords({ t }: Voice, root: Job): JobWords {
  switch (root.task) {
    case "archive":
      return { ...t.jobs, ...t.archive.card };
    case "upload-archive":
      return { ...t.jobs, ...t.archive.upload };
    case "duplicates":
      return { ...t.jobs, ...t.duplicates.find };
    case "free-duplicates":
      return { ...t.jobs, ...t.duplicates.free };
    case "look-alikes":
      return { ...t.jobs, ...t.lookAlikes.find };
    case "remove-look-alike":
      return { ...t.jobs, ...t.lookAlikes.removal };
    case "restore":
      return { ...t.jobs, ...t.restoring.card };
    case "index":
      return { ...t.jobs, ...t.scan.card(root.payload.chatIds?.length === 1) };
    default:
      return t.jobs;
  }
}
