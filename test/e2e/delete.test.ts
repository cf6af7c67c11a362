import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  allowDeleting,
  awaitDone,
  awaitQuestion,
  awaitState,
  confirm,
  lastDeletion,
  preview,
} from "../support/deleting.ts";
import { eventually } from "../support/eventually.ts";
import { type Program, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";
import { changes, wholeWorld } from "../support/whole-world.ts";

let sandbox: Sandbox;
let program: Program;
let me: number;
beforeAll(async () => {
  sandbox = await startSandbox();
  program = await startProgram({ sandbox });
  me = sandbox.ready.owner.id;
});
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

type Kind = "private" | "group" | "supergroup" | "channel";
type Standing = "creator" | "admin" | "member";

/** A chat of ten messages, four of them the owner's; ids by whose they are. */
async function chatOf(kind: Kind, username: string, ownerIs: Standing = "member") {
  const { world } = sandbox.control;
  const chatId = await world.addChat({ kind, title: `Chat ${username}`, username, ownerIs });
  const others = await world.addMessages(
    chatId,
    Array.from({ length: 6 }, (_, n) =>
      n % 2 === 0
        ? { text: `others ${n} ${username}` }
        : { text: `file ${n}`, media: { type: "document", size: 3_000 + n, name: `${username}-${n}.bin` } },
    ),
  );
  const own = await world.addMessages(
    chatId,
    Array.from({ length: 4 }, (_, n) => ({ text: `mine ${n}`, ...(kind === "channel" ? {} : { from: me }) })),
  );
  return { chatId, own, others, all: [...others, ...own].sort((a, b) => a - b) };
}

/** Says what the whole account lost; the chat with the bot is left out. */
async function lossesOf(work: () => Promise<void>) {
  const before = await wholeWorld(sandbox);
  await work();
  return changes(before, await wholeWorld(sandbox));
}

async function deleteAll(words: string) {
  const shown = await preview(sandbox, words);
  await confirm(sandbox, shown);
  const done = await awaitDone(sandbox, shown.id);
  return { shown, done };
}

describe("/delete", () => {
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
    const hashes = manifest.files.slice(1).map(({ sha256 }: { sha256: string }) => sha256);
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
      manifest.files
        .slice(1)
        .map(({ sha256 }: { sha256: string }) => sha256)
        .sort(),
    );
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
