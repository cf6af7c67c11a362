import { expect, it, onTestFinished } from "vitest";
import type { Message } from "../../../src/core/media.ts";
import { markGone } from "../../../src/db/gone.ts";
import { applyMigrations, previewMigrations } from "../../../src/db/maintain.ts";
import { fillAllSums } from "../../../src/db/message-sums.ts";
import { openStore, repositoriesOf } from "../../../src/db/open-store.ts";
import { sampleMessages } from "../../contract/db/samples.ts";
import { awkwardMessages } from "../../support/awkward-messages.ts";
import { seededRandom } from "../../support/random.ts";
import { tempFolder } from "../../support/temp.ts";

const TABLES = ["message_kinds", "message_senders", "message_hours", "message_sizes"];

async function bench() {
  const url = `sqlite:${tempFolder()}/sums.sqlite`;
  const store = await openStore(url);
  onTestFinished(() => store.close());
  /** Without the rows that have come to nothing, which a count from scratch does not make. */
  const sums = async () => {
    const found: { [table: string]: object[] } = {};
    for (const table of TABLES) {
      const count = table === "message_sizes" ? "files" : "messages";
      const rows = await store.all<{ [column: string]: unknown }>(`SELECT * FROM ${table} WHERE ${count} <> 0`);
      found[table] = rows
        .map(({ sender_name: _, ...row }) => row)
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    }
    return found;
  };
  return { url, store, sums, ...repositoriesOf(store) };
}

it("keeps the sums through every kind of write, as if they were counted anew", async () => {
  const on = await bench();
  const { next, seed } = seededRandom();
  const dice = { below: (count: number) => Math.floor(next() * count) };
  const all: Message[] = [...sampleMessages(-1, 400), ...sampleMessages(-2, 400)].map((message) => ({
    ...message,
    senderId: dice.below(5) + 1,
    date: new Date(Date.UTC(2024, 0, 1) + dice.below(90_000) * 60_000),
    media: { ...message.media, size: dice.below(10) === 0 ? null : dice.below(3_000_000) },
  }));
  const any = () => all[dice.below(all.length)]!;
  await on.messages.record(all, "here");
  for (let step = 0; step < 150; step++) {
    const message = any();
    const key = { chatId: message.chatId, messageId: message.messageId };
    const file = { path: "/x", bytes: dice.below(9_000), sha256: "0", hostname: "here", rootId: `r${step}` };
    await [
      () => on.messages.saved(key, file),
      () => on.messages.failed(key, { hostname: "here", error: "no", rootId: `r${step}` }),
      () => on.messages.record([{ ...message, text: "edited", media: any().media }, any()], "here"),
      () => on.store.transaction((tx) => markGone(tx, key.chatId, [key.messageId, key.messageId + 1])),
      () => on.archives.prove(key.chatId, [key.messageId]),
      () => on.messages.saved({ chatId: -3, messageId: step }, file),
    ][dice.below(6)]!();
  }
  const kept = await on.sums();
  expect(kept.message_hours!.length).toBeGreaterThan(100);
  await fillAllSums(on.store);
  expect(kept, `seed ${seed}`).toEqual(await on.sums());
});

it("holds no negative sums, and sums of all chats that are those of each", async () => {
  const on = await bench();
  await on.messages.record(sampleMessages(-1, 50), "here");
  await on.messages.record(sampleMessages(-2, 70), "here");
  for (const table of ["message_senders", "message_hours"]) {
    const [row] = await on.store.all<{ one: number; all_chats: number; least: number }>(
      `SELECT SUM(CASE WHEN chat_id <> 0 THEN messages ELSE 0 END) AS one,
        SUM(CASE WHEN chat_id = 0 THEN messages ELSE 0 END) AS all_chats, MIN(messages) AS least FROM ${table}`,
    );
    expect(row).toMatchObject({ one: 120, all_chats: 120 });
    expect(row?.least).toBeGreaterThan(0);
  }
});

it("counts nothing anew when it migrates a second time", async () => {
  const on = await bench();
  const again = async () => {
    await on.store.run("DELETE FROM telegram_utilities_migrations");
    return (await applyMigrations(on.url)).flatMap(({ statements }) => statements);
  };
  expect(await again()).toEqual([]);
  await on.messages.record(sampleMessages(-1, 50), "here");
  await on.store.transaction((tx) => markGone(tx, -1, [1, 2, 3]));
  expect(await again()).toEqual([]);
  const kept = await on.sums();
  // Written by a program that knows nothing of sums.
  await on.store.run("UPDATE messages SET status = 'failed' WHERE message_id = 10");
  expect(await again()).toHaveLength(2);
  expect(await on.sums()).not.toEqual(kept);
  await on.store.run("UPDATE messages SET status = 'retrieved' WHERE message_id = 10");
  expect((await again()).every((sql) => sql.includes("message_kinds"))).toBe(true);
  expect(await on.sums()).toEqual(kept);
});

it("finishes a count that a crash cut short, after whichever statement it came", async () => {
  const on = await bench();
  await on.messages.record([...sampleMessages(-1, 60), ...sampleMessages(-2, 40)], "here");
  const whole = await on.sums();
  const forget = async () => {
    for (const table of TABLES) await on.store.run(`DROP TABLE IF EXISTS ${table}`);
    await on.store.run("DELETE FROM telegram_utilities_migrations WHERE name LIKE '021-%'");
  };
  await forget();
  const [step] = await previewMigrations(on.url);
  const statements = step?.statements ?? [];
  expect(statements.length).toBeGreaterThan(10);
  for (let crash = 0; crash <= statements.length; crash++) {
    await forget();
    for (const statement of statements.slice(0, crash)) await on.store.run(statement);
    await applyMigrations(on.url);
    expect(await on.sums(), `after ${crash} of ${statements.length} statements`).toEqual(whole);
  }
});

it("counts messages that are new as the database does, and those that come again not twice", async () => {
  const on = await bench();
  await on.messages.record(awkwardMessages(-1), "here");
  await on.messages.record(awkwardMessages(-2).slice(0, 100), "here");
  await on.messages.record(awkwardMessages(-2), "here");
  await on.messages.record(awkwardMessages(-1), "there");
  const kept = await on.sums();
  await fillAllSums(on.store);
  expect(kept).toEqual(await on.sums());
});
