import {
  type Confirmation,
  type DeletionState,
  type ItemCounts,
  type ItemState,
  isInTime,
  mayMove,
  NO_ITEMS,
} from "../core/deletion.ts";
import { deletionItems } from "./deletion-items.ts";
import { assignments, confirmationOf, deletionOf, itemRow, type Row } from "./deletion-row.ts";
import { insert } from "./insert.ts";
import type { DeletionChange, DeletionRepository } from "./ports/deletions.ts";
import { countOf, first, marks, type Sql, type Store } from "./sql.ts";
import { cleanOrNull, toJson, toTime } from "./values.ts";

const TRIES = 20;
const OVER = "state IN ('done', 'kept')";

export function deletionRepository(store: Store): DeletionRepository {
  const get = async (sql: Sql, where: string, value: string | number) => {
    const row = await first<Row>(sql, `SELECT * FROM deletions WHERE ${where} = ?`, [value]);
    return row && deletionOf(row);
  };

  return {
    ...deletionItems(store),

    async create(deletion) {
      for (let attempt = 1; attempt <= TRIES; attempt++) {
        const known = await get(store, "id", deletion.id);
        if (known) return known;
        const last = await countOf(store, "SELECT COALESCE(MAX(number), 0) AS total FROM deletions");
        const values = [
          deletion.id,
          last + 1,
          deletion.chatId,
          cleanOrNull(deletion.chatTitle),
          toJson(deletion.filter) ?? "{}",
          deletion.everyone ? 1 : 0,
          deletion.ownerChatId,
          deletion.replyToId,
          deletion.scheduleId ?? null,
          deletion.cap ?? null,
          toTime(new Date()),
        ];
        // Whoever was quicker has the number: then the next one is asked for.
        await store.run(
          `${store.dialect.insertIgnore} INTO deletions
            (id, number, chat_id, chat_title, filter, state, for_everyone, owner_chat_id, reply_to_id, schedule_id, cap, created_at)
            VALUES (?, ?, ?, ?, ?, 'planning', ?, ?, ?, ?, ?, ?)`,
          values,
        );
      }
      throw new Error("A deletion found no number.");
    },

    freeze: (id, items, summary, everyone) =>
      store.transaction(async (tx) => {
        const held = await tx.run(
          `UPDATE deletions SET state = 'preview', summary = ?, for_everyone = ?, backup = ?, updated_at = ${tx.dialect.now}
            WHERE id = ? AND state = 'planning'`,
          [toJson(summary), everyone ? 1 : 0, summary.copyable ? 1 : 0, id],
        );
        if (held === 0) return false;
        await tx.run("DELETE FROM deletion_items WHERE deletion_id = ?", [id]);
        const plan = { table: "deletion_items", key: ["deletion_id", "message_id"], update: {} };
        if (items.length > 0)
          await insert(
            tx,
            plan,
            items.map((item) => itemRow(id, item)),
          );
        return true;
      }),

    get: (id) => get(store, "id", id),
    byNumber: (number) => get(store, "number", number),
    async list({ withCopy, over, since }, { limit, offset }) {
      const parts = ["1 = 1"];
      if (withCopy) parts.push("folder IS NOT NULL AND state = 'done'");
      // What was shown and never begun is nothing that was done.
      if (over) parts.push(`${OVER} AND confirmed_datetime IS NOT NULL`);
      if (since) parts.push("ended_datetime >= ?");
      const where = parts.join(" AND ");
      const values = since ? [toTime(since)] : [];
      const text = `SELECT * FROM deletions WHERE ${where} ORDER BY number DESC LIMIT ? OFFSET ?`;
      const deletions = (await store.all<Row>(text, [...values, limit, offset])).map(deletionOf);
      return {
        deletions,
        total: await countOf(store, `SELECT COUNT(*) AS total FROM deletions WHERE ${where}`, values),
      };
    },
    async open() {
      const text = `SELECT * FROM deletions WHERE told = 0 AND (state NOT IN ('planning', 'preview') OR schedule_id IS NOT NULL) ORDER BY number`;
      return (await store.all<Row>(text)).map(deletionOf);
    },
    async counts(id) {
      const rows = await store.all<{ state: ItemState; total: number }>(
        "SELECT state, COUNT(*) AS total FROM deletion_items WHERE deletion_id = ? GROUP BY state",
        [id],
      );
      const counts: ItemCounts = { ...NO_ITEMS };
      for (const { state, total } of rows) counts[state] = Number(total);
      return counts;
    },
    async reasons(id, states) {
      const rows = await store.all<{ reason: string; total: number }>(
        `SELECT reason, COUNT(*) AS total FROM deletion_items
          WHERE deletion_id = ? AND reason IS NOT NULL AND state IN (${marks(states)})
          GROUP BY reason ORDER BY total DESC, reason`,
        [id, ...states],
      );
      return rows.map(({ reason, total }) => ({ reason: String(reason), count: Number(total) }));
    },

    move: (id, from, to, change = {}) => move(store, id, from, to, change),
    async note(id, change) {
      const { set, values } = assignments(change);
      await store.run(`UPDATE deletions SET updated_at = ${store.dialect.now}${set} WHERE id = ?`, [...values, id]);
    },

    issue: (confirmation) =>
      store.transaction(async (tx) => {
        await tx.run(
          `UPDATE deletion_confirmations SET used_at = ${tx.dialect.now} WHERE deletion_id = ? AND used_at IS NULL`,
          [confirmation.deletionId],
        );
        await insert(tx, { table: "deletion_confirmations", key: ["token"], update: {} }, [rowOf(confirmation)]);
      }),
    async confirmation(token) {
      const row = await first<Row>(store, "SELECT * FROM deletion_confirmations WHERE token = ?", [token]);
      const known = row && confirmationOf(row);
      return known && known.usedAt === null ? known : null;
    },
    confirm: (token, by, step) =>
      store.transaction(async (tx) => {
        const row = await first<Row>(tx, "SELECT * FROM deletion_confirmations WHERE token = ?", [token]);
        const known = row && confirmationOf(row);
        if (!known || known.ownerId !== by.ownerId || known.chatId !== by.chatId || known.messageId !== by.messageId)
          return "stranger";
        if (known.usedAt !== null) return "used";
        if (!isInTime(known, by.now)) return "expired";
        const used = `UPDATE deletion_confirmations SET used_at = ${tx.dialect.now} WHERE token = ? AND used_at IS NULL`;
        if ((await tx.run(used, [token])) === 0) return "used";
        return (await move(tx, known.deletionId, step.from, step.to, step.change)) ? "yes" : "used";
      }),

    async spent(since) {
      const settled = await countOf(
        store,
        "SELECT COUNT(*) AS total FROM deletion_items WHERE state = 'deleted' AND settled_datetime >= ?",
        [toTime(since)],
      );
      // What the owner has said yes to is spent already, and what is on the way whatever its age.
      const promised = await countOf(
        store,
        `SELECT COUNT(*) AS total FROM deletion_items i JOIN deletions d ON d.id = i.deletion_id
          WHERE i.state IN ('planned', 'copied', 'copy_failed', 'sent') AND NOT d.${OVER}
            AND d.state NOT IN ('planning', 'preview')`,
      );
      return settled + promised;
    },
  };
}

async function move(
  sql: Sql,
  id: string,
  from: readonly DeletionState[],
  to: DeletionState,
  change: DeletionChange,
): Promise<boolean> {
  const wrong = from.find((state) => !mayMove(state, to));
  if (wrong) throw new Error(`No deletion goes from ${wrong} to ${to}.`);
  const { set, values } = assignments(change);
  const text = `UPDATE deletions SET state = ?, updated_at = ${sql.dialect.now}${set} WHERE id = ? AND state IN (${marks(from)})`;
  return (await sql.run(text, [to, ...values, id, ...from])) > 0;
}

const rowOf = (one: Confirmation) => ({
  token: one.token,
  deletion_id: one.deletionId,
  kind: one.kind,
  number: one.number,
  typed: one.typed ? 1 : 0,
  owner_id: one.ownerId,
  chat_id: one.chatId,
  message_id: one.messageId,
  created_at: toTime(one.createdAt),
  expires_at: toTime(one.expiresAt),
});
