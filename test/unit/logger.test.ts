import { describe, expect, it } from "vitest";
import { createLogger } from "../../src/logger.ts";
import { createRedactor } from "../../src/redact.ts";

const TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0";
const HASH = "0123456789abcdef0123456789abcdef";
const PHONE = "+380441234567";

function capture(format: "json" | "pretty", secrets: string[] = []) {
  const lines: string[] = [];
  const redactor = createRedactor(secrets);
  const destination = { write: (line: string) => void lines.push(line) };
  return { lines, redactor, log: createLogger({ level: "info", format, redactor, destination }) };
}

describe("the log", () => {
  it("is one JSON object a line, with time, level and message", () => {
    const { log, lines } = capture("json");
    log.info({ chatId: -1001 }, "Scanned.");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.+Z$/),
      chatId: -1001,
      msg: "Scanned.",
    });
  });

  it.each(["json", "pretty"] as const)("holds no secret, wherever it stood (%s)", (format) => {
    const { log, lines } = capture(format, [HASH, 'pa"ss/word word']);
    const cause = new Error(`FetchError: request to https://api.telegram.org/bot${TOKEN}/getMe failed`);
    log.error({ err: new Error("Network request for 'getMe' failed!", { cause }) }, "No answer.");
    log.info({ deep: { er: { apiHash: "short", password: 'x"y', phoneNumber: "380441234567" } } }, `Hash ${HASH}`);
    log.info(`mysql://root:hunter2@db/telegram and ${PHONE} and +380 44 123 45 67`);
    log.info({ said: 'pa"ss/word word', url: encodeURIComponent('pa"ss/word word') });
    log.info({ session: "1BQANOTEuMTA4", key: "A".repeat(352) });
    const all = lines.join("");
    for (const secret of [TOKEN, HASH, PHONE, "380441234567", "123 45 67", "hunter2", "ss/word", "%2Fword", "BQANOT"]) {
      expect(all).not.toContain(secret);
    }
    expect(all).not.toContain("A".repeat(300));
    if (format === "json") for (const line of lines) JSON.parse(line);
  });

  it("hides what it learns later, such as a phone that was just typed", () => {
    const { log, lines, redactor } = capture("json");
    redactor.hide("99966123456");
    log.info("calling 99966123456");
    expect(lines[0]).not.toContain("99966123456");
  });

  it("leaves ids, dates, sizes and paths alone", () => {
    const { log, lines } = capture("json");
    log.info({ chatId: -1001234567890, path: "/data/News/20240131_120000_clip.mp4", at: "2024-01-31T12:00:00+02:00" });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      chatId: -1001234567890,
      path: "/data/News/20240131_120000_clip.mp4",
      at: "2024-01-31T12:00:00+02:00",
    });
  });
});
