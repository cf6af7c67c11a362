import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DeleteStage, startDeleteStage } from "../../support/delete-stage.ts";
import { allowDeleting, awaitDone, awaitQuestion, awaitState, confirm, lastDeletion } from "../../support/deleting.ts";
import { buttonsOf } from "../../support/phone.ts";
import { records } from "../../support/records.ts";

const DAY_S = 86_400;
const OLD_S = 40 * DAY_S;

let stage: DeleteStage;
let sandbox: DeleteStage["sandbox"];
let program: DeleteStage["program"];
let me: number;
let lossesOf: DeleteStage["lossesOf"];
beforeAll(async () => {
  stage = await startDeleteStage();
  ({ sandbox, program, me, lossesOf } = stage);
});
afterAll(() => stage?.end());

/** Six messages of 40 days ago and two of today, half of them the owner's; the old ones of the owner's are answered. */
async function oldChat(username: string, ownerIs: "admin" | "member" = "admin") {
  const { world } = sandbox.control;
  const chatId = await world.addChat({ kind: "supergroup", title: `Chat ${username}`, username, ownerIs });
  const then = Math.floor(Date.now() / 1000) - OLD_S;
  const old = await world.addMessages(
    chatId,
    Array.from({ length: 6 }, (_, n) => ({
      text: `old ${n}`,
      date: then + n * 60,
      ...(n % 2 === 0 ? { from: me } : {}),
      ...(n === 2 ? { media: { type: "document", size: 4_000, name: "old.bin" } } : {}),
    })),
  );
  await world.addMessages(chatId, [{ text: "new mine", from: me }, { text: "new other" }]);
  return { chatId, old, mine: old.filter((_, n) => n % 2 === 0) };
}

const notice = (seconds: number) => records(program, (db) => db.settings.set("deleteNoticeMinutes", seconds / 60));

/** Its time has come, or came so long ago. */
const makeDue = (agoMs = 0) =>
  records(program, async (db) => {
    const [schedule] = (await db.schedules.list()).slice(-1);
    if (!schedule) throw new Error("There is no schedule.");
    const due = new Date(Math.floor((Date.now() - agoMs) / 1000) * 1000);
    expect(await db.schedules.advance(schedule.id, schedule.nextRunAt, due, {})).toBe(true);
    return schedule;
  });

async function saved(words: string) {
  const asked = await sandbox.phone.say(`/schedule delete ${words}`);
  const shown = await sandbox.phone.waitFor("A new schedule", { after: asked, timeoutMs: 60_000 });
  await sandbox.phone.press("Save the schedule", { after: asked });
  await sandbox.phone.waitFor(/Schedule \d+ is saved/, { after: asked });
  return shown;
}

const awaitNotice = (after: number) =>
  sandbox.phone.waitFor(
    ({ text, replyMarkup, id }) => id > after && text.startsWith("🗓 Schedule") && hasUndo(replyMarkup),
    {
      timeoutMs: 60_000,
    },
  );
const hasUndo = (markup: Parameters<typeof buttonsOf>[0]) =>
  buttonsOf(markup).some(({ text }) => text.includes("Undo"));

