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

describe("the yes that /delete wants", () => {
  it("sends nothing when Undo is pressed in time, and a yes holds once", async () => {
    await allowDeleting(program, 30);
    await chatOf("supergroup", "undo_room", "admin");
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@undo_room from:me");
      const danger = JSON.stringify(shown.replyMarkup).match(/v1:del:go:\w+/)?.[0] ?? "";
      // The second may find the button gone already, which is as good.
      await Promise.allSettled([1, 2].map(() => sandbox.control.phone.press(shown.id, { data: danger })));
      await sandbox.phone.waitFor("Deleting 4 messages in 30 s. Nothing is deleted yet.", { after: shown.id - 1 });
      await sandbox.phone.press("Undo", { after: shown.id - 1 });
      await sandbox.phone.waitFor("↩️ Stopped in time. 0 deleted.", { after: shown.id - 1 });
    });
    expect(lost).toEqual({});
  });

  it("asks again after a restart in the grace, and deletes only with a new yes", async () => {
    await allowDeleting(program, 30);
    const { chatId, own } = await chatOf("supergroup", "restart_room", "admin");
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@restart_room from:me");
      await confirm(sandbox, shown);
      await awaitState(program, "grace");
      await program.kill("SIGKILL");
      await program.start();
      const question = await awaitQuestion(sandbox, shown.id);
      expect(question.text).toContain("Nothing was deleted. Delete 4 messages now?");
      await allowDeleting(program);
      await confirm(sandbox, question);
      expect((await awaitDone(sandbox, shown.id)).text).toContain("Deleted 4 of 4");
    });
    expect(lost).toEqual({ [chatId]: { gone: own, fresh: [] } });
  });

  it("puts a question once more that stood when the program was killed, and the older one holds no more", async () => {
    await allowDeleting(program, 30);
    const { chatId, own } = await chatOf("supergroup", "twice_room", "admin");
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@twice_room from:me");
      await confirm(sandbox, shown);
      await awaitState(program, "grace");
      await program.kill("SIGKILL");
      await program.start();
      const first = await awaitQuestion(sandbox, shown.id);
      await program.kill("SIGKILL");
      await program.start();
      const second = await awaitQuestion(sandbox, first.id);
      expect(second.text).toContain("Delete 4 messages now?");
      expect(second.text).toContain("Chat twice_room");
      const old = JSON.stringify(first.replyMarkup).match(/v1:del:go:\w+/)?.[0] ?? "";
      expect(await sandbox.control.phone.press(first.id, { data: old })).toHaveProperty("text");
      expect((await lastDeletion(program)).deletion.state).toBe("asking");
      await allowDeleting(program);
      await confirm(sandbox, second);
      expect((await awaitDone(sandbox, second.id)).text).toContain("Deleted 4 of 4");
    });
    expect(lost).toEqual({ [chatId]: { gone: own, fresh: [] } });
  });

  it("takes no yes after ten minutes: a preview has expired, a question is put anew", async () => {
    await allowDeleting(program, 30);
    await chatOf("supergroup", "late_room", "admin");
    const lost = await lossesOf(async () => {
      const stale = await preview(sandbox, "@late_room from:me");
      stage.setClock(11 * 60);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await confirm(sandbox, stale);
      await sandbox.phone.waitFor(/That confirmation has expired\. Nothing was deleted/, { after: stale.id - 1 });

      const shown = await preview(sandbox, "@late_room from:me");
      await confirm(sandbox, shown);
      await awaitState(program, "grace");
      await program.kill("SIGKILL");
      await program.start();
      const question = await awaitQuestion(sandbox, shown.id);
      stage.setClock(22 * 60);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await confirm(sandbox, question).catch(() => {});
      const again = await awaitQuestion(sandbox, question.id);
      await sandbox.phone.press("Keep them", { after: again.id - 1 });
      await sandbox.phone.waitFor("Kept. Nothing was deleted.", { after: again.id - 1 });
      stage.setClock(0);
    });
    expect(lost).toEqual({});
  });

  it("reports and asks after a kill in the middle, and then does the rest", async () => {
    const { world } = sandbox.control;
    const chatId = await world.addChat({ kind: "supergroup", title: "Long", username: "long_room", ownerIs: "admin" });
    const ids = await world.addMessages(
      chatId,
      Array.from({ length: 250 }, (_, n) => ({ text: `m${n}`, from: me })),
    );
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@long_room from:me");
      // The second batch never gets its answer, though it is carried out.
      await sandbox.control.faults.add({
        method: "channels.deleteMessages",
        kind: "late-answer",
        args: { ms: 20_000 },
        door: "mtproto",
        after: 1,
        count: 1,
      });
      await confirm(sandbox, shown);
      await awaitState(program, "running");
      const { deletion } = await lastDeletion(program);
      await waitForCalls("channels.deleteMessages", 2, deletion.createdAt);
      await program.kill("SIGKILL");
      await sandbox.control.faults.clear();
      await program.start();
      const question = await awaitQuestion(sandbox, shown.id);
      expect(question.text).toContain("200 deleted, 50 still there. Go on?");
      await confirm(sandbox, question);
      expect((await awaitDone(sandbox, question.id)).text).toContain("Deleted 250 of 250");
    });
    expect(lost).toEqual({ [chatId]: { gone: ids, fresh: [] } });
  });

  /** Since the deletion was planned. */
  async function waitForCalls(method: string, count: number, since: Date): Promise<void> {
    await eventually(
      async () => {
        const { rpcs } = await sandbox.control.rpcs({ method, limit: 1_000 });
        return rpcs.filter(({ at }) => at >= since.getTime()).length >= count;
      },
      { timeoutMs: 30_000, what: `${count} calls of ${method}` },
    );
  }
});
