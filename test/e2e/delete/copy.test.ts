import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DeleteStage, startDeleteStage } from "../../support/delete-stage.ts";
import { awaitDone, awaitQuestion, confirm, lastDeletion, preview } from "../../support/deleting.ts";

let stage: DeleteStage;
let sandbox: DeleteStage["sandbox"];
let program: DeleteStage["program"];
let chatOf: DeleteStage["chatOf"];
let lossesOf: DeleteStage["lossesOf"];
let deleteAll: DeleteStage["deleteAll"];
beforeAll(async () => {
  stage = await startDeleteStage();
  ({ sandbox, program, chatOf, lossesOf, deleteAll } = stage);
});
afterAll(() => stage?.end());

interface Manifest {
  files: { path: string; sha256: string }[];
}
const mediaOf = ({ files }: Manifest) => files.filter(({ path }) => path.startsWith("media/"));

describe("the copy that /delete makes first", () => {
  it("takes everything from a supergroup as an admin, copies it first with every file, and keeps the copy's path", async () => {
    const { chatId, all } = await chatOf("supergroup", "club_admin", "admin");
    const truth = await sandbox.control.world.files(chatId);
    const lost = await lossesOf(async () => {
      const { done } = await deleteAll("@club_admin");
      expect(done.text).toContain("Deleted 10 of 10");
      expect(done.text).toContain("Backup:");
    });
    expect(lost).toEqual({ [chatId]: { gone: all, fresh: [] } });
    const { deletion, items } = await lastDeletion(program);
    const manifest = JSON.parse(readFileSync(join(deletion.folder ?? "", "manifest.json"), "utf8"));
    const hashes = mediaOf(manifest).map(({ sha256 }: { sha256: string }) => sha256);
    expect(hashes.sort()).toEqual(truth.map(({ sha256 }) => sha256).sort());
    expect(items.filter(({ copyPath }) => copyPath && existsSync(copyPath))).toHaveLength(truth.length);
  });

  it("posts them again into the same chat, every text and every file, with author and date", async () => {
    const { deletion } = await lastDeletion(program);
    const { chatId } = deletion;
    const manifest = JSON.parse(readFileSync(join(deletion.folder ?? "", "manifest.json"), "utf8"));
    const asked = await sandbox.phone.say(`/restore ${deletion.number}`);
    await sandbox.phone.press(/same chat/, { after: asked });
    await sandbox.phone.press(/^▶️ Post 10/, { after: asked });
    await sandbox.phone.waitFor(/10 messages posted again/, { after: asked, timeoutMs: 60_000 });
    const { messages } = await sandbox.control.world.messages(chatId, { limit: 100 });
    const texts = messages.map(({ text }) => text).reverse();
    expect(texts).toHaveLength(10);
    for (const text of texts) expect(text).toMatch(/^↩️ Re-post · .+ · \d+ \w{3} \d{4} \d\d:\d\d \(UTC\)/u);
    expect(texts.map((text) => text.split("\n\n")[1])).toEqual([
      "others 0 club_admin",
      "file 1",
      "others 2 club_admin",
      "file 3",
      "others 4 club_admin",
      "file 5",
      "mine 0",
      "mine 1",
      "mine 2",
      "mine 3",
    ]);
    const back = (await sandbox.control.world.files(chatId)).map(({ sha256 }) => sha256);
    expect(back.sort()).toEqual(
      mediaOf(manifest)
        .map(({ sha256 }: { sha256: string }) => sha256)
        .sort(),
    );
  });

  it("keeps what could not be copied, asks about it, and tells why", async () => {
    const { chatId, all } = await chatOf("supergroup", "torn_copy", "admin");
    const fault = await sandbox.control.faults.add({
      method: "upload.getFile",
      kind: "error",
      args: { code: 400, message: "FILE_ID_INVALID" },
      door: "mtproto",
      count: 1,
    });
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@torn_copy");
      await confirm(sandbox, shown);
      const question = await awaitQuestion(sandbox, shown.id);
      expect(question.text).toContain("1 of 10 could not be copied");
      await sandbox.control.faults.remove(fault.id);
      await confirm(sandbox, question, /Delete 9, keep 1/u);
      const done = await awaitDone(sandbox, shown.id);
      expect(done.text).toContain("Deleted 9 of 10 · 1 kept");
    });
    const gone = lost[String(chatId)]?.gone ?? [];
    expect(Object.keys(lost)).toEqual([String(chatId)]);
    expect(gone).toHaveLength(9);
    const { items } = await lastDeletion(program);
    const kept = items.filter(({ state }) => state === "kept").map(({ messageId }) => messageId);
    expect([...gone, ...kept].sort((a, b) => a - b)).toEqual(all);
  });
});
