import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awaitEnd, awaitFiles, countFiles, expectWhole } from "../support/downloads.ts";
import { type Program, startProgram } from "../support/program.ts";
import { records } from "../support/records.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

/** `FLOOD_SECONDS=30 npm run test:e2e` for the wait as long as Telegram's usual one. */
const FLOOD_S = Number(process.env.FLOOD_SECONDS ?? 8);
const HANDLE = "flooded";

let sandbox: Sandbox;
let program: Program;
let chatId: number;
beforeAll(async () => {
  sandbox = await startSandbox();
  chatId = await sandbox.addChannel({ username: HANDLE, title: "Flooded", files: 120, sizeMin: 500, sizeMax: 4_000 });
  program = await startProgram({ sandbox });
});
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

describe("a flood wait in the middle of a download", () => {
  it("is obeyed and shown with a clock time, fails nothing, and spends no attempt", async () => {
    await sandbox.control.faults.add({
      door: "mtproto",
      kind: "flood-wait",
      method: "upload.getFile",
      after: 40,
      count: 3,
      args: { seconds: FLOOD_S },
    });
    const asked = await sandbox.phone.say(`/download @${HANDLE}`);

    const card = await sandbox.phone.waitFor(/slow down|Continuing at \d/i, { after: asked, timeoutMs: 30_000 });
    expect(card.text).toMatch(/⏳/u);
    expect(card.text).toMatch(/\b\d{1,2}:\d{2}/);
    const during = (await sandbox.control.rpcCounts())["upload.getFile"] ?? 0;
    const end = await awaitEnd(sandbox, asked, (FLOOD_S + 60) * 1_000);

    expect(end.text).toMatch(/^✅/u);
    expect(end.text).not.toMatch(/failed/i);
    expect(during).toBeLessThan(120);
    await expectWhole(sandbox, program, chatId);
    await records(program, async (db) => {
      expect(await db.downloadLog.count({ chatId, status: "retry" })).toBe(0);
      const { families } = await db.jobs.roots({}, { limit: 10, offset: 0 });
      expect(families).toHaveLength(1);
    });
  });
});

describe("a connection that is cut", () => {
  it("is made again, and the download goes on by itself", async () => {
    await sandbox.addFiles(chatId, 60);
    await sandbox.control.faults.add({ door: "mtproto", kind: "cut", method: "upload.getFile", after: 10, count: 3 });
    const end = await awaitEnd(sandbox, await sandbox.phone.say(`/download @${HANDLE}`));
    expect(end.text).toMatch(/^✅/u);
    await expectWhole(sandbox, program, chatId);
  });
});

describe("file references that go stale", () => {
  it("are asked for again, unseen by the owner", async () => {
    const before = countFiles(program);
    await sandbox.addFiles(chatId, 60);
    await sandbox.control.setLine({ rttMs: 5, bytesPerSecond: 8_000 });
    const asked = await sandbox.phone.say(`/download @${HANDLE}`);
    await awaitFiles(program, before + 10);
    await sandbox.control.faults.expireReferences();
    const end = await awaitEnd(sandbox, asked);
    await sandbox.control.setLine({ rttMs: 0, bytesPerSecond: 0 });
    expect(end.text).toMatch(/^✅/u);
    expect(end.text).not.toMatch(/failed/i);
    await expectWhole(sandbox, program, chatId);
    const expired = (await sandbox.control.rpcCounts())["upload.getFile FILE_REFERENCE_EXPIRED"] ?? 0;
    expect(expired).toBeGreaterThan(0);
  });
});
