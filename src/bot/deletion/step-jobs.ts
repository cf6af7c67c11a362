/** The workers' jobs behind the steps of a deletion: one for each step, whoever asks how often. */
import type { Deletion } from "../../core/deletion.ts";
import { newId } from "../../core/id.ts";
import type { Job, NewJob } from "../../core/job.ts";
import type { Db } from "../../db/db.ts";

export type JobOf = (key: string, order: Omit<NewJob, "id" | "requestKey">) => Promise<Job | null>;

/** A step is tried again so often: what went wrong may be the line, and each try goes on where the last one was. */
const ATTEMPTS = 20;

export function createStepJobs({ db, jobAdded }: { db: Db; jobAdded: () => void }) {
  const ids = new Map<string, string>();

  const jobOf: JobOf = async (key, order) => {
    let id = ids.get(key);
    if (id === undefined) {
      [id = ""] = await db.jobs.add([{ ...order, id: newId(), requestKey: key, maxAttempts: ATTEMPTS } as NewJob]);
      ids.set(key, id);
      jobAdded();
    }
    return db.jobs.get(id);
  };

  return {
    jobOf,
    copyOf: (deletion: Deletion) =>
      jobOf(copyKeyOf(deletion), {
        task: "delete-copy",
        payload: { deletionId: deletion.id },
        title: deletion.chatTitle,
      }),
    workOf: ({ id, chatTitle, hostname }: Deletion, round: string) =>
      jobOf(`delete:${id}:${round}`, { task: "delete", payload: { deletionId: id }, title: chatTitle, hostname }),
    async withdraw(deletion: Deletion): Promise<void> {
      const copying = ids.get(copyKeyOf(deletion));
      if (copying !== undefined) await db.jobs.cancel(copying);
    },
  };
}

const copyKeyOf = ({ id, confirmedAt }: Deletion): string => `delete-copy:${id}:${confirmedAt?.getTime() ?? 0}`;
