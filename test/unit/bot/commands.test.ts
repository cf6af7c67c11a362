import { expect, test } from "vitest";
import { loadCommands, parseCommand, usageOf } from "../../../src/bot/command.ts";
import { parseQuery } from "../../../src/core/query.ts";

const commands = await loadCommands();

test("every command fits Telegram's menu and says what it does", () => {
  expect(commands.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["start", "help", "download", "chats", "jobs", "cancel", "status", "settings"]),
  );
  for (const { name, description, explanation } of commands) {
    expect(name).toMatch(/^[a-z0-9_]{1,32}$/);
    expect(description.length).toBeGreaterThan(3);
    expect(description.length).toBeLessThanOrEqual(256);
    expect(explanation).toMatch(/\.$/);
  }
});

test("no name, button or dialogue belongs to two commands", () => {
  for (const words of [
    commands.map(({ name }) => name),
    commands.flatMap(({ presses }) => Object.keys(presses ?? {})),
    commands.flatMap(({ answers }) => Object.keys(answers ?? {})),
  ]) {
    expect(new Set(words).size).toBe(words.length);
  }
});

test("every example of /help is a command of the program that is understood", () => {
  for (const example of commands.flatMap(({ examples = [] }) => examples)) {
    const typed = parseCommand(example);
    expect(commands.some(({ name }) => name === typed?.name)).toBe(true);
    if (typed?.name === "download") {
      expect(() => parseQuery(typed.words, { now: new Date(), timeZone: "UTC" })).not.toThrow();
    }
  }
});

test.each([
  ["/jobs", { name: "jobs", words: "", bot: null }],
  ["/Download  @news  video ", { name: "download", words: "@news  video", bot: null }],
  ["/jobs@my_bot", { name: "jobs", words: "", bot: "my_bot" }],
  ["/job_12", { name: "job", words: "12", bot: null }],
  ["/job12", { name: "job", words: "12", bot: null }],
  ["/job 12", { name: "job", words: "12", bot: null }],
  ["/help\ndownload", { name: "help", words: "download", bot: null }],
  ["/", null],
  ["//", null],
  ["jobs", null],
  ["/жобс", null],
])("%j is read as %j", (text, read) => {
  expect(parseCommand(text)).toEqual(read);
});

test("usage names the command and what may follow", () => {
  const download = commands.find(({ name }) => name === "download");
  expect(download && usageOf(download)).toBe("/download [chat] [filters]");
});
