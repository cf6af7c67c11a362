/**
 * free-duplicates — frees the copies that the owner has confirmed, each only after it was compared with the one that
 * stays. Safe to run twice: what is freed already is missing or one file with its twin, and counts nothing.
 */

import { contradiction, type FreeOrder } from "../../core/duplicates.ts";
import { RetryLaterError } from "../../core/errors.ts";
import type { TaskResults } from "../../core/tasks.ts";
import { freeCopy, isAside, type Refusal } from "../duplicates/free-copy.ts";
import type { Task, TaskContext } from "../task.ts";

/** In the result; the log has them all. */
const MOST_KEPT = 50;
const AGAIN_MS = 60_000;

export const freeDuplicates: Task<"free-duplicates"> = async ({ payload, progress: before }, context) => {
  const { db, progress, signal, log } = context;
  const { orders, how } = payload;
  const crossed = contradiction(orders);
  if (crossed !== null) throw new Error(`“${crossed}” was to stay and to go.`);
  const result: TaskResults["free-duplicates"] = { freed: before.saved, bytes: before.bytes, kept: [], how };
  const total = orders.reduce((sum, { drop }) => sum + drop.length, 0);
  Object.assign(progress, { total, done: 0, failed: 0, saved: before.saved, bytes: before.bytes });
  for (const order of orders)
    for (const drop of order.drop) {
      signal.throwIfAborted();
      const { awaySince } = await db.status();
      if (awaySince)
        throw new RetryLaterError("The database does not answer.", new Date(Date.now() + AGAIN_MS), "DATABASE");
      const outcome = await free(order, drop, how, context);
      progress.done++;
      if (outcome.freed) {
        progress.saved++;
        progress.bytes += outcome.bytes;
        log.info({ keep: order.keep, drop, how, bytes: outcome.bytes }, "A duplicate was freed.");
      } else if (outcome.reason !== "done-before") {
        progress.failed++;
        log.warn({ keep: order.keep, drop, reason: outcome.reason }, "A duplicate was left as it is.");
        if (result.kept.length < MOST_KEPT) result.kept.push({ path: drop, reason: outcome.reason });
      }
      result.freed = progress.saved;
      result.bytes = progress.bytes;
    }
  return result;
};

type Outcome = { freed: true; bytes: number } | { freed: false; reason: Refusal | "unknown" | "done-before" };

async function free(order: FreeOrder, drop: string, how: "link" | "remove", context: TaskContext): Promise<Outcome> {
  const { db, hostname, signal } = context;
  const { keep, key, size } = order;
  const [kind, content = ""] = key.split(/:(.*)/s);
  const by = kind === "sha256" ? "sha256" : "file_key";
  const rows = await db.duplicates.ofContent(hostname, by, content);
  const isOurs = (path: string) => rows.some((row) => row.path === path);
  // Only what is recorded as this content on this machine; all else is none of ours.
  if (!isOurs(keep)) return { freed: false, reason: "unknown" };
  if (!isOurs(drop) && !(how === "remove" && (await isAside(drop))))
    return { freed: false, reason: how === "remove" ? "done-before" : "unknown" };
  const outcome = await freeCopy({
    keep,
    drop,
    size,
    how,
    signal,
    settled: async () => {
      await context.confirm();
      if (how === "remove") await db.duplicates.moved(hostname, by, content, drop, keep);
    },
  });
  return !outcome.freed && outcome.reason === "same-file" ? { freed: false, reason: "done-before" } : outcome;
}
