import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeArchive } from "../../../src/archive/index.ts";
import { textParts } from "../../../src/archive/text-parts.ts";
import { archiveMessage, archiveOrder, archiveSource, CHAT } from "../../support/archive-messages.ts";
import { exportFaults } from "../../support/desktop-schema.ts";
import { tempFolder } from "../../support/temp.ts";

const quiet = { signal: new AbortController().signal, onMessages: () => {} };

it("writes one chat as Telegram Desktop does", async () => {
  const folder = join(tempFolder(), "a");
  await writeArchive(folder, archiveOrder("json"), archiveSource(400), quiet);
  const text = readFileSync(join(folder, "result.json"), "utf8");
  const result = JSON.parse(text);
  expect(exportFaults(result)).toEqual([]);
  expect(Object.keys(result)).toEqual(["name", "type", "id", "messages"]);
  expect(result).toMatchObject({ type: "public_supergroup", id: 1500000137 });
  expect(result.messages).toHaveLength(400);
  expect(/\0|\p{Surrogate}/u.test(text)).toBe(false);
});

it("writes several chats as a full export", async () => {
  const folder = join(tempFolder(), "a");
  const chats = [
    CHAT,
    { ...CHAT, chatId: 42, type: "user" as const, title: "Anna" },
    { ...CHAT, chatId: 5, isSelf: true },
  ];
  await writeArchive(folder, archiveOrder("json", { all: true, chats }), archiveSource(30), quiet);
  const result = JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
  expect(exportFaults(result)).toEqual([]);
  expect(
    result.chats.list.map(({ type, messages }: { type: string; messages: unknown[] }) => [type, messages.length]),
  ).toEqual([
    ["public_supergroup", 30],
    ["personal_chat", 30],
    ["saved_messages", 30],
  ]);
});

it("is valid without any message, and without any chat", async () => {
  for (const order of [archiveOrder("json"), archiveOrder("json", { all: true, chats: [] })]) {
    const folder = join(tempFolder(), "a");
    await writeArchive(folder, order, archiveSource(0), quiet);
    expect(exportFaults(JSON.parse(readFileSync(join(folder, "result.json"), "utf8")))).toEqual([]);
  }
});

it("cuts a text into parts that are the text again, whatever marks lie over it", () => {
  for (let index = 0; index < 2_000; index++) {
    const { text, extra } = archiveMessage(index);
    const parts = textParts(text, extra?.entities);
    const whole = parts.map((part) => part.text).join("");
    expect(whole).toBe(
      textParts(text)
        .map((part) => part.text)
        .join(""),
    );
    expect(whole.length).toBe(text.length);
  }
});

it("takes ten thousand marks in a moment", () => {
  const text = "x".repeat(4096);
  const entities = Array.from({ length: 10_000 }, (_, index) => ({
    type: "bold" as const,
    offset: index % 4000,
    length: 90,
  }));
  const began = performance.now();
  expect(
    textParts(text, entities)
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
  expect(performance.now() - began).toBeLessThan(500);
});
