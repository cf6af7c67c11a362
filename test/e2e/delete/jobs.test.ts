import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DeleteStage, startDeleteStage } from "../../support/delete-stage.ts";
import {
  allowDeleting,
  awaitDone,
  awaitQuestion,
  awaitState,
  confirm,
  lastDeletion,
  preview,
} from "../../support/deleting.ts";
import { eventually } from "../../support/eventually.ts";

let stage: DeleteStage;
let sandbox: DeleteStage["sandbox"];
let program: DeleteStage["program"];
let me: number;
let chatOf: DeleteStage["chatOf"];
let lossesOf: DeleteStage["lossesOf"];
beforeAll(async () => {
  stage = await startDeleteStage();
  ({ sandbox, program, me, chatOf, lossesOf } = stage);
});
afterAll(() => stage?.end());

/** What /jobs says, and the number it gives the deletion. */
async function jobs(row: RegExp): Promise<{ number: string; id: number }> {
  const found = await eventually(
    async () => {
      const asked = await sandbox.phone.say("/jobs");
      const shown = await sandbox.phone.waitFor(/🧾|No jobs/u, { after: asked });
      return row.test(shown.text) ? shown : null;
    },
    { timeoutMs: 30_000, everyMs: 500, what: `${row} in /jobs` },
  );
  return { number: /(\d+) 🗑 Delete/u.exec(found.text)?.[1] ?? "", id: found.id };
}

async function cancel(number: string, answer: RegExp | string) {
  const asked = await sandbox.phone.say(`/cancel ${number}`);
  return sandbox.phone.waitFor(answer, { after: asked });
}

describe("deletions among the jobs", () => {
  it("are listed in the grace, shown with Undo, and undone by /cancel: nothing is gone", async () => {
    await allowDeleting(program, 60);
    await chatOf("supergroup", "job_grace", "admin");
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@job_grace from:me");
      await confirm(sandbox, shown);
      await awaitState(program, "grace");
      const { number, id } = await jobs(/🗑 Delete · .*Chat job_grace.* · ⏱ time for Undo/u);
      await sandbox.phone.press(number, { after: id - 1 });
      const page = await sandbox.phone.waitFor(`🗑 Job ${number} · Delete`, { after: id - 1 });
      expect(JSON.stringify(page.replyMarkup)).toContain("Undo");
      await cancel(number, "↩️ Stopped in time. 0 deleted.");
      // Its own message says so too, and offers nothing any more.
      await sandbox.phone.waitFor(({ id: at, text }) => at === shown.id && text.startsWith("↩️"));
      await cancel(number, "This job is over.");
    });
    expect(lost).toEqual({});
    const over = await sandbox.phone.say("/jobs");
    await sandbox.phone.waitFor("No jobs.", { after: over });
    await sandbox.phone.press("Finished", { after: over });
    await sandbox.phone.waitFor(/🗑 Delete · .*Chat job_grace.* · ↩️ nothing deleted/u, { after: over });
  });

  it("are cancelled while they copy", async () => {
    await allowDeleting(program);
    await chatOf("supergroup", "job_copy", "admin");
    const fault = await sandbox.control.faults.add({
      method: "upload.getFile",
      kind: "flood-wait",
      args: { seconds: 30 },
      door: "mtproto",
      count: 1,
    });
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@job_copy");
      await confirm(sandbox, shown);
      const { number } = await jobs(/🗄 copying, nothing deleted/u);
      await cancel(number, "↩️ Stopped in time. 0 deleted.");
    });
    await sandbox.control.faults.remove(fault.id);
    expect(lost).toEqual({});
  });

  it("are stopped in the middle by /cancel, and the report tells exactly what is gone; a wait is shown with its time", async () => {
    const { world } = sandbox.control;
    const chatId = await world.addChat({ kind: "supergroup", title: "Long", username: "job_run", ownerIs: "admin" });
    const ids = await world.addMessages(
      chatId,
      Array.from({ length: 250 }, (_, n) => ({ text: `m${n}`, from: me })),
    );
    await sandbox.control.faults.add({
      method: "channels.deleteMessages",
      kind: "flood-wait",
      args: { seconds: 30 },
      door: "mtproto",
      after: 1,
      count: 1,
    });
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@job_run from:me");
      await confirm(sandbox, shown);
      await sandbox.phone.waitFor(/Telegram asked me to slow down\. Continuing at \d\d:\d\d \(UTC\) by itself/, {
        after: shown.id - 1,
        timeoutMs: 30_000,
      });
      const { number } = await jobs(/deleting 100 of 250/);
      await cancel(number, "■ Stopping after this batch…");
      const done = await awaitDone(sandbox, shown.id);
      expect(done.text).toContain("■ Stopped. 100 deleted, 150 kept.");
    });
    await sandbox.control.faults.clear();
    expect(lost).toEqual({ [chatId]: { gone: ids.slice(0, 100), fresh: [] } });
  });

  it("are answered with no by /cancel while they wait for an answer after a restart", async () => {
    await allowDeleting(program, 60);
    await chatOf("supergroup", "job_ask", "admin");
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@job_ask from:me");
      await confirm(sandbox, shown);
      await awaitState(program, "grace");
      await program.kill("SIGKILL");
      await program.start();
      await awaitQuestion(sandbox, shown.id);
      const { number } = await jobs(/❓ waits for your answer/u);
      await cancel(number, "Kept. Nothing was deleted.");
    });
    expect(lost).toEqual({});
    expect((await lastDeletion(program)).deletion.state).toBe("kept");
  });

  it("are followed by a restore that is a job too, stopped by /cancel with the number that is posted", async () => {
    await allowDeleting(program);
    const { chatId, all } = await chatOf("supergroup", "job_restore", "admin");
    const shown = await preview(sandbox, "@job_restore");
    await confirm(sandbox, shown);
    await awaitDone(sandbox, shown.id);
    const { deletion } = await lastDeletion(program);
    await sandbox.control.faults.add({
      method: "messages.sendMessage",
      kind: "flood-wait",
      args: { seconds: 10 },
      door: "mtproto",
      after: 2,
      count: 1,
    });
    const asked = await sandbox.phone.say(`/restore ${deletion.number}`);
    await sandbox.phone.press(/same chat/, { after: asked });
    await sandbox.phone.press(/^▶️ Post/u, { after: asked });
    const listed = await sandbox.phone.say("/jobs");
    const row = await sandbox.phone.waitFor(/(\d+) ♻️ Post again · .*Chat job_restore/u, { after: listed });
    const [, number = ""] = /(\d+) ♻️ Post again/u.exec(row.text) ?? [];
    await sandbox.phone.waitFor(/Telegram asked me to slow down/, { after: asked, timeoutMs: 30_000 });
    await cancel(number, "■ Stopping after this message…");
    const end = await sandbox.phone.waitFor(/■ Stopped\. \d+ posted again, \d+ not\./u, {
      after: asked,
      timeoutMs: 60_000,
    });
    await sandbox.control.faults.clear();
    const posted = Number(/Stopped\. (\d+)/.exec(end.text)?.[1]);
    const { messages } = await sandbox.control.world.messages(chatId, { limit: 100 });
    expect(messages.filter(({ id }) => !all.includes(id))).toHaveLength(posted);
    expect(posted).toBeLessThan(10);
  });
});
