import type { Job, NewJob } from "../core/job.ts";
import { BATCH_SIZE } from "../core/tasks.ts";
import { toRow } from "./add-jobs.ts";
import { heldBy } from "./claims.ts";
import { markGone } from "./gone.ts";
import { insert } from "./insert.ts";
import { HOW_FAR, howFar } from "./job-row.ts";
import type { ScannedPage } from "./ports/jobs.ts";
import { recordMessages } from "./record-messages.ts";
import { addScannedRange } from "./scanned-ranges.ts";
import { first, type Sql, type Store } from "./sql.ts";
import { toJson } from "./values.ts";

/** See JobRepository.scanned. */
export function recordPage(store: Store, job: Job<"scan">, workerId: string, page: ScannedPage): Promise<boolean> {
  return store.transaction(async (tx) => {
    const held = heldBy(job, workerId);
    const changed = await tx.run(
      `UPDATE jobs SET ${HOW_FAR}, scan_cursor = ?, updated_at = ${tx.dialect.now} WHERE ${held.where}`,
      [...howFar(page.progress, null), toJson(page.cursor), ...held.values],
    );
    if (changed === 0) return false;
    const rootId = job.rootId ?? job.id;
    const wanted = job.payload.next ? page.wanted : [];
    await recordMessages(tx, page.messages, page.hostname, { rootId, wanted: new Set(wanted) });
    if (page.gone?.length) await markGone(tx, job.payload.chatId, page.gone);
    if (page.covered) await addScannedRange(tx, job.payload.chatId, page.covered);
    for (let from = 0; from < wanted.length; from += BATCH_SIZE) {
      await addBatch(tx, job, rootId, page, wanted.slice(from, from + BATCH_SIZE));
    }
    return true;
  });
}

async function addBatch(
  tx: Sql,
  job: Job<"scan">,
  rootId: string,
  page: ScannedPage,
  messageIds: readonly number[],
): Promise<void> {
  if (!job.payload.next) return;
  const root = await first<{ claim_order: number; paused: number }>(
    tx,
    "SELECT claim_order, paused FROM jobs WHERE id = ?",
    [rootId],
  );
  const batch: NewJob<"download"> = {
    // The same page again makes the same batch, which is there already.
    id: `${rootId}-${messageIds[0]}`,
    rootId,
    task: job.payload.next,
    payload: { chatId: job.payload.chatId, messageIds: [...messageIds] },
    title: job.title,
    hostname: job.hostname,
  };
  const sizes = new Map(page.messages.map(({ messageId, media }) => [messageId, media.size ?? 0]));
  await insert(tx, { table: "jobs", key: ["id"], update: {} }, [
    {
      ...toRow(batch),
      claim_order: root?.claim_order ?? 0,
      paused: root?.paused ?? 0,
      total: messageIds.length,
      total_bytes: messageIds.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0),
    },
  ]);
}
