import { basename } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashesBelow } from "../../src/cli/hashes.ts";
import { awaitEnd, expectWhole } from "../support/downloads.ts";
import { type Program, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

/** Names that people and their programs send, and the two of one second. */
const NAMES = [
  "../../etc/passwd",
  "..\\..\\windows\\system32\\config",
  "/etc/shadow",
  "C:\\boot.ini",
  "CON",
  "con.txt",
  "COM1.txt",
  "NUL",
  "😀".repeat(300),
  `${"Ж".repeat(300)}.pdf`,
  "photo\u202Egpj.exe",
  "",
  " ",
  ".",
  "..",
  ".hidden",
  "trailing dots...",
  "trailing space ",
  "nul\u0000byte.txt",
  "line\nbreak.txt",
  'quo"te<>|?*.txt',
  "same.txt",
  "same.txt",
  "SAME.TXT",
  "cafe\u0301.txt",
  "café.txt",
  "a".repeat(255),
  "$(touch owned).txt",
  "`touch owned`.txt",
  "-rf",
  "%2e%2e%2fetc",
];
const TITLES = ["<b>_*[", "../../tmp", "CON", "😀".repeat(64), "a\u202Eb", "   "];

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
  sandbox = await startSandbox();
  program = await startProgram({ sandbox });
});
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

const complaints = () =>
  program.log().filter(({ level, err }) => level === "error" || level === "fatal" || err !== undefined);

describe("hostile names", () => {
  it("become safe files with the right bytes, none outside, none lost to another", async () => {
    const chatId = await sandbox.addChannel({ username: "hostile", title: "<b>_*[", files: 0 });
    const date = Date.UTC(2024, 0, 31, 12, 0, 0) / 1000;
    await sandbox.control.world.addMessages(
      chatId,
      NAMES.map((name, n) => ({ date, media: { type: "document", name, size: 700 + n } })),
    );
    const asked = await sandbox.phone.say("/download @hostile");
    const end = await awaitEnd(sandbox, asked);
    expect(end.text).toMatch(/^✅/u);
    expect(end.text).toContain("<b>_*[");
    await expectWhole(sandbox, program, chatId);

    for (const path of (await hashesBelow(program.downloads)).keys()) {
      for (const part of path.split("/")) {
        expect(Buffer.byteLength(part), part).toBeLessThanOrEqual(255);
        expect(part).not.toMatch(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*\\]/u);
        expect(part).not.toMatch(/[. ]$/);
        expect(part).not.toMatch(/^(con|nul|com\d)(\.|$)/i);
        expect(part).not.toMatch(/^\.\.?$/);
      }
      expect(basename(path)).toMatch(/^20240131_120000_/);
    }
    expect(complaints()).toEqual([]);
  });

  it.each(TITLES)("of chats are no danger either: %j", async (title) => {
    const username = `titled${TITLES.indexOf(title)}`;
    const chatId = await sandbox.addChannel({ username, title, files: 2, sizeMin: 100, sizeMax: 200 });
    const end = await awaitEnd(sandbox, await sandbox.phone.say(`/download @${username}`));
    expect(end.text).toMatch(/^✅/u);
    const truth = (await sandbox.control.world.files(chatId)).map(({ sha256 }) => sha256);
    expect([...(await hashesBelow(program.downloads)).values()]).toEqual(expect.arrayContaining(truth));
    expect(complaints()).toEqual([]);
  });

  it("and a text of 4,096 characters with entities is recorded whole", async () => {
    const chatId = await sandbox.addChannel({
      username: "longtext",
      title: "Long",
      files: 1,
      sizeMin: 100,
      sizeMax: 200,
    });
    const text = "𝔸😀<b>_*[".repeat(512).slice(0, 4_096);
    await sandbox.control.world.addMessages(chatId, [{ text, entities: [{ type: "bold", offset: 0, length: 4_000 }] }]);
    const end = await awaitEnd(sandbox, await sandbox.phone.say("/download @longtext"));
    expect(end.text).toMatch(/^✅/u);
    expect(complaints()).toEqual([]);
  });
});

describe("hostile commands", () => {
  it.each([
    ["/download “@hostile” type：photo after：2024–99–99", /date|2024/i],
    ["/download @hostile after:yesterdayish", /date|after/i],
    ["/download @hostile colour:red", /colour/i],
    ["/download @hostile size:>10XB", /size|10XB/i],
    ["/download @nobody_has_this_name", /nobody_has_this_name|no chat|not find/i],
    ["/download https://t.me/c/999999999/5", /chat|find|link/i],
    ["/download -100999999999999", /chat|find/i],
    ["/downlod @hostile", /did you mean/i],
    ["/download «»", /.+/],
    ["/cancel 99999", /.+/],
    ["/job_99999", /.+/],
    ["/settings <script>", /.+/],
    [`/download ${"x".repeat(4_000)}`, /.+/],
    ["/", /.+/],
    ["𝓱𝓮𝓵𝓵𝓸 \u202E world", /.+/],
  ])("get one helpful sentence, and no exception: %.60s", async (text, says) => {
    const asked = await sandbox.phone.say(text);
    const answer = await sandbox.phone.waitFor(says, { after: asked });
    expect(answer.text.length).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/my fault|undefined|\[object|Error:|NaN/);
    expect(complaints()).toEqual([]);
  });
});
