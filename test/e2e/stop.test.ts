import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awaitEnd, awaitFiles, countFiles, expectWhole } from "../support/downloads.ts";
import { type Program, startProgram } from "../support/program.ts";
import { records } from "../support/records.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

const HANDLE = "stopped";

let sandbox: Sandbox;
let program: Program;
let chatId: number;
beforeAll(async () => {
  sandbox = await startSandbox();
  chatId = await sandbox.addChannel({
    username: HANDLE,
    title: "Stopped",
    files: 100,
    sizeMin: 1_000,
    sizeMax: 1_500,
  });
  program = await startProgram({ sandbox });
});
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

describe.each(["SIGTERM", "SIGINT"] as const)("%s in the middle of a download", (signal) => {
  it("ends the process within ten seconds with the job kept and the card saying so; the next start goes on", async () => {
    const before = countFiles(program);
    await sandbox.addFiles(chatId, 100);
    // Half a minute for all of it and three seconds for the first ten: it is not over when the signal comes.
    await sandbox.control.setLine({ rttMs: 5, bytesPerSecond: 3_500 });
    const asked = await sandbox.phone.say(`/download @${HANDLE}`);
    await awaitFiles(program, before + 10);

    const started = Date.now();
    const { code } = await program.kill(signal);
    expect(code).toBe(0);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(program.log().at(-1)?.msg).toBe("Stopped.");
    expect(existsSync(join(program.folder, "data", "lock"))).toBe(false);
    const [card] = await sandbox.phone.answers(asked);
    expect(card?.text).toMatch(/⏸|paused/iu);
    await records(program, async (db) => {
      const { families } = await db.jobs.roots({ states: ["waiting", "active"] }, { limit: 10, offset: 0 });
      expect(families).toHaveLength(1);
    });

    await program.start();
    await sandbox.control.setLine({ rttMs: 0, bytesPerSecond: 0 });
    const end = await awaitEnd(sandbox, asked);
    expect(end.text).toMatch(/^✅/u);
    await expectWhole(sandbox, program, chatId);
    const said = await sandbox.phone.answers(asked);
    expect(said.map(({ id }) => id)).toEqual([card?.id, end.id]);
  });
});
