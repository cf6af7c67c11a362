/** What goes from a machine's home once nobody there needs it; nothing that central is still owed. */
import type { Job } from "../core/job.ts";
import type { Outbox } from "./outbox.ts";
import { marks, type Sql } from "./sql.ts";
import { toTime } from "./values.ts";

const LOOKED_AT_MS = 15 * 60_000;

/** A job that is done with here, and with it, where asked, the copies of the rest of its family. */
export async function forgetJob(outbox: Outbox, job: Job, { withFamily }: { withFamily: boolean }): Promise<void> {
  // What was done here while central is away is told by the whole family, until it is handed over.
  const others = withFamily
    ? ` OR (family_id = ? AND bystander = 1 AND NOT EXISTS (SELECT 1 FROM outbox AS o JOIN jobs AS j ON j.id = o.row_key
        WHERE o.tbl = 'jobs' AND j.family_id = jobs.family_id))`
    : "";
  await outbox.quietly(async (tx) => {
    await dropMessages(tx, job);
    await tx.run(
      `DELETE FROM jobs WHERE (id = ?${others})
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE tbl = 'jobs' AND row_key = jobs.id)`,
      withFamily ? [job.id, job.rootId ?? job.id] : [job.id],
    );
  });
}

/** Copies of jobs that nobody looks at any more. */
export async function forgetBystanders(outbox: Outbox, now: Date, rootsInHand: ReadonlySet<string>): Promise<void> {
  await outbox.quietly((tx) =>
    tx.run(
      `DELETE FROM jobs WHERE bystander = 1 AND created_at < ? AND ${unowed("jobs")}
        AND family_id NOT IN (SELECT job_id FROM job_cards WHERE closed_at IS NULL)
        AND ${noneOf("family_id", [...rootsInHand])}`,
      [toTime(new Date(now.getTime() - LOOKED_AT_MS)), ...rootsInHand],
    ),
  );
}

/** All but the families of what is in hand and its messages, unless something of the kind is still owed. */
export async function forgetJobs(tx: Sql, held: readonly Job[], rootsInHand: ReadonlySet<string>): Promise<void> {
  await tx.run(`DELETE FROM jobs WHERE ${noneOf("family_id", [...rootsInHand])} AND ${unowed("jobs")}`, [
    ...rootsInHand,
  ]);
  const wanted = new Map<number, number[]>();
  for (const job of held) {
    if (job.task !== "download") continue;
    const { chatId, messageIds } = job.payload;
    wanted.set(chatId, [...(wanted.get(chatId) ?? []), ...messageIds]);
  }
  const chats = [...wanted.keys()];
  await tx.run(`DELETE FROM messages WHERE ${noneOf("chat_id", chats)} AND ${unowed("messages")}`, chats);
  for (const [chatId, messageIds] of wanted) {
    await tx.run(
      `DELETE FROM messages WHERE chat_id = ? AND ${noneOf("message_id", messageIds)} AND ${unowed("messages")}`,
      [chatId, ...messageIds],
    );
  }
}

async function dropMessages(tx: Sql, job: Job): Promise<void> {
  if (job.task !== "download") return;
  const { chatId, messageIds } = job.payload;
  await tx.run(
    `DELETE FROM messages WHERE chat_id = ? AND message_id IN (${marks(messageIds)})
      AND NOT EXISTS (SELECT 1 FROM outbox WHERE tbl = 'messages' AND row_key = chat_id || ':' || message_id)`,
    [chatId, ...messageIds],
  );
}

const unowed = (table: string): string => `NOT EXISTS (SELECT 1 FROM outbox WHERE tbl = '${table}')`;

const noneOf = (column: string, list: readonly unknown[]): string =>
  list.length === 0 ? "1 = 1" : `${column} NOT IN (${marks(list)})`;
