import { JOB_COUNTER } from "../core/merge.ts";
import { insert, type RowValues } from "./insert.ts";
import type { JobCard, JobCardRepository } from "./ports/job-cards.ts";
import { first, marks, type Sql, type Store } from "./sql.ts";
import { numberOrNull, timeOrNull, toJson, toTimeOrNull, type Value } from "./values.ts";

type CardRow = { [column: string]: unknown };
/** The last number given, kept beside the cards, since a store that stands in has only the open ones. */
const COUNTER = JOB_COUNTER;

export function jobCardRepository(store: Store): JobCardRepository {
  const one = async (sql: Sql, where: string, values: Value[]) => {
    const row = await first<CardRow>(sql, `SELECT * FROM job_cards WHERE ${where} ORDER BY job_id LIMIT 1`, values);
    return row && fromRow(row);
  };
  const many = async (where: string, values: readonly Value[]) =>
    (await store.all<CardRow>(`SELECT * FROM job_cards WHERE ${where} ORDER BY number`, values)).map(fromRow);

  return {
    open: ({ jobId, chatId, replyToId }) =>
      store.transaction(async (tx) => {
        const known = await one(tx, "job_id = ?", [jobId]);
        if (known) return known;
        const number = await nextNumber(tx);
        const row = { job_id: jobId, number, chat_id: chatId, reply_to_id: replyToId };
        await insert(tx, { table: "job_cards", key: ["job_id"], update: {}, stamp: "updated_at" }, [row]);
        return { jobId, number, chatId, replyToId, messageId: null, milestone: -1, endMessageId: null, closedAt: null };
      }),
    async update(jobId, change) {
      const row = toChanges(change);
      const columns = Object.keys(row);
      await store.run(
        `UPDATE job_cards SET ${columns.map((column) => `${column} = ?, `).join("")}updated_at = ${store.dialect.now}
          WHERE job_id = ?`,
        [...Object.values(row), jobId],
      );
    },
    get: (jobId) => one(store, "job_id = ?", [jobId]),
    byNumber: (number) => one(store, "number = ?", [number]),
    ofJobs: (jobIds) => many(`job_id IN (${marks(jobIds)})`, jobIds),
    openCards: () => many("closed_at IS NULL", []),
  };
}

/** One more than any before; the row of the counter keeps two callers apart. */
async function nextNumber(tx: Sql): Promise<number> {
  const counter = { name: COUNTER, content: toJson(0) };
  await insert(tx, { table: "settings", key: ["name"], update: {} }, [counter]);
  await tx.run("UPDATE settings SET updated_at = updated_at WHERE name = ?", [COUNTER]);
  const kept = await first<{ content: string }>(tx, "SELECT content FROM settings WHERE name = ?", [COUNTER]);
  const highest = await first<{ number: number | null }>(tx, "SELECT MAX(number) AS number FROM job_cards");
  const number = Math.max(Number(kept?.content ?? 0), Number(highest?.number ?? 0)) + 1;
  await tx.run(`UPDATE settings SET content = ?, updated_at = ${tx.dialect.now} WHERE name = ?`, [
    toJson(number),
    COUNTER,
  ]);
  return number;
}

function toChanges(change: Parameters<JobCardRepository["update"]>[1]): RowValues {
  const row: RowValues = {};
  if (change.chatId !== undefined) row.chat_id = change.chatId;
  if (change.messageId !== undefined) row.message_id = change.messageId;
  if (change.replyToId !== undefined) row.reply_to_id = change.replyToId;
  if (change.milestone !== undefined) row.milestone = change.milestone;
  if (change.endMessageId !== undefined) row.end_message_id = change.endMessageId;
  if (change.closedAt !== undefined) row.closed_at = toTimeOrNull(change.closedAt);
  return row;
}

const fromRow = (row: CardRow): JobCard => ({
  jobId: String(row.job_id),
  number: Number(row.number),
  chatId: Number(row.chat_id),
  messageId: numberOrNull(row.message_id),
  replyToId: numberOrNull(row.reply_to_id),
  milestone: Number(row.milestone),
  endMessageId: numberOrNull(row.end_message_id),
  closedAt: timeOrNull(row.closed_at),
});
