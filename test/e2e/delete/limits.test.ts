import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DeleteStage, startDeleteStage } from "../../support/delete-stage.ts";
import { allowDeleting, awaitDone, confirm, lastDeletion, preview } from "../../support/deleting.ts";
import { buttonsOf } from "../../support/phone.ts";
import { strictCsv } from "../../support/strict-csv.ts";

let stage: DeleteStage;
let sandbox: DeleteStage["sandbox"];
let program: DeleteStage["program"];
let me: number;
let lossesOf: DeleteStage["lossesOf"];
let counting: Awaited<ReturnType<typeof preview>>;
beforeAll(async () => {
  stage = await startDeleteStage();
  ({ sandbox, program, me, lossesOf } = stage);
});
afterAll(() => stage?.end());

async function ownChat(username: string, count: number, more: { noforwards?: boolean } = {}) {
  const { world } = sandbox.control;
  const chatId = await world.addChat({
    kind: "supergroup",
    title: `Chat ${username}`,
    username,
    ownerIs: "admin",
    ...more,
  });
  const texts = Array.from({ length: count }, (_, n) => ({ text: n === 0 ? '=1+1, "so"' : `mine ${n}`, from: me }));
  return { chatId, ids: await world.addMessages(chatId, texts) };
}

describe("/delete at its limits", () => {
  it("begins to count a minute down", async () => {
    await ownChat("count_room", 3);
    await allowDeleting(program, 61);
    counting = await preview(sandbox, "@count_room from:me");
    await confirm(sandbox, counting);
    await sandbox.phone.waitFor("Deleting 3 messages in 61 s. Nothing is deleted yet.", { after: counting.id - 1 });
    await allowDeleting(program);
  });

  it("says of a protected chat that no backup is possible, and deletes there with a yes all the same", async () => {
    const { chatId, ids } = await ownChat("locked_room", 3, { noforwards: true });
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@locked_room from:me");
      expect(shown.text).toContain("No backup: this chat is restricted.");
      expect(buttonsOf(shown.replyMarkup).map(({ text }) => text)).not.toContain("🗄 Backup first ✅");
      await confirm(sandbox, shown);
      const done = await awaitDone(sandbox, shown.id);
      expect(done.text).toContain("Deleted 3 of 3");
      expect(done.text).toContain("No backup.");
    });
    expect(lost).toEqual({ [chatId]: { gone: ids, fresh: [] } });
    const asked = await sandbox.phone.say(`/restore ${(await lastDeletion(program)).deletion.number}`);
    await sandbox.phone.waitFor(/has no copy/, { after: asked });
  });

  it("wants the number typed above 500, takes no other, and hands out a protocol that any table program reads", async () => {
    const { chatId, ids } = await ownChat("long_list", 501);
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@long_list from:me");
      expect(buttonsOf(shown.replyMarkup).map(({ text }) => text)).toContain("🗑 Delete 501");
      await sandbox.phone.press("Delete 501", { after: shown.id - 1 });
      await sandbox.phone.waitFor("Type the number 501 to confirm, or /cancel", { after: shown.id - 1 });
      await sandbox.phone.say("500");
      await sandbox.phone.waitFor(/“500” is not 501\. Type the number 501 to confirm/u, { after: shown.id });
      expect((await lastDeletion(program)).deletion.state).toBe("preview");
      await sandbox.phone.say("501");
      const done = await awaitDone(sandbox, shown.id);
      expect(done.text).toContain("Deleted 501 of 501");
      await sandbox.phone.press("Protocol", { after: done.id - 1 });
      const sent = await sandbox.phone.waitFor(({ id, media }) => id > done.id && media !== null);
      const { number } = (await lastDeletion(program)).deletion;
      expect(sent.media).toMatchObject({ name: `deletion-${number}.csv` });
      expect(sent.text).toMatch(/what became of each message\. 501 of 501 deleted\./);
      const bytes = await (await fetch(`${sandbox.ready.page}files/${sent.media?.fileId}`)).text();
      const [head, ...rows] = strictCsv(bytes.replace(/^\uFEFF/, ""));
      expect(head).toEqual(["message", "date", "sender", "type", "for", "result", "reason", "sent", "copy"]);
      expect(rows.map(([id]) => Number(id))).toEqual(ids);
      expect(new Set(rows.map((row) => `${row[3]} ${row[4]} ${row[5]}`))).toEqual(new Set(["text everyone deleted"]));
    });
    expect(lost).toEqual({ [chatId]: { gone: ids, fresh: [] } });
  });

  it("has shown the minute at 60, 30 and 10 seconds, and stops in time at the last of them", async () => {
    const lost = await lossesOf(async () => {
      const after = counting.id - 1;
      await sandbox.phone
        .waitFor("Deleting 3 messages in 10 s. Nothing is deleted yet.", { after, timeoutMs: 75_000 })
        .catch(async (error: unknown) => {
          throw new Error(`It was shown: ${(await sandbox.phone.versions(counting.id)).join(" | ")}`, { cause: error });
        });
      await sandbox.phone.press("Undo", { after });
      await sandbox.phone.waitFor("↩️ Stopped in time. 0 deleted.", { after });
    });
    expect(lost).toEqual({});
    const shown = (await sandbox.phone.versions(counting.id)).flatMap((text) => /in (\d+) s\./.exec(text)?.[1] ?? []);
    expect(shown).toEqual(["61", "60", "30", "10"]);
  });
});
