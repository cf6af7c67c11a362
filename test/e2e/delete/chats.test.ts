import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DeleteStage, startDeleteStage } from "../../support/delete-stage.ts";
import { allowDeleting, awaitDone, confirm, lastDeletion, preview } from "../../support/deleting.ts";

let stage: DeleteStage;
let sandbox: DeleteStage["sandbox"];
let program: DeleteStage["program"];
let me: number;
let chatOf: DeleteStage["chatOf"];
let lossesOf: DeleteStage["lossesOf"];
let deleteAll: DeleteStage["deleteAll"];
beforeAll(async () => {
  stage = await startDeleteStage({ allowed: false });
  ({ sandbox, program, me, chatOf, lossesOf, deleteAll } = stage);
});
afterAll(() => stage?.end());

describe("/delete in each kind of chat", () => {
  it("does nothing before the owner has turned it on", async () => {
    const asked = await sandbox.phone.say("/delete @family");
    await sandbox.phone.waitFor("Deleting is turned off", { after: asked });
    await sandbox.phone.press("Settings", { after: asked });
    await sandbox.phone.press("Turn on", { after: asked });
    await sandbox.phone.waitFor(/Deleting: on/, { after: asked });
    await allowDeleting(program);
  });

  it("takes the owner's messages from a private chat, for both sides, and names the number", async () => {
    const { chatId, own } = await chatOf("private", "pal_own");
    const lost = await lossesOf(async () => {
      const { shown, done } = await deleteAll("@pal_own from:me");
      expect(shown.text).toContain("4 messages (all yours)");
      expect(shown.text).toContain("vanish for both of you");
      expect(done.text).toContain("✅ Deleted 4 of 4");
    });
    expect(lost).toEqual({ [chatId]: { gone: own, fresh: [] } });
    const { counts } = await lastDeletion(program);
    expect(counts).toMatchObject({ deleted: 4, refused: 0, sent: 0, kept: 0 });
  });

  it("takes others' messages of a private chat from the owner only, unless told otherwise, and wants the number typed", async () => {
    const { chatId, all } = await chatOf("private", "pal_all");
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, "@pal_all");
      expect(shown.text).toContain("10 messages (4 yours, 6 of others)");
      expect(shown.text).toContain("for you only");
      await confirm(sandbox, shown);
      await awaitDone(sandbox, shown.id);
    });
    expect(lost).toEqual({ [chatId]: { gone: all, fresh: [] } });
    const { rpcs } = await sandbox.control.rpcs({ method: "messages.deleteMessages", limit: 500 });
    expect(JSON.stringify(rpcs.at(-1)?.params)).not.toContain('"revoke":true');
  });

  it("takes from a basic group what the member may, each as far as it goes", async () => {
    const { chatId, all } = await chatOf("group", "dacha");
    const lost = await lossesOf(async () => {
      const shown = await preview(sandbox, String(chatId));
      await sandbox.phone.press(/For everyone/, { after: shown.id - 1 });
      const again = await sandbox.phone.waitFor(/4 vanish for everyone, 6 for you only/, { after: shown.id - 1 });
      await confirm(sandbox, again);
      await awaitDone(sandbox, shown.id);
    });
    expect(lost).toEqual({ [chatId]: { gone: all, fresh: [] } });
  });

  it("takes the owner's alone from a supergroup where they are a member, and says so", async () => {
    const { chatId, own } = await chatOf("supergroup", "club_member");
    const lost = await lossesOf(async () => {
      const { shown, done } = await deleteAll("@club_member");
      expect(shown.text).toContain("You can only delete your own messages here (not an admin). 4 of 10 are yours.");
      expect(JSON.stringify(shown.replyMarkup)).toContain("Delete my 4");
      expect(done.text).toContain("Deleted 4 of 4");
    });
    expect(lost).toEqual({ [chatId]: { gone: own, fresh: [] } });
  });

  it("takes posts from a channel as its admin, for everyone", async () => {
    const { chatId, own } = await chatOf("channel", "feed", "admin");
    const lost = await lossesOf(async () => {
      const { shown } = await deleteAll("@feed mine");
      expect(shown.text).toContain("In this channel they vanish for everyone");
    });
    expect(lost).toEqual({ [chatId]: { gone: own, fresh: [] } });
  });

  it("takes messages from Saved Messages", async () => {
    const ids = await sandbox.control.world.addMessages(me, [{ text: "note alpha" }, { text: "note beta" }]);
    const lost = await lossesOf(async () => {
      const { shown } = await deleteAll('me "note alpha"');
      expect(shown.text).toContain("vanish from your Saved Messages");
    });
    expect(lost).toEqual({ [me]: { gone: [ids[0]], fresh: [] } });
  });

  it("takes the messages of one topic and leaves the others", async () => {
    const { world } = sandbox.control;
    const chatId = await world.addChat({
      kind: "supergroup",
      title: "Forum",
      username: "forum_x",
      ownerIs: "admin",
      topics: ["Alpha", "Beta"],
    });
    const inTopic = (topicId: number) => Array.from({ length: 3 }, (_, n) => ({ text: `t${topicId} ${n}`, topicId }));
    await world.addMessages(chatId, inTopic(3));
    await world.addMessages(chatId, inTopic(2));
    const { messages } = await world.messages(chatId, { limit: 100 });
    const beta = messages.filter(({ topicId, service }) => topicId === 3 && !service).map(({ id }) => id);
    expect(beta.length).toBeGreaterThanOrEqual(3);
    const lost = await lossesOf(async () => {
      const { shown } = await deleteAll("@forum_x topic:3");
      expect(shown.text).toContain("Topic 3");
    });
    expect(lost).toEqual({ [chatId]: { gone: beta.sort((a, b) => a - b), fresh: [] } });
  });
});
