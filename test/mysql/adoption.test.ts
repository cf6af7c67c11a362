import { createHash } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import { newId } from "../../src/core/id.ts";
import { applyMigrations, previewMigrations } from "../../src/db/maintain.ts";
import { sampleChat, sampleMessage } from "../contract/db/samples.ts";
import { mysqlDatabase, onServer } from "../support/database.ts";
import { makePythonToolDatabase, type PythonToolOptions, writeAsPythonTool } from "./python-tool.ts";

const TABLES = ["messages", "download_log", "chats", "action_log"];

async function adopted(options: PythonToolOptions) {
  const database = await mysqlDatabase({ charset: options.charset });
  onTestFinished(() => database.remove());
  await makePythonToolDatabase(database.url, options);
  return database;
}

/** Every value of every column that was there, as the server writes it. */
async function fingerprint(url: string, columns: Map<string, string[]>): Promise<{ [table: string]: string }> {
  const prints: { [table: string]: string } = {};
  for (const [table, names] of columns) {
    const key = table === "messages" ? "chat_id, message_id" : table === "chats" ? "chat_id" : "id";
    const rows = await onServer<{ [column: string]: unknown }>(
      url,
      `SELECT ${names.map((name) => `HEX(CAST(CONVERT(${name} USING utf8mb4) AS BINARY)) AS ${name}`).join(", ")} FROM ${table} ORDER BY ${key}`,
    );
    const hash = createHash("sha256");
    for (const row of rows) hash.update(JSON.stringify(Object.values(row)));
    prints[table] = `${rows.length} rows ${hash.digest("hex")}`;
  }
  return prints;
}

async function columnsOf(url: string): Promise<Map<string, string[]>> {
  const columns = new Map<string, string[]>();
  for (const table of TABLES) {
    const rows = await onServer<{ Field: string }>(url, `SHOW COLUMNS FROM ${table}`);
    columns.set(
      table,
      rows.map(({ Field }) => Field),
    );
  }
  return columns;
}

