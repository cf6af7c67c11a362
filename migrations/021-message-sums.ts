import { bigint, type Column, type ColumnType, type Schema, text } from "./schema.ts";
import { emptySums, fillSums, sumsDiffer, sumsTables } from "./sums-sql.ts";
import { ensureTable } from "./tables.ts";

const word: ColumnType = { mysql: "VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin", sqlite: "TEXT" };
const extension: ColumnType = { mysql: "VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", sqlite: "TEXT" };
const sum: Column = { type: bigint, notNull: true, default: "0" };
const number: Column = { type: bigint, notNull: true };

/** What /stats says of millions of messages, summed up once and kept with every write; chat 0 is all chats. */
export async function up(schema: Schema): Promise<void> {
  const sums = sumsTables(schema.mysql);
  const there = new Set<string>();
  for (const { table } of sums) if (await schema.hasTable(table)) there.add(table);
  const tally = { messages: sum, files: sum, bytes: sum };
  await ensureTable(
    schema,
    "message_kinds",
    {
      chat_id: number,
      kind: { type: word, notNull: true },
      extension: { type: extension, notNull: true },
      status: { type: word, notNull: true },
      ...tally,
    },
    { primary: ["chat_id", "kind", "extension", "status"] },
  );
  await ensureTable(
    schema,
    "message_senders",
    { chat_id: number, sender_id: number, sender_name: { type: text }, ...tally },
    {
      primary: ["chat_id", "sender_id"],
      indexes: [{ name: "message_senders_most", columns: ["chat_id", "messages"] }],
    },
  );
  const quarters = [0, 1, 2, 3].flatMap((n) => [`messages${n}`, `files${n}`, `bytes${n}`]);
  await ensureTable(
    schema,
    "message_hours",
    { chat_id: number, hour: number, messages: sum, ...Object.fromEntries(quarters.map((name) => [name, sum])) },
    { primary: ["chat_id", "hour"] },
  );
  await ensureTable(
    schema,
    "message_sizes",
    { chat_id: number, bucket: number, files: sum },
    { primary: ["chat_id", "bucket"] },
  );
  for (const one of sums) {
    if (there.has(one.table)) {
      if (!(await isAny(schema, sumsDiffer(one, schema.mysql)))) continue;
      await schema.change(emptySums(one));
    }
    for (const statement of fillSums(one)) await schema.change(statement);
  }
}

/** Asks one question after the other, up to the first with an answer. */
async function isAny(schema: Schema, questions: readonly string[]): Promise<boolean> {
  for (const question of questions) if ((await schema.look(question)).length > 0) return true;
  return false;
}
