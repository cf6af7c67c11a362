/** An end is told once: also where the program was killed after Telegram had taken it and before that was noted. */
import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { type Stage, stage } from "./stage.ts";

/** A job comes to its end, and the program dies with the end told and not noted. */
async function killedAfterTelling({ api, db, worker, stop }: Stage) {
  const { update } = db.jobCards;
  db.jobCards.update = async (jobId, change) => {
    if (change.endMessageId !== undefined) throw new Error("killed");
    return update.call(db.jobCards, jobId, change);
  };
  api.say("/download @news");
  const job = await worker.claim();
  const part = await worker.hand(job, 1, 1_000);
  await worker.finish(part, { done: 1, saved: 1, bytes: 1_000 });
  const told = await api.waitFor(/Job 1 done/);
  await stop();
  db.jobCards.update = update;
  return { jobId: job.id, told };
}
const tellings = ({ api }: Stage) => api.all().filter(({ text }) => text.includes("Job 1 done")).length;

test("where the account sees it in the chat it is not told again", async () => {
  const set = await stage();
  set.worker.plan = () => ({ files: 1, bytes: 1_000, approximate: false });
  const { jobId, told } = await killedAfterTelling(set);
  const asked: string[] = [];
  set.worker.told = (text) => asked.push(text) > 0;
  await set.start();
  await eventually(async () => (await set.db.jobCards.get(jobId))?.closedAt ?? null);
  expect(tellings(set)).toBe(1);
  expect(asked).toEqual([told.text]);
});

test("where nobody can see it there it is told again rather than never", async () => {
  const set = await stage();
  set.worker.plan = () => ({ files: 1, bytes: 1_000, approximate: false });
  const { jobId } = await killedAfterTelling(set);
  await set.start();
  await eventually(async () => (await set.db.jobCards.get(jobId))?.closedAt ?? null);
  expect(tellings(set)).toBe(2);
});
