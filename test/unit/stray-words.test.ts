import { afterEach, beforeEach, expect, it } from "vitest";
import { createLogger } from "../../src/logger.ts";
import { createRedactor } from "../../src/redact.ts";
import { takeStrayWords } from "../../src/stray-words.ts";
import { eventually } from "../support/eventually.ts";

const kept = { ...console };
const listeners = process.listeners("warning");
beforeEach(() => void process.removeAllListeners("warning"));
afterEach(() => {
  Object.assign(console, kept);
  process.removeAllListeners("warning");
  for (const listener of listeners) process.on("warning", listener);
});

it("makes a line of the log of what libraries and Node print, without secrets", async () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  takeStrayWords(
    createLogger({ level: "info", format: "json", redactor: createRedactor(["s3cret-word"]), destination }),
  );
  console.warn("Rolling back transaction %s failed with error", 7, { password: "s3cret-word" });
  console.error(new Error("got packets out of order"));
  process.emitWarning("too many listeners");
  await eventually(() => lines.length === 3);
  const said = lines.map((line) => JSON.parse(line) as { level: string; msg: string; from: string });
  expect(said.map(({ level }) => level)).toEqual(["warn", "warn", "warn"]);
  expect(said[0]?.msg).toMatch(/^Rolling back transaction 7 failed with error/);
  expect(said[1]?.msg).toContain("got packets out of order");
  expect(said[2]).toMatchObject({ from: "node", msg: "too many listeners" });
  expect(lines.join("")).not.toContain("s3cret-word");
});
