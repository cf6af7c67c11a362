/** Which ids of a chat were looked through whole: stretches that neither touch nor overlap. */
import type { ChatId } from "../core/media.ts";
import { insert } from "./insert.ts";
import type { IdRange } from "./ports/messages.ts";
import type { Sql } from "./sql.ts";

export async function scannedRanges(sql: Sql, chatId: ChatId): Promise<IdRange[]> {
  const rows = await sql.all<{ low_id: number; high_id: number }>(
    "SELECT low_id, high_id FROM scanned_ranges WHERE chat_id = ? ORDER BY high_id DESC",
    [chatId],
  );
  return rows.map(({ low_id, high_id }) => ({ low: Number(low_id), high: Number(high_id) }));
}

/** Joins a stretch with those that it touches. */
export async function addScannedRange(tx: Sql, chatId: ChatId, { low, high }: IdRange): Promise<void> {
  const touched = (await scannedRanges(tx, chatId)).filter((known) => known.low <= high + 1 && known.high >= low - 1);
  if (touched.some((known) => known.low <= low && known.high >= high)) return;
  const joined = [...touched, { low, high }];
  for (const known of touched) {
    await tx.run("DELETE FROM scanned_ranges WHERE chat_id = ? AND low_id = ?", [chatId, known.low]);
  }
  const row = {
    chat_id: chatId,
    low_id: Math.min(...joined.map((one) => one.low)),
    high_id: Math.max(...joined.map((one) => one.high)),
  };
  const plan = {
    table: "scanned_ranges",
    key: ["chat_id", "low_id"],
    update: { high_id: (_: string, fresh: string) => fresh },
  };
  await insert(tx, plan, [row]);
}
