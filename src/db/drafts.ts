import { insert, replace } from "./insert.ts";
import type { Draft, DraftRepository } from "./ports/drafts.ts";
import { first, type Store } from "./sql.ts";
import { fromJson, numberOrNull, time, toJson, toTime } from "./values.ts";

type DraftRow = { [column: string]: unknown };

const PLAN = {
  table: "drafts",
  key: ["id"],
  update: { kind: replace, content: replace, message_id: replace, expires_at: replace },
  stamp: "updated_at",
};

export function draftRepository(store: Store): DraftRepository {
  const open = `taken = 0 AND expires_at > ${store.dialect.now}`;
  return {
    async save(draft) {
      await insert(store, PLAN, [
        {
          id: draft.id,
          kind: draft.kind,
          content: toJson(draft.data) ?? "null",
          message_id: draft.messageId,
          expires_at: toTime(draft.expiresAt),
        },
      ]);
    },
    async get(id) {
      const row = await first<DraftRow>(store, `SELECT * FROM drafts WHERE id = ? AND ${open}`, [id]);
      return row && fromRow(row);
    },
    async latest() {
      const row = await first<DraftRow>(store, `SELECT * FROM drafts WHERE ${open} ORDER BY id DESC LIMIT 1`);
      return row && fromRow(row);
    },
    // Marked, not deleted: another machine's copy would bring it back.
    async take(id) {
      return (await store.run("UPDATE drafts SET taken = 1 WHERE id = ? AND taken = 0", [id])) > 0;
    },
    async forgetExpired(before) {
      await store.run("DELETE FROM drafts WHERE expires_at < ?", [toTime(before)]);
    },
  };
}

const fromRow = (row: DraftRow): Draft => ({
  id: String(row.id),
  kind: String(row.kind),
  data: fromJson(row.content),
  messageId: numberOrNull(row.message_id),
  expiresAt: time(row.expires_at),
});
