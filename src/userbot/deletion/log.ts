/** The line of a deletion in action_log; said as often as you like, it is one. */
import type { Deletion } from "../../core/deletion.ts";
import type { TaskContext } from "../task.ts";

export const logBegin = (deletion: Deletion, { db, hostname }: TaskContext): Promise<void> =>
  db.actionLog.start({
    uid: deletion.id,
    type: "delete",
    hostname,
    chatId: deletion.chatId,
    // It is ended by whoever tells the end, not with a job: several may have a share in it.
    jobId: null,
    parameters: {
      filter: deletion.filter,
      count: deletion.summary?.count ?? 0,
      everyone: deletion.everyone,
      backup: deletion.backup,
    },
  });
