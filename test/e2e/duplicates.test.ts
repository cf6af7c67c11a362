/** /duplicates as the owner meets it: what they cost, one by one, by a rule, and what is done after the yes. */
import { copyFileSync, existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awaitEnd } from "../support/downloads.ts";
import { buttonsOf } from "../support/phone.ts";
import { type Program, startProgram } from "../support/program.ts";
import { records as readRecords } from "../support/records.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

const SIZE = 30_000;
let sandbox: Sandbox;
let program: Program;
/** Paths of the pairs: in Family, in Work. */
const pairs: [string, string][] = [];

beforeAll(async () => {
  sandbox = await startSandbox();
  const { control } = sandbox;
  for (const title of ["Family", "Work"]) {
    const chatId = await control.world.addChat({ kind: "channel", title, username: `${title.toLowerCase()}_files` });
    await control.world.addMessages(
      chatId,
      [1, 2, 3, 4].map((number) => ({
        date: 1_700_000_000 + number * 60 + (title === "Work" ? 86_400 : 0),
        media: {
          type: "document" as const,
          key: `same-${number}`,
          name: `report-${number}.bin`,
          size: SIZE + number * 10_000,
          mimeType: "application/octet-stream",
        },
      })),
    );
  }
  program = await startProgram({ sandbox });
  for (const handle of ["family_files", "work_files"])
    await awaitEnd(sandbox, await sandbox.phone.say(`/download @${handle}`));
  // Twins come as one file; somebody once sent the same content anew, and it was saved as a file of its own.
  await readRecords(program, async ({ chats, messages }) => {
    const work = (await chats.byUsername("work_files"))!;
    for (const row of await messages.of(work.chatId, [1, 2, 3, 4, 5, 6])) {
      if (!row.localFilePath || !row.sha256 || row.media.size === null) continue;
      const path = row.localFilePath.replace("/Family/", "/Work ");
      copyFileSync(row.localFilePath, path);
      const file = { path, bytes: row.media.size, sha256: row.sha256, hostname: "machine-a", rootId: "again" };
      await messages.saved(row, file);
      rmSync(row.localFilePath.replace("/Family/", "/Work/").replace(/2023111\d/, "20231115"), { force: true });
      pairs.push([row.localFilePath, path]);
    }
  });
  pairs.sort();
}, 120_000);
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

/** Every message whose file is recorded, and where. */
const savedFiles = async (): Promise<{ path: string }[]> =>
  readRecords(program, async ({ messages, chats }) => {
    const found: { path: string }[] = [];
    for (const chat of (await chats.list({}, { limit: 200, offset: 0 })).chats) {
      const ids = Array.from({ length: 10 }, (_, index) => index + 1);
      for (const { localFilePath } of await messages.of(chat.chatId, ids))
        if (localFilePath) found.push({ path: localFilePath });
    }
    return found;
  });
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, "");
const look = async () => {
  const asked = await sandbox.phone.say("/duplicates");
  return sandbox.phone.waitFor(
    (message) => message.text.startsWith("👯") && /could be freed|kept twice/.test(message.text),
    {
      after: asked,
    },
  );
};
const inode = (path: string) => lstatSync(path).ino;

describe("/duplicates", () => {
  it("says what could be freed, and has changed nothing", async () => {
    const found = await look();
    expect(plain(found.text)).toBe("👯 4 groups · 8 files · 214.8 KB could be freed. Nothing deleted yet.");
    expect(found.silent).not.toBe(true);
    expect(buttonsOf(found.replyMarkup).map(({ text }) => text)).toEqual([
      "Review 1/4",
      "Keep newest…",
      "🖼 Similar pictures",
    ]);
    for (const [family, work] of pairs) expect(readFileSync(family).equals(readFileSync(work))).toBe(true);
  });

  it("links one pair after a yes with the number", async () => {
    const found = await look();
    await sandbox.phone.press("Review 1/4", { after: found.id - 1 });
    const shown = await sandbox.phone.waitFor(
      (message) => message.id === found.id && plain(message.text).startsWith("👯 1 of 4"),
    );
    expect(buttonsOf(shown.replyMarkup).map(({ text }) => text)).toEqual(["Keep 1", "Keep 2", "‹ Back", "Skip ›"]);
    expect(shown.text).toContain("report-4.bin");
    await sandbox.phone.press("Keep 1", { after: found.id - 1 });
    const asked = await sandbox.phone.waitFor((message) => message.id === found.id && message.text.startsWith("🧹"));
    expect(plain(asked.text)).toContain("Free 1 file, 68.4 KB in 1 group?");
    await sandbox.phone.press("🔗 Link 1", { after: found.id - 1 });
    const end = await sandbox.phone.waitFor(/^✅ Job \d+ done · 1 file freed, 68\.4 KB/u, { after: found.id });
    expect(end.id).toBeGreaterThan(found.id);
    const [family, work] = pairs[3]!;
    expect(inode(family)).toBe(inode(work));
  });

  it("frees by a rule, leaves alone what has changed since, and points the messages to what stays", async () => {
    const found = await look();
    expect(plain(found.text)).toContain("3 groups · 6 files");
    const [, changed] = pairs[0]!;
    const bytes = readFileSync(changed);
    bytes[5]! ^= 255;
    await sandbox.phone.press("Keep newest…", { after: found.id - 1 });
    const rule = await sandbox.phone.waitFor(
      (message) => message.id === found.id && message.text.startsWith("Which copy"),
    );
    expect(
      buttonsOf(rule.replyMarkup)
        .map(({ text }) => plain(text))
        .sort(),
    ).toEqual(["Newest", "Oldest", "In Family", "In Work", "‹ Back"].sort());
    await sandbox.phone.press("Oldest", { after: found.id - 1 });
    await sandbox.phone.waitFor(
      (message) => message.id === found.id && plain(message.text).includes("Free 3 files, 146.5 KB in 3 groups?"),
    );
    writeFileSync(changed, bytes);
    const [first, second] = await Promise.all([
      sandbox.phone.press("🗑 Remove 3", { after: found.id - 1 }),
      sandbox.phone.press("🗑 Remove 3", { after: found.id - 1 }),
    ]);
    expect([first.text, second.text].filter(Boolean).length).toBeLessThanOrEqual(1);
    const end = await sandbox.phone.waitFor(/^✅ Job \d+ done · 2 files freed/u, { after: found.id });
    expect(plain(end.text)).toContain("1 file left as they are:");
    expect(plain(end.text)).toContain("not the same content");
    expect(readFileSync(changed).equals(bytes)).toBe(true);
    for (const [family, work] of [pairs[1]!, pairs[2]!]) {
      expect(existsSync(family)).toBe(true);
      expect(existsSync(work)).toBe(false);
    }
    const records = await savedFiles();
    for (const { path } of records) expect(existsSync(path)).toBe(true);
    expect(records.filter(({ path }) => path === pairs[1]![0])).toHaveLength(2);
  });

  it("finds nothing when nothing is left", async () => {
    const [family, work] = pairs[0]!;
    writeFileSync(work, readFileSync(family).subarray(0, 10));
    const found = await look();
    expect(plain(found.text)).toMatch(/^👯 Nothing is kept twice here\.\n⚠️ 1 file not found as recorded/);
  });
});
