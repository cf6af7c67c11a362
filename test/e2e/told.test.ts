/** The account's eyes: an end that was told and not noted is found in the chat, through real wires on both sides. */
import { expect, it, onTestFinished } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startProgram } from "../support/program.ts";
import { records } from "../support/records.ts";
import { startSandbox } from "../support/sandbox.ts";

it("tells an end once, though the program was killed before it could note that", async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.stop());
  const program = await startProgram({ sandbox });
  onTestFinished(() => program.remove());
  const { phone } = sandbox;
  await sandbox.addChannel({ username: "few", title: "Few", files: 3 });
  await phone.say("/download @few");
  const told = await phone.waitFor(/Job 1 done/, { timeoutMs: 60_000 });

  const card = () => records(program, (db) => db.jobCards.byNumber(1));
  await eventually(async () => (await card())?.closedAt, { timeoutMs: 30_000 });
  await program.stop();
  await records(program, async (db) => {
    const { jobId } = (await db.jobCards.byNumber(1)) ?? { jobId: "" };
    await db.jobCards.update(jobId, { endMessageId: null, closedAt: null });
    await db.settings.remember("being-told", { [jobId]: { text: told.text, at: new Date().toISOString() } });
  });
  await program.start();
  await eventually(async () => (await card())?.closedAt, { timeoutMs: 60_000 });
  const all = await phone.messages();
  expect(all.filter(({ text }) => text.includes("Job 1 done"))).toHaveLength(1);
});
