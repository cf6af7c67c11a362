/** /archive as the owner sees it, from the question to the file on the phone. */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportFaults } from "../support/desktop-schema.ts";
import { eventually } from "../support/eventually.ts";
import { buttonsOf, type PhoneMessage } from "../support/phone.ts";
import { type Program, startProgram } from "../support/program.ts";
import { records } from "../support/records.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

const MB = 1024 ** 2;
/** Names stand between marks of direction. */
const bare = (text: string) => text.replaceAll(/[\u2068\u2069]/g, "");
const labels = (message: PhoneMessage) => buttonsOf(message.replyMarkup).map(({ text }) => text);

describe("/archive", () => {
  let sandbox: Sandbox;
  let program: Program;
  beforeAll(async () => {
    sandbox = await startSandbox();
    await sandbox.addChannel({ username: "films", title: "Films", files: 56, sizeMin: MB, sizeMax: 1.1 * MB });
    program = await startProgram({ sandbox });
    await sandbox.phone.say("/chats");
    await sandbox.phone.waitFor(/chats/);
  });
  afterAll(async () => {
    await program?.remove();
    await sandbox?.stop();
  });

  const folders = () => readdirSync(join(program.downloads, "archives")).filter((name) => !name.includes("."));
  const folderOf = (part: string) =>
    join(program.downloads, "archives", folders().find((name) => name.includes(part))!);

  it("asks for the format, takes the media switch, shows a card and hands the document over", async () => {
    const asked = await sandbox.phone.say("/archive Family");
    const question = await sandbox.phone.waitFor(/JSON, CSV or HTML/, { after: asked });
    expect(bare(question.text)).toBe("🗄 Family · all messages · JSON, CSV or HTML?");
    expect(labels(question)).toEqual(["JSON", "CSV", "HTML", "☐ Add media", "✖ Cancel"]);
    await sandbox.phone.press("☐ Add media", { after: asked });
    await sandbox.phone.press("☑ Add media", { after: asked });
    await sandbox.phone.press("JSON", { after: asked });
    const end = await sandbox.phone.waitFor(/^✅ .*messages\./u, { after: question.id, timeoutMs: 60_000 });
    const today = new Date().toISOString().slice(0, 10);
    expect(bare(end.text)).toMatch(
      new RegExp(`^✅ \\d+ messages\\. family-${today}\\.json \\(\\d+(\\.\\d)? [KM]B\\)$`),
    );
    expect(end.silent).not.toBe(true);
    expect(JSON.stringify(end.media)).toContain(`family-${today}.json`);
    await eventually(
      async () => {
        const card = (await sandbox.phone.messages()).find(({ id }) => id === question.id);
        return /^🗄 Job 1 · Archive · Family\n✅ 100 % – \d+ messages$/u.test(bare(card?.text ?? ""));
      },
      { timeoutMs: 20_000, what: "the card's last edit" },
    );
    const result = JSON.parse(readFileSync(join(folderOf("json"), "result.json"), "utf8"));
    expect(exportFaults(result)).toEqual([]);
    expect(bare(end.text)).toContain(`${result.messages.length} messages`);
  });

  it("verifies from the phone, and says so when a file was touched", async () => {
    const asked = await sandbox.phone.say("/archive @family csv");
    await sandbox.phone.waitFor(/^✅ .*\.csv/u, { after: asked, timeoutMs: 60_000 });
    await sandbox.phone.press("🔏 Verify", { after: asked });
    const verdict = await sandbox.phone.waitFor(/as they were written/, { after: asked });
    expect(verdict.text).toMatch(/^✅ All 1 file \(/u);
    appendFileSync(join(folderOf("csv"), "messages.csv"), "x");
    await sandbox.phone.press("🔏 Verify", { after: asked });
    const broken = await sandbox.phone.waitFor(/not as written/, { after: verdict.id });
    expect(bare(broken.text)).toMatch(/^❌ 1 thing is not as written:\nChanged: messages\.csv/u);
  });

  it("leaves a restricted chat alone and says where that is changed", async () => {
    const asked = await sandbox.phone.say("/archive Protected html");
    const refusal = await sandbox.phone.waitFor(/is restricted/, { after: asked });
    expect(labels(refusal)).toEqual(["🔒 Restricted chats", "✖ Close"]);
  });

  it("splits what is too big for a bot, and uploads it by the account", async () => {
    const asked = await sandbox.phone.say("/archive @films html media zip");
    const end = await sandbox.phone.waitFor(/Too big to send here/, { after: asked, timeoutMs: 120_000 });
    expect(bare(end.text)).toMatch(/Too big to send here \(5\d(\.\d)? MB; bots may send 50 MB\)\. Saved at .+\.zip\./);
    expect(labels(end)).toEqual(["Split into 2 parts", "☁️ To Saved Messages", "🔏 Verify"]);
    const zip = readFileSync(
      join(
        program.downloads,
        "archives",
        readdirSync(join(program.downloads, "archives")).find(
          (name) => name.endsWith(".zip") && name.startsWith("films"),
        )!,
      ),
    );

    await sandbox.phone.press("Split into 2 parts", { after: asked });
    await sandbox.phone.waitFor(/Put them together/, { after: end.id, timeoutMs: 60_000 });
    const parts = (await sandbox.phone.answers(end.id)).filter(({ text }) => /^Part \d of 2/.test(text));
    expect(parts).toHaveLength(2);
    const sizes = parts.map(({ media }) => (media as { size?: number } | undefined)?.size ?? 0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(zip.length);

    await sandbox.phone.press("☁️ To Saved Messages", { after: asked });
    await sandbox.phone.waitFor(/is in your Saved Messages/, { after: end.id, timeoutMs: 90_000 });
    const self = sandbox.ready.owner.id;
    const files = await sandbox.control.world.files(self);
    const sent = files.find(({ name }) => name?.startsWith("films-"));
    expect(sent?.sha256).toBe(createHash("sha256").update(zip).digest("hex"));
  }, 240_000);

  it("shows the newest rows of the log, and never leaves half an archive behind", async () => {
    const entries = await records(program, (db) => db.actionLog.list({ type: "archive" }, { limit: 10, offset: 0 }));
    expect(entries.entries.map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
    expect(readdirSync(join(program.downloads, "archives")).some((name) => /partial|part$|old$/.test(name))).toBe(
      false,
    );
    expect(existsSync(join(folderOf("films"), "index.html"))).toBe(true);
  });
});