describe("/schedule delete", () => {
  it("says what to write, and refuses what it cannot keep to", async () => {
    const say = async (words: string, answer: RegExp) => {
      const asked = await sandbox.phone.say(words);
      await sandbox.phone.waitFor(answer, { after: asked });
    };
    await say("/schedule", /No schedules\.[\s\S]*keep 30d/);
    await say("/schedule download @family", /only deletions/);
    await say("/schedule delete @family", /Say how much stays/);
    await say("/schedule delete @family keep lots", /write keep 30d/);
    await say("/schedule delete @family keep 30d before:2020", /leave other dates out/);
    await say("/schedule delete @family keep 30d cap 999999", /as in cap 500/);
  });

  it("shows what it would take today, and after its notice takes the oldest up to the cap, copied, and nothing else", async () => {
    const { chatId, mine } = await oldChat("sch_run");
    await notice(3);
    const shown = await saved("@sch_run keep 30d from:me daily at 04:00 cap 2");
    expect(shown.text).toContain("Now this would be 2 messages (2 yours, 0 of others)");
    expect(shown.text).toContain("1 more waits for the next runs.");
    expect(shown.text).toMatch(/Daily 04:00 \(UTC\)[\s\S]*Next three runs: \w{3} \d+ \w{3} 04:00/);
    const lost = await lossesOf(async () => {
      await makeDue();
      const told = await awaitNotice(shown.id);
      expect(told.text).toContain("2 messages");
      expect(told.text).toContain("Nothing is deleted yet");
      expect(told.silent).toBe(false);
      expect((await awaitDone(sandbox, told.id)).text).toContain("Deleted 2 of 2");
    });
    expect(lost).toEqual({ [chatId]: { gone: mine.slice(0, 2), fresh: [] } });
    const { deletion } = await lastDeletion(program);
    expect(deletion).toMatchObject({ backup: true, cap: 2 });
    const listed = await sandbox.phone.say("/schedule");
    await sandbox.phone.waitFor(/older than 30 days[\s\S]*Last: .* 2 of 2 deleted/, { after: listed });
  });

  it("sends nothing when its Undo is pressed, and runs no more when it is switched off there", async () => {
    await notice(60);
    const lost = await lossesOf(async () => {
      const [before] = (await sandbox.phone.messages()).slice(-1);
      await makeDue();
      const told = await awaitNotice(before?.id ?? 0);
      await sandbox.phone.press("Turn off", { after: told.id - 1 });
      await sandbox.phone.waitFor("↩️ Stopped in time. 0 deleted.", { after: told.id - 1 });
    });
    expect(lost).toEqual({});
    const asked = await sandbox.phone.say("/schedule");
    await sandbox.phone.waitFor(/⏸ paused/, { after: asked });
    await sandbox.phone.press("Resume", { after: asked });
    await sandbox.phone.waitFor(/next \w{3} \d+ \w{3} 04:00/, { after: asked });
  });

  it("asks again after a restart before the end of its notice, and deletes only with a new yes", async () => {
    await notice(60);
    let gone: number[] = [];
    const lost = await lossesOf(async () => {
      const [before] = (await sandbox.phone.messages()).slice(-1);
      await makeDue();
      await awaitNotice(before?.id ?? 0);
      await awaitState(program, "grace");
      await program.kill("SIGKILL");
      await program.start();
      const question = await awaitQuestion(sandbox, before?.id ?? 0);
      expect(question.text).toContain("Nothing was deleted. Delete 1 message now?");
      await allowDeleting(program);
      await confirm(sandbox, question);
      await awaitDone(sandbox, question.id);
      gone = (await lastDeletion(program)).items.map(({ messageId }) => messageId);
    });
    expect(Object.values(lost).map((one) => one.gone)).toEqual([gone]);
  });

  it("keeps what could not be copied, without asking", async () => {
    const { chatId, mine } = await oldChat("sch_copy");
    await removeAll();
    await notice(3);
    const { id } = await saved("@sch_copy keep 30d from:me");
    const fault = await sandbox.control.faults.add({
      method: "upload.getFile",
      kind: "error",
      args: { code: 400, message: "FILE_ID_INVALID" },
      door: "mtproto",
      count: 1,
    });
    const lost = await lossesOf(async () => {
      await makeDue();
      const told = await awaitNotice(id);
      expect(told.text).toContain("1 message could not be copied and stays");
      expect((await awaitDone(sandbox, told.id)).text).toContain("Deleted 2 of 3 · 1 kept");
    });
    await sandbox.control.faults.remove(fault.id);
    expect(lost).toEqual({ [chatId]: { gone: [mine[0], mine[2]], fresh: [] } });
  });

  it("offers what was missed, and does it only when told to", async () => {
    const [before] = (await sandbox.phone.messages()).slice(-1);
    const after = before?.id ?? 0;
    const lost = await lossesOf(async () => {
      await makeDue(3 * 3_600_000);
      await sandbox.phone.waitFor(/I could not run at .*Shall I run it now/, { after });
      await sandbox.phone.press("Skip", { after });
      await sandbox.phone.waitFor(/skipped\. Nothing was deleted/, { after });
    });
    expect(lost).toEqual({});
    await makeDue(3 * 3_600_000);
    const offer = await sandbox.phone.waitFor(/I could not run at/, { after });
    await sandbox.phone.press("Run now", { after: offer.id - 1 });
    await sandbox.phone.waitFor(/You get a notice before anything is deleted/, { after });
    const told = await awaitNotice(offer.id);
    expect((await awaitDone(sandbox, told.id)).text).toContain("Deleted 1 of 1");
  });

  it("does nothing and says so where deleting is off, or the day's limit is reached", async () => {
    await oldChat("sch_limit");
    await removeAll();
    await saved("@sch_limit keep 30d from:me cap 5");
    const [before] = (await sandbox.phone.messages()).slice(-1);
    const after = before?.id ?? 0;
    const lost = await lossesOf(async () => {
      await allowDeleting(program, 1, 2);
      await makeDue();
      await sandbox.phone.waitFor(/3 messages are due, but the day's limit leaves 0\. I did nothing\./, { after });
      await allowDeleting(program);
      await records(program, (db) => db.settings.set("deleteEnabled", false));
      await makeDue();
      await sandbox.phone.waitFor("Deleting is turned off, so I did nothing.", { after });
      await allowDeleting(program);
    });
    expect(lost).toEqual({});
  });

  it("wants the cap typed where others' messages would go, and is removed by a button", async () => {
    await oldChat("sch_all");
    await removeAll();
    const asked = await sandbox.phone.say("/schedule delete @sch_all keep 4w mondays at 9:30 cap 50");
    await sandbox.phone.waitFor(/Mondays 09:30[\s\S]*Type the cap 50 to save/, { after: asked, timeoutMs: 60_000 });
    await sandbox.phone.say("49");
    await sandbox.phone.waitFor(/“.*49.*” is not 50/u, { after: asked });
    await sandbox.phone.say("50");
    await sandbox.phone.waitFor(/Schedule \d+ is saved\. First run: Mon/, { after: asked });
    await removeAll();
    const again = await sandbox.phone.say("/schedule");
    await sandbox.phone.waitFor("No schedules.", { after: again });
  });
});

async function removeAll(): Promise<void> {
  const asked = await sandbox.phone.say("/schedule");
  await sandbox.phone.press("Remove", { after: asked });
  await sandbox.phone.waitFor(/Schedule \d+ is removed/, { after: asked });
}
