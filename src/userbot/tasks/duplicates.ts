/** duplicates — finds contents kept more than once on this machine; changes nothing. */
import { findDuplicates } from "../duplicates/find.ts";
import type { Task } from "../task.ts";

export const duplicates: Task<"duplicates"> = async (_job, { db, hostname, progress, signal }) => {
  Object.assign(progress, { done: 0, total: 0, seen: 0 });
  const onFiles = (count: number) => {
    progress.seen += count;
  };
  return findDuplicates({ db, hostname, signal, onFiles });
};