/** What /stats is made of. */
async function sumsOf(url: string): Promise<{ [table: string]: string[] }> {
  const found: { [table: string]: string[] } = {};
  for (const table of ["message_kinds", "message_senders", "message_hours", "message_sizes"]) {
    const rows = await onServer<object>(url, `SELECT * FROM ${table}`);
    found[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return found;
}

describe("a database of the Python tool 1.0", () => {
  const variants: [string, PythonToolOptions][] = [
    ["of 100,000 rows with hostname columns", { hostnames: true, strangeColumns: false, rows: 100_000 }],
    ["of 100,000 rows from before them", { hostnames: false, strangeColumns: false, rows: 100_000 }],
    ["with columns that nobody here knows", { hostnames: true, strangeColumns: true, rows: 3000 }],
    ["in latin1", { hostnames: false, strangeColumns: true, rows: 3000, charset: "latin1" }],
    ["in the old three-byte utf8", { hostnames: true, strangeColumns: false, rows: 3000, charset: "utf8mb3" }],
  ];

  it.each(variants)("%s keeps every value through two migrations", async (_name, options) => {
    // Four-byte texts cannot be in a three-byte database: the tool's INSERT would have cut them.
    const database = await adopted(options);
    const columns = await columnsOf(database.url);
    const before = await fingerprint(database.url, columns);
    expect(before.messages).toMatch(new RegExp(`^${options.rows} rows`));
    const plan = await previewMigrations(database.url);
    expect(
      plan.flatMap(({ statements }) => statements).some((sql) => /DROP|DELETE|CREATE TABLE messages/.test(sql)),
    ).toBe(false);
    expect((await applyMigrations(database.url)).length).toBe(plan.length);
    expect(await fingerprint(database.url, columns)).toEqual(before);
    expect(await previewMigrations(database.url)).toEqual([]);
    await onServer(database.url, "DROP TABLE telegram_utilities_migrations");
    const again = await applyMigrations(database.url);
    expect(again.flatMap(({ statements }) => statements)).toEqual([]);
    expect(await fingerprint(database.url, columns)).toEqual(before);
  });

  it.each(variants)("%s takes what we write and what the tool still writes", async (_name, options) => {
    const database = await adopted({ ...options, rows: 1200 });
    const db = await database.open();
    try {
      await writeAsPythonTool(database.url, 1, options.hostnames);
      await writeAsPythonTool(database.url, 5_000, options.hostnames);
      expect(await db.messages.get({ chatId: 777, messageId: 5_000 })).toMatchObject({
        text: "by the tool",
        status: "retrieved",
        media: { type: "photo", restricted: false },
      });
      const message = sampleMessage({
        chatId: -1_001_234_567_890,
        messageId: 1,
        text: "😀".repeat(4096),
        senderId: 7_000_000_000,
        media: { type: "animation", fileName: `${"名😀".repeat(300)}.gif`, size: 5_000_000_000 },
      });
      await db.chats.record([sampleChat({ chatId: -1_001_234_567_890, title: "😀 new" })]);
      await db.messages.record([message], "here");
      const found = await db.messages.get(message);
      expect(found).toMatchObject({ ...message, status: "retrieved" });
      await db.messages.saved(message, {
        path: "/d/😀.gif",
        bytes: 5,
        sha256: "ab",
        hostname: "here",
        rootId: newId(),
      });
      expect(await db.messages.get(message)).toMatchObject({ status: "downloaded", localFilePath: "/d/😀.gif" });
      const kept = await db.messages.get({ chatId: 777, messageId: 2 });
      expect(kept).toMatchObject({ status: "downloaded", localFilePath: "/old/1.jpg" });
      await db.messages.record([sampleMessage({ chatId: 777, messageId: 2 })], "here");
      expect(await db.messages.get(kept!)).toMatchObject({ status: "downloaded", localFilePath: "/old/1.jpg" });
      const uid = newId();
      await db.actionLog.start({
        uid,
        type: "analyze",
        hostname: "here",
        chatId: 777,
        jobId: null,
        parameters: { a: 1 },
      });
      await db.actionLog.end(uid, "cancelled", { done: 1 });
      const { entries } = await db.actionLog.list({}, { limit: 9, offset: 0 });
      expect(entries.find((entry) => entry.uid === uid)).toMatchObject({ status: "cancelled", result: { done: 1 } });
      expect(entries.length).toBe(4);
      expect((await db.chats.list({ text: "kept" }, { limit: 9, offset: 0 })).chats[0]?.title).toBeUndefined();
      expect((await db.chats.list({ text: "NEW" }, { limit: 9, offset: 0 })).chats[0]?.title).toBe("😀 new");
      expect((await db.downloadLog.of({ chatId: 777, messageId: 5_000 })).length).toBe(1);
    } finally {
      await db.close();
    }
  });

  it.each(variants)(
    "%s gets its sums counted again where a crash has cut that short, and only those",
    async (_name, options) => {
      const database = await adopted({ ...options, rows: 1200 });
      await applyMigrations(database.url);
      const sums = await sumsOf(database.url);
      expect(Object.values(sums).every((rows) => rows.length > 0)).toBe(true);
      const cuts: [string, string][] = [
        ["message_kinds", "DELETE FROM message_kinds"],
        ["message_senders", "DELETE FROM message_senders WHERE chat_id = 0"],
        ["message_hours", "DELETE FROM message_hours"],
        ["message_sizes", "DELETE FROM message_sizes WHERE chat_id = 0"],
      ];
      for (const [table, cut] of cuts) {
        await onServer(database.url, cut);
        await onServer(database.url, "DROP TABLE telegram_utilities_migrations");
        const statements = (await applyMigrations(database.url)).flatMap((step) => step.statements);
        expect(statements.length).toBeGreaterThan(1);
        expect(statements.filter((sql) => !sql.includes(table))).toEqual([]);
        expect(await sumsOf(database.url)).toEqual(sums);
      }
    },
  );

  it("names what it would do, and refuses a schema that is newer than the program", async () => {
    const database = await adopted({ hostnames: false, strangeColumns: false, rows: 10 });
    const plan = await previewMigrations(database.url);
    const messages = plan.find(({ name }) => name === "002-messages")!;
    expect(messages.statements.length).toBe(1);
    expect(messages.statements[0]).toContain("ADD COLUMN retrieved_hostname VARCHAR(255)");
    expect(messages.statements[0]).toContain(
      "MODIFY COLUMN media_type ENUM('none', 'photo', 'video', 'document', 'audio', 'voice', 'sticker', 'other', 'animation')",
    );
    expect((await columnsOf(database.url)).get("messages")).not.toContain("retrieved_hostname");
    await applyMigrations(database.url);
    await onServer(database.url, "INSERT INTO telegram_utilities_migrations VALUES ('999-of-the-future')");
    await expect(database.open()).rejects.toThrow("made by a newer version of this program (it has 999-of-the-future)");
  });

  it("is migrated once when several machines start at the same time", async () => {
    const database = await adopted({ hostnames: false, strangeColumns: false, rows: 1000 });
    const machines = await Promise.all(["a", "b", "c"].map((name) => database.open(name)));
    const counts = await Promise.all(machines.map((db) => db.messages.count({})));
    expect(counts).toEqual([1000, 1000, 1000]);
    await Promise.all(machines.map((db) => db.close()));
  });
});
