/** `action_log`: one row for what the owner asked, begun when a worker first takes it up and ended when all of it is over. */
import { type Family, isOver, type Job } from "../core/job.ts";
import type { ActionLogEntry, Db } from "../db/db.ts";

/** So many of the newest rows are looked through for ones that nobody has ended. */
const LOOKED_THROUGH = 100;
/** Roots that have a row. */
const LOGGED_TASKS: readonly Job["task"][] = ["scan", "index", "archive", "free-duplicates", "remove-look-alike"];

export class Operations {
  readonly #db: Db;
  readonly #hostname: string;

  constructor(db: Db, hostname: string) {
    this.#db = db;
    this.#hostname = hostname;
  }

  /** Said at every claim; the first one counts, since the row's uid is the root's id. */
  async begin(job: Job, worker: string): Promise<void> {
    if (job.rootId !== null) return;
    if (job.task === "index") {
      const { chatIds, filter, full } = job.payload;
      const one = chatIds?.length === 1 ? (chatIds[0] ?? null) : null;
      await this.#db.actionLog.start({
        uid: job.id,
        type: "scan",
        hostname: this.#hostname,
        chatId: one,
        jobId: job.id,
        parameters: { ...filter, ...(full ? { full } : {}), ...(one === null ? { chatIds: chatIds ?? "all" } : {}) },
      });
      await this.#event(job.id, "started", { type: "started", worker });
      return;
    }
    if (job.task === "free-duplicates") {
      const { how, orders } = job.payload;
      const parameters = { duplicates: how, copies: orders.reduce((sum, { drop }) => sum + drop.length, 0), orders };
      const row = {
        uid: job.id,
        type: "delete",
        hostname: this.#hostname,
        chatId: null,
        jobId: job.id,
        parameters,
      } as const;
      await this.#db.actionLog.start(row);
      await this.#event(job.id, "started", { type: "started", worker });
      return;
    }
    if (job.task === "remove-look-alike") {
      const { remove } = job.payload;
      const parameters = { lookAlike: { path: remove.paths[0] ?? null, sha256: remove.sha256 } };
      const row = { uid: job.id, type: "delete", hostname: this.#hostname, chatId: null, jobId: job.id } as const;
      await this.#db.actionLog.start({ ...row, parameters });
      await this.#event(job.id, "started", { type: "started", worker });
      return;
    }
    if (job.task === "archive") {
      const { chatId, filter, format, media } = job.payload;
      const parameters = { ...filter, format, media };
      const row = {
        uid: job.id,
        type: "archive",
        hostname: this.#hostname,
        chatId,
        jobId: job.id,
        parameters,
      } as const;
      await this.#db.actionLog.start(row);
      await this.#event(job.id, "started", { type: "started", worker });
      return;
    }
    if (job.task !== "scan") return;
    await this.#db.actionLog.start({
      uid: job.id,
      type: job.payload.next ?? "scan",
      hostname: this.#hostname,
      chatId: job.payload.chatId,
      jobId: job.id,
      parameters: job.payload.filter,
    });
    await this.#event(job.id, "started", { type: "started", worker });
  }

  /** After the end of any part: whoever ends the last one ends the whole, and saying it twice changes nothing. */
  async endIfOver(job: Pick<Job, "id" | "rootId" | "task">): Promise<void> {
    if (job.rootId === null && !LOGGED_TASKS.includes(job.task)) return;
    const family = await this.#db.jobs.family(job.rootId ?? job.id);
    if (family) await this.#end(family);
  }

  /** What was cancelled or failed while no worker held a part of it, or whose last worker was killed before it could say. */
  async sweep(): Promise<void> {
    const { entries } = await this.#db.actionLog.list({}, { limit: LOOKED_THROUGH, offset: 0 });
    const open = entries.flatMap(({ status, jobId }: ActionLogEntry) => (status === "started" && jobId ? [jobId] : []));
    if (open.length === 0) return;
    for (const family of await this.#db.jobs.families(open)) await this.#end(family);
  }

  async #end({ root, state, progress, failure }: Family): Promise<void> {
    if (!isOver(state) || (state !== "completed" && state !== "failed" && state !== "cancelled")) return;
    const { saved, had, failed, bytes, seen, total } = progress;
    const result =
      root.task === "index"
        ? { seen, fresh: progress.fresh, edited: progress.edited, gone: progress.gone, failed }
        : {
            files: total,
            saved,
            had,
            failed,
            bytes,
            seen,
            ...(root.task === "archive" ? { messages: root.result?.messages ?? 0 } : {}),
          };
    await this.#db.actionLog.end(root.id, state, result, failure ?? null);
    await this.#event(
      root.id,
      "over",
      state === "failed" ? { type: state, reason: failure ?? "A part of it failed." } : { type: state },
    );
  }

  #event(rootId: string, key: string, event: Parameters<Db["jobEvents"]["add"]>[0]["event"]): Promise<void> {
    return this.#db.jobEvents.add({ uid: `${rootId}:${key}`, jobId: rootId, rootId, event, at: new Date() });
  }
}
