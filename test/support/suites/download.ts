/** What a download of a thousand files must show, on any database. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awaitEnd, closedCard, expectWhole, operations } from "../downloads.ts";
import { type Program, startProgram } from "../program.ts";
import { type Sandbox, startSandbox } from "../sandbox.ts";

const FILES = 1_000;
const HANDLE = "thousand";

export function downloadSuite(emptyDatabase: () => Promise<{ url: string | null; remove(): Promise<void> }>): void {
  let database: { url: string | null; remove(): Promise<void> };
  let sandbox: Sandbox;
  let program: Program;
  let chatId: number;
  beforeAll(async () => {
    database = await emptyDatabase();
    sandbox = await startSandbox();
    chatId = await sandbox.addChannel({
      username: HANDLE,
      title: "A thousand",
      files: FILES,
      sizeMin: 500,
      sizeMax: 20_000,
    });
    program = await startProgram({ sandbox, databaseUrl: database.url });
  });
  afterAll(async () => {
    await program?.remove();
    await sandbox?.stop();
    await database?.remove();
  });

  /** Calls of upload.getFile so far. */
  const fetched = async () => (await sandbox.control.rpcCounts())["upload.getFile"] ?? 0;

  describe("/download of a chat of 1,000 files", () => {
    it("brings every one to the disk and the database, with each milestone once and one end message", async () => {
      // Slow enough that every quarter is seen: a card is edited every three seconds at most.
      await sandbox.control.setLine({ rttMs: 5, bytesPerSecond: 400_000 });
      const asked = await sandbox.phone.say(`/download @${HANDLE}`);
      const end = await awaitEnd(sandbox, asked);
      await sandbox.control.setLine({ rttMs: 0, bytesPerSecond: 0 });

      expect(end.text).toMatch(/^✅/u);
      expect(end.text).toMatch(/1[, ]?000 files/);
      expect(end.silent).not.toBe(true);
      await expectWhole(sandbox, program, chatId);
      expect(await operations(program, chatId)).toMatchObject([{ status: "completed", hostname: "machine-a" }]);

      const card = await closedCard(sandbox, asked);
      expect(card.milestones).toEqual([0, 25, 50, 75, 100]);
      expect((await sandbox.phone.answers(asked)).map(({ id }) => id)).toEqual([card.id, end.id]);
    });

    it("fetches nothing when asked again, and says so", async () => {
      const before = await fetched();
      const end = await awaitEnd(sandbox, await sandbox.phone.say(`/download @${HANDLE}`));
      expect(end.text).toMatch(/1[, ]?000 already had|already/i);
      expect(await fetched()).toBe(before);
      await expectWhole(sandbox, program, chatId);
    });

    it("fetches ten when ten have come since", async () => {
      await sandbox.addFiles(chatId, 10);
      const before = (await sandbox.control.served()).files.length;
      const end = await awaitEnd(sandbox, await sandbox.phone.say(`/download @${HANDLE}`));
      expect(end.text).toMatch(/\b10 files/);
      expect((await sandbox.control.served()).files.length - before).toBe(10);
      await expectWhole(sandbox, program, chatId);
    });

    it("says all this in one line of JSON a fact, none of them an error", () => {
      const log = program.log();
      expect(log).toHaveLength(program.lines().length);
      expect(log.filter(({ level }) => level !== "info" && level !== "debug")).toEqual([]);
    });
  });
}
