/** The messages of a deletion, and what becomes of each. */

import { itemOf, type Row } from "./deletion-row.ts";
import { withSums } from "./message-sums.ts";
import type { DeletionRepository, SettledItem } from "./ports/deletions.ts";
import { first, marks, type Sql, type Store } from "./sql.ts";
import { clean, cleanOrNull, toTime, type Value } from "./values.ts";

const IDS_AT_ONCE = 500;

type Items = Pick<DeletionRepository, "items" | "sending" | "settle" | "keepRest">;

export function deletionItems(store: Store): Items {
  return {
    async items(id, { states, above = 0 }, limit) {
      const among = states ? ` AND state IN (${marks(states)})` : "";
      const rows = await store.all<Row>(
        `SELECT * FROM deletion_items WHERE deletion_id = ? AND message_id > ?${among} ORDER BY message_id LIMIT ?`,
        [id, above, ...(states ?? []), limit],
      );
      return rows.map(itemOf);
    },

    sending: (id, messageIds, at) =>
      store.transaction(async (tx) => {
        // The row is locked by this: a stop that comes now waits, and a stop that came before is seen.
        const guard = `UPDATE deletions SET updated_at = ${tx.dialect.now} WHERE id = ? AND state = 'running'`;
        if ((await tx.run(guard, [id])) === 0) return false;
        const changed = await tx.run(
          `UPDATE deletion_items SET state = 'sent', sent_datetime = COALESCE(sent_datetime, ?)
            WHERE deletion_id = ? AND message_id IN (${marks(messageIds)})
              AND state IN ('planned', 'copied', 'copy_failed', 'sent')`,
          [toTime(at), id, ...messageIds],
        );
        if (changed !== messageIds.length) throw new Error("A batch names messages that are not to be deleted.");
        return true;
      }),

    settle: (id, items, at) =>
      store.transaction(async (tx) => {
        for (const group of groups(items)) await settleGroup(tx, id, group, at);
        for (const { messageId, copyPath } of items) {
          if (!copyPath) continue;
          const text = "UPDATE deletion_items SET copy_path = ? WHERE deletion_id = ? AND message_id = ?";
          await tx.run(text, [clean(copyPath), id, messageId]);
        }
        await markMessages(
          tx,
          id,
          items.filter(({ state }) => state === "deleted").map(({ messageId }) => messageId),
        );
      }),

    keepRest: (id, reason, at) =>
      store.run(
        `UPDATE deletion_items SET state = 'kept', reason = ?, settled_datetime = ?
          WHERE deletion_id = ? AND state IN ('planned', 'copied', 'copy_failed')`,
        [reason, toTime(at), id],
      ),
  };
}

/** Of one state and reason. */
function groups(items: readonly SettledItem[]): SettledItem[][] {
  const found = new Map<string, SettledItem[]>();
  for (const item of items) {
    const name = `${item.state} ${item.reason ?? ""}`;
    found.set(name, [...(found.get(name) ?? []), item]);
  }
  return [...found.values()].flatMap((group) => {
    const parts: SettledItem[][] = [];
    for (let at = 0; at < group.length; at += IDS_AT_ONCE) parts.push(group.slice(at, at + IDS_AT_ONCE));
    return parts;
  });
}

/** What is settled for good is never written over. */
async function settleGroup(tx: Sql, id: string, group: readonly SettledItem[], at: Date): Promise<void> {
  const { state, reason } = group[0]!;
  const over = state === "deleted" || state === "refused" || state === "gone" || state === "kept";
  const ids = group.map(({ messageId }) => messageId);
  await tx.run(
    `UPDATE deletion_items SET state = ?, reason = ?, settled_datetime = ?
      WHERE deletion_id = ? AND message_id IN (${marks(ids)})
        AND state IN ('planned', 'copied', 'copy_failed', 'sent')`,
    [state, cleanOrNull(reason ?? null), over ? toTime(at) : null, id, ...ids],
  );
}

async function markMessages(tx: Sql, id: string, messageIds: readonly number[]): Promise<void> {
  const copy =
    "(SELECT i.copy_path FROM deletion_items i WHERE i.deletion_id = ? AND i.message_id = messages.message_id)";
  const deletion = await first<{ chat_id: number }>(tx, "SELECT chat_id FROM deletions WHERE id = ?", [id]);
  for (let at = 0; at < messageIds.length; at += IDS_AT_ONCE) {
    const ids = messageIds.slice(at, at + IDS_AT_ONCE);
    const values: Value[] = [id, id, ...ids];
    const update = `UPDATE messages SET status = 'deleted', local_file_path = COALESCE(local_file_path, ${copy}), updated_at = ${tx.dialect.now}
      WHERE chat_id = (SELECT d.chat_id FROM deletions d WHERE d.id = ?) AND message_id IN (${marks(ids)})`;
    await withSums(tx, deletion ? ids.map((messageId) => ({ chatId: Number(deletion.chat_id), messageId })) : [], () =>
      tx.run(update, values),
    );
  }
}
