import { expect, it, onTestFinished } from "vitest";
import { openStore } from "../../src/db/open-store.ts";
import { mysqlDatabase } from "../support/database.ts";
import { askedOf } from "../support/list-queries.ts";

const ROWS = 20_000;

it("answers every list by an index, and reads no table of messages through", async () => {
  const database = await mysqlDatabase();
  const store = await openStore(database.url);
  onTestFinished(async () => {
    await store.close();
    await database.remove();
  });
  const asked = await askedOf(store, ROWS);
  await store.all("ANALYZE TABLE messages");
  expect(asked.filter(({ sql }) => /FROM messages/.test(sql)).length).toBeGreaterThan(8);
  for (const { by, sql, values } of asked.filter(({ sql: text }) => /FROM (messages|download_log)/.test(text))) {
    const plan = await store.all<{
      type: string | null;
      key: string | null;
      rows: number | string | null;
      Extra: string | null;
    }>(`EXPLAIN FORMAT=TRADITIONAL ${sql}`, values);
    for (const { type, key, rows, Extra } of plan) {
      // MySQL answers MAX of an index's end, and a key that is not there, without reading a row.
      if (type === null || rows === null || /optimized away/i.test(Extra ?? "")) continue;
      expect({ by, type, key }).not.toMatchObject({ type: "ALL" });
      expect({ by, type, key }).not.toMatchObject({ type: "index" });
      // One chat of twenty at the most. MariaDB adds a share to the number where it filters keys first.
      expect({ by, rows: Number.parseInt(String(rows), 10) <= ROWS / 10 }).toEqual({ by, rows: true });
    }
  }
});
