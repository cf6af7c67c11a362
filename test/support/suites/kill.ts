/** What a download must show that is killed at random moments, on any database. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashesBelow } from "../../../src/cli/hashes.ts";
import { awaitEnd, closedCard, expectWhole, operations } from "../downloads.ts";
import { type Program, startProgram } from "../program.ts";
import { seededRandom } from "../random.ts";
import { type Sandbox, startSandbox } from "../sandbox.ts";

const FILES = 1_000;
const KILLS = 5;
const HANDLE = "doomed";

export function killSuite(emptyDatabase: () => Promise<{ url: string | null; remove(): Promise<void> }>): void {
  let database: { url: string | null; remove(): Promise<void> };
  let sandbox: Sandbox;
  let program: Program;
  let chatId: number;
  beforeAll(async () => {
    database = await emptyDatabase();
    sandbox = await startSandbox();
    chatId = await sandbox.addChannel({
      username: HANDLE,
      title: "Doomed",
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

  describe("a download that is killed with SIGKILL five times", () => {
    it("ends as if nothing had happened", async () => {
      const random = seededRandom();
      console.log(`seed ${random.seed}`);
      const truth = await sandbox.control.world.files(chatId);
      const hashOf = new Map(truth.map(({ fileId, sha256 }) => [fileId, sha256]));
      await sandbox.control.setLine({ rttMs: 5, bytesPerSecond: 400_000 });
      const asked = await sandbox.phone.say(`/download @${HANDLE}`);

      /** What had left for each file that was whole on the disk at the last kill. */
      let whole = new Map<string, number>();
      const fetchedTwice: string[] = [];
      const served = async () =>
        new Map((await sandbox.control.served()).files.map(({ fileId, bytes }) => [fileId, bytes]));
      const lookAtFetches = async () => {
        const now = await served();
        for (const [fileId, bytes] of whole) if (now.get(fileId) !== bytes) fetchedTwice.push(fileId);
      };
      for (let kill = 0; kill < KILLS; kill++) {
        await new Promise((resolve) => setTimeout(resolve, 300 + random.next() * 3_500));
        await program.kill("SIGKILL");
        await lookAtFetches();
        const named = [...(await hashesBelow(program.downloads))].filter(([path]) => !path.endsWith(".part"));
        const onDisk = new Set(named.map(([, hash]) => hash));
        expect(onDisk.size, "the job was over before the last kill").toBeLessThan(FILES);
        whole = new Map([...(await served())].filter(([fileId]) => onDisk.has(hashOf.get(fileId) ?? "")));
        await program.start();
      }
      const end = await awaitEnd(sandbox, asked);
      await lookAtFetches();
      await sandbox.control.setLine({ rttMs: 0, bytesPerSecond: 0 });

      expect(end.text).toMatch(/^✅/u);
      expect(end.text).toMatch(/1[, ]?000 files/);
      await expectWhole(sandbox, program, chatId);
      expect(fetchedTwice).toEqual([]);
      expect(await operations(program, chatId)).toMatchObject([{ status: "completed" }]);

      const { id, milestones } = await closedCard(sandbox, asked);
      expect(milestones).toEqual([...new Set(milestones)].sort((a, b) => a - b));
      expect(milestones.every((percent) => percent % 25 === 0)).toBe(true);
      expect((await sandbox.phone.answers(asked)).map((message) => message.id)).toEqual([id, end.id]);
    }, 600_000);
  });
}
