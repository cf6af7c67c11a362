import { describe, expect, it } from "vitest";
import { newId } from "../../../src/core/id.ts";
import type { Db } from "../../../src/db/db.ts";
import { eventually } from "../../support/eventually.ts";
import {
  claimed,
  claimFor,
  savedFile as file,
  newChatId,
  newHost,
  newScan,
  sampleMessage,
  sampleMessages,
} from "./samples.ts";

const ALL = { limit: 100, offset: 0 };

export function savedFileSuite(db: () => Db): void {
  describe("saved files", () => {
    it("writes one success line for a file of a job, also when the end of it is repeated", async () => {
      const message = sampleMessage({ chatId: newChatId() });
      await db().messages.record([message], "h");
      const saved = file();
      await db().messages.saved(message, saved);
      await db().messages.saved(message, saved);
      const lines = await db().downloadLog.of(message);
      expect(lines.map(({ status, hostname, error }) => ({ status, hostname, error }))).toEqual([
        { status: "success", hostname: "here", error: null },
      ]);
    });

    it("writes nothing down for a worker that has lost its job, and is told again what it has written", async () => {
      const [one, other] = [1, 2].map((messageId) => sampleMessage({ chatId: newChatId(), messageId }));
      await db().messages.record([one!, other!], "h");
      const first = newHost();
      const scan = newScan({ hostname: first });
      await db().jobs.add([scan]);
      const job = await claimed(db(), first, "scan", 1);
      const mine = file({ hostname: first, rootId: scan.id });
      expect(await db().messages.saved(one!, mine, { job, workerId: job.lockedBy! })).toBe(true);
      const taken = await eventually(() => db().jobs.claim(claimFor(first, { workerId: "second" })));
      expect(taken.id).toBe(scan.id);

      expect(await db().messages.saved(other!, mine, { job, workerId: job.lockedBy! })).toBe(false);
      expect(await db().messages.get(other!)).toMatchObject({ status: "retrieved", localFilePath: null });
      expect(await db().downloadLog.of(other!)).toEqual([]);
      expect(await db().messages.saved(one!, mine, { job, workerId: job.lockedBy! })).toBe(true);
      const elsewhere = { ...mine, path: "/another/place.jpg" };
      expect(await db().messages.saved(one!, elsewhere, { job, workerId: job.lockedBy! })).toBe(false);
      expect(await db().messages.saved(other!, elsewhere, { job: taken, workerId: "second" })).toBe(true);
      expect(await db().messages.get(one!)).toMatchObject({ localFilePath: mine.path });
      expect((await db().downloadLog.of(other!)).map(({ status }) => status)).toEqual(["success"]);
    });

    it("tells which machine has how many files of a job, the one with most first", async () => {
      const messages = sampleMessages(newChatId(), 5);
      await db().messages.record(messages, "h");
      const rootId = newId();
      const hosts = ["left", "right", "left", "left", "right"];
      for (const [n, message] of messages.entries())
        await db().messages.saved(message, file({ rootId, hostname: hosts[n] }));
      await db().messages.saved(messages[0]!, file({ rootId: `${rootId}0`, hostname: "elsewhere" }));
      await db().messages.failed(messages[1]!, { rootId, hostname: "right", error: "no" });
      expect(await db().downloadLog.machinesOf(rootId)).toEqual([
        { hostname: "left", files: 3 },
        { hostname: "right", files: 2 },
      ]);
      expect(await db().downloadLog.machinesOf(newId())).toEqual([]);
    });

    it("keeps what was done to a message that was never recorded", async () => {
      const key = { chatId: newChatId(), messageId: 5 };
      await db().messages.saved(key, file());
      expect(await db().messages.get(key)).toMatchObject({ status: "downloaded", localFilePath: file().path });
      await db().messages.record([sampleMessage({ ...key, text: "now known" })], "h");
      expect(await db().messages.get(key)).toMatchObject({ status: "downloaded", text: "now known" });
    });

    it("notes a failure with its reason for the job that wanted it, until another attempt succeeds", async () => {
      const chatId = newChatId();
      const [one, two] = sampleMessages(chatId, 2);
      await db().messages.record([one!, two!], "h");
      const rootId = newId();
      const reason = { hostname: "h", error: "The file is gone from Telegram 😀.", rootId };
      await db().messages.failed(one!, reason);
      await db().messages.failed(two!, reason);
      const before = await db().messages.failedOf(rootId, { limit: 1, offset: 0 });
      expect(before.total).toBe(2);
      expect(before.messages.map(({ messageId, status, error }) => ({ messageId, status, error }))).toEqual([
        { messageId: 1, status: "failed", error: reason.error },
      ]);
      await db().messages.saved(one!, file({ rootId }));
      const after = await db().messages.failedOf(rootId, ALL);
      expect(after.messages.map(({ messageId }) => messageId)).toEqual([2]);
      expect((await db().downloadLog.of(one!)).map(({ status }) => status)).toEqual(["failed", "success"]);
    });

    it("does not take a downloaded message back to failed", async () => {
      const message = sampleMessage({ chatId: newChatId() });
      await db().messages.record([message], "h");
      await db().messages.saved(message, file());
      const rootId = newId();
      await db().messages.failed(message, { hostname: "h", error: "late", rootId });
      expect((await db().messages.get(message))?.status).toBe("downloaded");
      expect((await db().messages.failedOf(rootId, ALL)).total).toBe(0);
    });

    it("finds the files this machine has, whatever chat they came from", async () => {
      const fileKey = `document:${newId()}`;
      const hostname = newHost();
      const here = sampleMessage({ chatId: newChatId(), media: { fileKey } });
      const there = sampleMessage({ chatId: newChatId(), media: { fileKey: `${fileKey}1` } });
      await db().messages.record([here, there], "h");
      await db().messages.saved(here, file({ hostname }));
      await db().messages.saved(there, file({ hostname: newHost() }));
      const owned = await db().messages.ownedFiles([fileKey, `${fileKey}1`, "photo:0"], hostname);
      expect([...owned.keys()]).toEqual([fileKey]);
      expect(owned.get(fileKey)?.localFilePath).toBe(file().path);
      expect((await db().messages.ownedFiles([], hostname)).size).toBe(0);
    });
  });
}
