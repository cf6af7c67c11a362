/**
 * The sums of /stats, kept by whoever writes to `messages`: in the same transaction, what the rows counted for before is
 * taken away and what they count for afterwards is added, by the database itself.
 */
import { emptySums, fillSums, type SumsTable, sumsTables } from "../../migrations/sums-sql.ts";
import type { ChatId, MessageKey } from "../core/media.ts";
import { marks, type Sql, type Store } from "./sql.ts";

const IDS_AT_ONCE = 1000;

/** Does the work, which may add and change just these messages, and brings the sums along. */
export async function withSums<T>(
  tx: Sql,
  keys: readonly MessageKey[],
  work: () => Promise<T>,
  options: { statusOnly?: boolean } = {},
): Promise<T> {
  const groups = inGroups(keys);
  const tables = sumsTables(tx.dialect.name === "mysql").filter(
    ({ table }) => !options.statusOnly || table === "message_kinds",
  );
  for (const { chatId } of groups) await hold(tx, chatId);
  for (const group of groups) await count(tx, tables, group, -1);
  const result = await work();
  for (const group of groups) await count(tx, tables, group, 1);
  return result;
}

/** Counts everything anew, from the messages themselves. */
export async function fillAllSums(store: Store): Promise<void> {
  for (const table of sumsTables(store.dialect.name === "mysql")) {
    await store.transaction(async (tx) => {
      for (const statement of [emptySums(table), ...fillSums(table)]) await tx.run(statement);
    });
  }
}

interface Group {
  chatId: ChatId;
  ids: number[];
}

function inGroups(keys: readonly MessageKey[]): Group[] {
  const byChat = new Map<ChatId, Set<number>>();
  for (const { chatId, messageId } of keys) {
    const ids = byChat.get(chatId) ?? new Set();
    byChat.set(chatId, ids.add(messageId));
  }
  return [...byChat]
    .sort(([a], [b]) => a - b)
    .flatMap(([chatId, set]) => {
      const ids = [...set].sort((a, b) => a - b);
      const groups: Group[] = [];
      for (let from = 0; from < ids.length; from += IDS_AT_ONCE)
        groups.push({ chatId, ids: ids.slice(from, from + IDS_AT_ONCE) });
      return groups;
    });
}

/** One writer to a chat at a time: two that add the same message would both count it. SQLite has one writer anyway. */
export async function hold(tx: Sql, chatId: ChatId): Promise<void> {
  if (tx.dialect.name === "mysql") await tx.all("SELECT chat_id FROM chats WHERE chat_id = ? FOR UPDATE", [chatId]);
}

async function count(tx: Sql, tables: readonly SumsTable[], { chatId, ids }: Group, sign: 1 | -1): Promise<void> {
  for (const one of tables) await tx.run(statementOf(tx, one, ids, sign), [chatId, ...ids]);
}

function statementOf(tx: Sql, one: SumsTable, ids: readonly number[], sign: 1 | -1): string {
  const { dialect } = tx;
  const keys = Object.keys(one.keys);
  const sums = Object.keys(one.sums);
  const labels = Object.keys(one.labels ?? {});
  const columns = ["chat_id", ...keys, ...sums, ...labels];
  const values = [
    one.ofAll ? "CASE a.x WHEN 0 THEN m.chat_id ELSE 0 END" : "m.chat_id",
    ...Object.values(one.keys),
    ...Object.values(one.sums).map((sum) => `${sign} * ${sum}`),
    ...Object.values(one.labels ?? {}),
  ];
  const twice = one.ofAll ? " CROSS JOIN (SELECT 0 AS x UNION ALL SELECT 1) AS a" : "";
  const updates = [
    ...sums.map((sum) => `${sum} = ${one.table}.${sum} + ${dialect.fresh(sum)}`),
    ...labels.map((label) => `${label} = COALESCE(${dialect.fresh(label)}, ${one.table}.${label})`),
  ];
  return `INSERT INTO ${one.table} (${columns.join(", ")}) SELECT ${values.join(", ")} FROM messages AS m${twice}
    WHERE ${one.where} AND m.chat_id = ? AND m.message_id IN (${marks(ids)})
    GROUP BY ${["chat_id", ...keys].map((_, n) => n + 1).join(", ")}
    ${dialect.onConflict(["chat_id", ...keys], updates)}`;
}
