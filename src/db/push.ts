import { mergeRow, type Row, type SharedTable } from "../core/merge.ts";
import { isAway } from "./faults.ts";
import { withSums } from "./message-sums.ts";
import type { Outbox, Owed } from "./outbox.ts";
import { keyOf, readRows, SHARED_TABLES, writeRows } from "./shared-rows.ts";
import { marks, type Sql, type Store } from "./sql.ts";

const ROWS_AT_ONCE = 500;
/** Of home's copies only; central knows nothing of them. */
const HOME_COLUMNS = ["copied_claims", "bystander"];

export interface Push {
  home: Store;
  outbox: Outbox;
  central: Store;
  /** A row that central does not take, whatever is tried. */
  onRefused: (table: SharedTable, key: string, error: unknown) => void;
  /** Called between two batches: whatever must not wait for the last of many rows. */
  between: () => Promise<void>;
}

/**
 * Hands over what is owed until nothing is, table by table. Killed before a commit, nothing was sent; between the commit
 * and the strike, the same rows go again and change nothing. Answers with the number of rows handed over.
 */
export async function push(parts: Push): Promise<number> {
  let handed = 0;
  for (const table of SHARED_TABLES) {
    for (;;) {
      const owed = await parts.outbox.next(table, ROWS_AT_ONCE);
      if (owed.length === 0) break;
      await parts.between();
      handed += await handOver(parts, table, owed);
    }
  }
  return handed;
}

async function handOver(parts: Push, table: SharedTable, owed: readonly Owed[]): Promise<number> {
  try {
    await mergeInto(
      parts,
      table,
      owed.map(({ key }) => key),
    );
    await parts.outbox.strike(table, owed);
    return owed.length;
  } catch (error) {
    if (isAway(error)) throw error;
    const [only] = owed;
    if (owed.length > 1) {
      // One row that central does not take must not hold up the others.
      let handed = 0;
      for (const one of owed) handed += await handOver(parts, table, [one]);
      return handed;
    }
    if (only) {
      await parts.outbox.refuse(table, only);
      parts.onRefused(table, only.key, error);
    }
    return 0;
  }
}

/** The same request of the owner's, taken by central as another job: both stay, and the key is the first one's. */
async function forgetTakenRequests(tx: Sql, jobs: Row[]): Promise<void> {
  const keys = jobs.flatMap(({ request_key }) =>
    request_key === null || request_key === undefined ? [] : [request_key],
  );
  if (keys.length === 0) return;
  const taken = await tx.all<{ id: string; request_key: string }>(
    `SELECT id, request_key FROM jobs WHERE request_key IN (${marks(keys)})`,
    keys,
  );
  const ownerOf = new Map(taken.map(({ id, request_key }) => [request_key, id]));
  for (const job of jobs) {
    const owner = ownerOf.get(String(job.request_key));
    if (owner !== undefined && owner !== job.id) job.request_key = null;
  }
}

async function mergeInto({ home, outbox, central }: Push, table: SharedTable, keys: readonly string[]): Promise<void> {
  const here = await readRows(home, table, keys);
  await central.transaction(async (tx) => {
    const there = new Map((await readRows(tx, table, keys, { lock: true })).map((row) => [keyOf(table, row), row]));
    const written: Row[] = [];
    for (const row of here) {
      const merged = mergeRow(table, there.get(keyOf(table, row)) ?? null, row);
      if (merged) written.push({ ...merged });
    }
    if (table === "jobs") await forgetTakenRequests(tx, written);
    const columns = outbox.columns(table).filter((column) => !HOME_COLUMNS.includes(column));
    const write = () => writeRows(tx, table, written, columns);
    if (table !== "messages") return write();
    const messages = written.map((row) => ({ chatId: Number(row.chat_id), messageId: Number(row.message_id) }));
    return withSums(tx, messages, write);
  });
}
