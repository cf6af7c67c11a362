import { describe, expect, it } from "vitest";
import { newId } from "../../../src/core/id.ts";
import type { Db } from "../../../src/db/db.ts";
import { newChatId } from "./samples.ts";

const ALL = { limit: 100, offset: 0 };

export function logSuite(db: () => Db): void {
  describe("download_log", () => {
    it("keeps every attempt in order, and one with a known uid once", async () => {
      const key = { chatId: newChatId(), messageId: 1 };
      const line = (second: number, status: "retry" | "failed", error: string | null) => ({
        uid: newId(),
        ...key,
        status,
        hostname: "h",
        error,
        at: new Date(Date.UTC(2024, 0, 1, 0, 0, second, 123)),
      });
      const lines = [line(1, "retry", "Слишком медленно 😀"), line(2, "failed", null)];
      for (const entry of [...lines, ...lines].reverse()) await db().downloadLog.add(entry);
      expect(await db().downloadLog.of(key)).toEqual(lines);
      expect(await db().downloadLog.count({ chatId: key.chatId })).toBe(2);
      expect(await db().downloadLog.count({ chatId: key.chatId, status: "retry" })).toBe(1);
    });
  });

  describe("action_log", () => {
    const start = (over: object = {}) => ({
      uid: newId(),
      type: "download" as const,
      hostname: "h",
      chatId: newChatId(),
      jobId: newId(),
      parameters: { filter: { types: ["photo"] } },
      ...over,
    });

    it("notes an operation's start and end", async () => {
      const entry = start();
      await db().actionLog.start(entry);
      await db().actionLog.end(entry.uid, "completed", { saved: 3 });
      const { entries, total } = await db().actionLog.list({ chatId: entry.chatId }, ALL);
      expect(total).toBe(1);
      expect(entries[0]).toMatchObject({ ...entry, status: "completed", result: { saved: 3 }, error: null });
      expect(entries[0]!.endedAt!.getTime()).toBeGreaterThanOrEqual(entries[0]!.startedAt.getTime() - 5000);
    });

    it("takes the same start twice as one, and ends it once", async () => {
      const entry = start();
      await db().actionLog.start(entry);
      await db().actionLog.start(entry);
      await db().actionLog.end(entry.uid, "cancelled", null, "The owner said so.");
      await db().actionLog.end(entry.uid, "completed", { saved: 1 });
      const { entries } = await db().actionLog.list({ chatId: entry.chatId }, ALL);
      expect(entries.map(({ status, error, result }) => ({ status, error, result }))).toEqual([
        { status: "cancelled", error: "The owner said so.", result: null },
      ]);
    });

    it("lists the newest first, by chat, kind and day", async () => {
      const chatId = newChatId();
      for (const type of ["scan", "download", "scan"] as const) await db().actionLog.start(start({ chatId, type }));
      const list = async (where: object) => (await db().actionLog.list({ chatId, ...where }, ALL)).entries;
      const all = await list({});
      expect(all.length).toBe(3);
      expect(all.map(({ startedAt }) => startedAt.getTime())).toEqual(
        all.map(({ startedAt }) => startedAt.getTime()).sort((a, b) => b - a),
      );
      expect((await list({ type: "scan" })).length).toBe(2);
      expect((await list({ since: new Date(Date.now() + 3_600_000) })).length).toBe(0);
      expect((await list({ before: new Date(Date.now() + 3_600_000) })).length).toBe(3);
    });
  });
}
