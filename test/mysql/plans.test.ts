import { expect, it, onTestFinished } from "vitest";
import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import type { Store } from "../../src/db/sql.ts";
import { mysqlDatabase } from "../support/database.ts";
import { type Asked, askedOf, isAboutMessages } from "../support/list-queries.ts";
import { TOUR } from "../support/tour/index.ts";

const ROWS = 20_000;
/** Tables with a row for each message, by their names and as statements call them. */
const LARGE = ["messages", "m", "search_messages", "s", "download_log"];

interface PlanRow {
  table: string | null;
  type: string | null;
  key: string | null;
  rows: number | string | null;
  Extra: string | null;
}

it("answers every statement of the program by an index, and reads no table of messages through", async () => {
  const database = await mysqlDatabase();
  const store = await openStore(database.url);
  onTestFinished(async () => {
    await store.close();
    await database.remove();
  });
  const asked = await askedOf(store, ROWS);
  await store.all("ANALYZE TABLE messages, search_messages, download_log");
  const about = asked.filter(({ sql }) => isAboutMessages(sql));
  const methods = Object.values(TOUR).flatMap((repository) => Object.keys(repository)).length;
  const statements = new Set(about.map(({ sql }) => sql)).size;
  console.info(`${methods} methods sent ${asked.length} statements, ${statements} different ones about messages.`);
  expect(statements).toBeGreaterThan(50);
  const through: object[] = [];
  for (const one of about) through.push(...(await readsThrough(store, one)));
  expect(through).toEqual([]);
});

it("sees a statement that would read all messages through", async () => {
  const database = await mysqlDatabase();
  const store = await openStore(database.url);
  onTestFinished(async () => {
    await store.close();
    await database.remove();
  });
  await askedOf(store, ROWS);
  await store.all("ANALYZE TABLE messages");
  const bad = ["SELECT COUNT(*) FROM messages", "SELECT * FROM messages WHERE duration > 5 ORDER BY width LIMIT 10"];
  for (const sql of bad) expect(await readsThrough(store, { by: "test", sql, values: [] })).not.toEqual([]);
  expect(repositoriesOf(store).messages).toBeDefined();
});

/** What of its plan reads more than a share of a large table. */
async function readsThrough(store: Store, { by, sql, values }: Asked): Promise<object[]> {
  const plan = await store.all<PlanRow>(`EXPLAIN FORMAT=TRADITIONAL ${sql}`, values);
  return plan.flatMap(({ table, type, key, rows, Extra }) => {
    if (!LARGE.includes(table ?? "")) return [];
    // MySQL answers MAX of an index's end, and a key that is not there, without reading a row.
    if (type === null || rows === null || /optimized away/i.test(Extra ?? "")) return [];
    // Read in the order that is asked for, it ends with the page.
    const ends = /LIMIT/.test(sql) && !/filesort|temporary/i.test(Extra ?? "");
    // One chat of twenty at the most. MariaDB adds a share to the number where it filters keys first.
    const few = Number.parseInt(String(rows), 10) <= ROWS / 10;
    const isRead = type === "ALL" || (!ends && (type === "index" || !few));
    return isRead ? [{ by, table, type, key, rows, Extra, sql: sql.replace(/\s+/g, " ").slice(0, 300) }] : [];
  });
}
