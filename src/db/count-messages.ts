/** Counts of millions: from the sums of /stats, and from the messages themselves only what those leave out. */
import type { ChatId, MediaType } from "../core/media.ts";
import type { MessageKind } from "../core/statistics.ts";
import { allOf, countOf, type Sql } from "./sql.ts";

/** Rows that the sums do not count: nobody knows when they were sent. */
const UNDATED = "(message_date < '2000-01-01' OR message_date IS NULL)";
const ON_DISK = ["downloaded", "archived"];

export async function countAll(sql: Sql): Promise<number> {
  const dated = await countOf(sql, "SELECT SUM(messages) AS total FROM message_kinds");
  return dated + (await countOf(sql, `SELECT COUNT(*) AS total FROM messages WHERE ${UNDATED}`));
}

export async function countDownloaded(
  sql: Sql,
  chatId: ChatId,
  mediaTypes: readonly MediaType[] | null,
): Promise<number> {
  const kinds = allOf({
    "chat_id = ?": chatId,
    "status IN (…)": ON_DISK,
    "kind IN (…)": mediaTypes?.flatMap((type) => KINDS[type]),
  });
  const summed = await countOf(
    sql,
    `SELECT SUM(messages) AS total FROM message_kinds WHERE ${kinds.where}`,
    kinds.values,
  );
  // What Telegram has no more stays on the disk, and is summed as gone.
  const others = ["gone_at IS NOT NULL AND message_date >= '2000-01-01'", UNDATED];
  let counted = summed;
  for (const always of others) {
    const rest = allOf(
      { "chat_id = ?": chatId, "status IN (…)": ON_DISK, "media_type IN (…)": mediaTypes ?? undefined },
      always,
    );
    counted += await countOf(sql, `SELECT COUNT(*) AS total FROM messages WHERE ${rest.where}`, rest.values);
  }
  return counted;
}

/** What /stats calls the media of a message. */
const KINDS: { [Type in MediaType]: MessageKind[] } = {
  none: ["text", "other"],
  photo: ["photo"],
  video: ["video", "round"],
  document: ["document"],
  audio: ["audio"],
  voice: ["voice"],
  sticker: ["sticker"],
  animation: ["gif"],
  other: ["other"],
};
