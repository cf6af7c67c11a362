import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DeleteStage, startDeleteStage } from "../../support/delete-stage.ts";
import { allowDeleting, awaitDone, confirm, preview } from "../../support/deleting.ts";

let stage: DeleteStage;
let sandbox: DeleteStage["sandbox"];
let program: DeleteStage["program"];
let chatOf: DeleteStage["chatOf"];
let lossesOf: DeleteStage["lossesOf"];
beforeAll(async () => {
  stage = await startDeleteStage();
  ({ sandbox, program, chatOf, lossesOf } = stage);
});
afterAll(() => stage?.end());

describe("/delete while the chat changes", () => {
  it("says when nothing matches, and when the day's limit is passed, and deletes nothing", async () => {
    await chatOf("supergroup", "quiet_room", "admin");
    const lost = await lossesOf(async () => {
      expect((await preview(sandbox, "@quiet_room type:sticker")).text).toContain("Nothing matches – nothing deleted.");
      await allowDeleting(program, 1, 5);
      const shown = await preview(sandbox, "@quiet_room");
      expect(shown.text).toContain("but the limit is 5 a day");
      expect(JSON.stringify(shown.replyMarkup)).not.toContain("del:go");
      await allowDeleting(program);
    });
    expect(lost).toEqual({});
  });

  it("is refused what the owner lost the right to between preview and run, and reports exactly that", async () => {
    const { chatId, own } = await chatOf("supergroup", "demoted", "admin");
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@demoted");
      await sandbox.control.world.setMember(chatId, "member");
      await confirm(sandbox, shown);
      const done = await awaitDone(sandbox, shown.id);
      expect(done.text).toContain("Deleted 4 of 10 · 6 refused by Telegram");
    });
    expect(lost).toEqual({ [chatId]: { gone: own, fresh: [] } });
  });

  it("tells what somebody else deleted meanwhile, leaves what came and what changed meanwhile", async () => {
    const { chatId, all } = await chatOf("supergroup", "busy_room", "admin");
    const [taken = 0, edited = 0, ...rest] = all;
    let fresh: number[] = [];
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@busy_room");
      await sandbox.control.world.deleteMessages(chatId, [taken]);
      await sandbox.control.world.editMessage(chatId, edited, "changed meanwhile");
      fresh = await sandbox.control.world.addMessages(chatId, [{ text: "just now" }]);
      await confirm(sandbox, shown);
      const done = await awaitDone(sandbox, shown.id);
      expect(done.text).toContain("Deleted 8 of 10 · 1 already gone · 1 kept");
    });
    expect(lost).toEqual({ [chatId]: { gone: [taken, edited, ...rest], fresh } });
    const { messages } = await sandbox.control.world.messages(chatId, { limit: 100 });
    expect(messages.map(({ id }) => id).sort((a, b) => a - b)).toEqual([edited, ...fresh]);
  });
});
