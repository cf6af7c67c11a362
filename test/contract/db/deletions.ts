import { describe, expect, it } from "vitest";
import type { DeletionItem, DeletionSummary } from "../../../src/core/deletion.ts";
import { newId } from "../../../src/core/id.ts";
import type { Db } from "../../../src/db/db.ts";

const OWNER = 5_000_000_000;
const NOW = new Date("2026-11-22T12:00:00.000Z");
const IN_TEN = new Date(NOW.getTime() + 600_000);
const SUMMARY: DeletionSummary = {
  count: 3,
  own: 3,
  others: 0,
  first: null,
  last: null,
  byType: [],
  everyone: 3,
  onlyMe: 0,
  refused: { service: 2 },
  samples: [],
  wholeChat: false,
  copyable: true,
  overCap: false,
};
const item = (messageId: number): DeletionItem => ({
  messageId,
  state: "planned",
  effect: "everyone",
  own: true,
  type: "text",
  date: NOW,
  senderName: "Ann 😀",
  fingerprint: "x",
  reason: null,
  sentAt: null,
  copyPath: null,
});

/** A store whose central is away takes no step towards a deletion. */
export function noDeletionSuite(db: () => Db): void {
  describe("deletions", () => {
    it("are refused in one sentence, nothing changed", async () => {
      const refused = {
        name: "RetryLaterError",
        message: "My database isn't answering, so I won't delete anything now.",
      };
      const make = { id: newId(), chatId: 1, chatTitle: "Room", filter: {}, everyone: true, ownerChatId: OWNER };
      await expect(db().deletions.create({ ...make, replyToId: null })).rejects.toMatchObject(refused);
      await expect(db().deletions.get(make.id)).rejects.toMatchObject(refused);
      await expect(db().deletions.move(make.id, ["ready"], "running")).rejects.toMatchObject(refused);
    });
  });
}

export function deletionSuite(db: () => Db): void {
  const planned = async () => {
    const id = newId();
    const chatId = -1_001_234_567_000 - Math.floor(Math.random() * 1e6);
    const make = { id, chatId, chatTitle: "Room", filter: { from: ["me"] }, everyone: true, ownerChatId: OWNER };
    await db().deletions.create({ ...make, replyToId: 3 });
    await db().deletions.freeze(id, [1, 2, 3].map(item), SUMMARY, true);
    return { id, chatId };
  };
  const issue = async (deletionId: string, change: { kind?: "first" | "again" } = {}) => {
    const token = newId();
    const place = { ownerId: OWNER, chatId: OWNER, messageId: 9 };
    const times = { createdAt: NOW, expiresAt: IN_TEN };
    await db().deletions.issue({
      token,
      deletionId,
      kind: "first",
      number: 3,
      typed: false,
      ...place,
      ...times,
      ...change,
    });
    return token;
  };
  const by = { ownerId: OWNER, chatId: OWNER, messageId: 9, now: NOW };
  const step = { from: ["preview"], to: "copied", change: { confirmedAt: NOW } } as const;

  describe("deletions", () => {
    it("get numbers that grow, each once, however many are planned at a time", async () => {
      const make = () => ({
        id: newId(),
        chatId: 1,
        chatTitle: "",
        filter: {},
        everyone: false,
        ownerChatId: 1,
        replyToId: null,
      });
      const made = await Promise.all(Array.from({ length: 5 }, () => db().deletions.create(make())));
      expect(new Set(made.map(({ number }) => number)).size).toBe(5);
    });

    it("are confirmed once, by the owner, under that message, in time", async () => {
      const { id } = await planned();
      const token = await issue(id);
      expect(await db().deletions.confirm(token, { ...by, ownerId: 7 }, step)).toBe("stranger");
      expect(await db().deletions.confirm(token, { ...by, messageId: 8 }, step)).toBe("stranger");
      expect(await db().deletions.confirm(token, { ...by, now: IN_TEN }, step)).toBe("expired");
      expect(await db().deletions.confirm(token, { ...by, now: new Date(0) }, step)).toBe("expired");
      const answers = await Promise.all([1, 2, 3].map(() => db().deletions.confirm(token, by, step)));
      expect(answers.filter((answer) => answer === "yes")).toHaveLength(1);
      expect((await db().deletions.get(id))?.state).toBe("copied");
    });

    it("void every earlier yes with a new one", async () => {
      const { id } = await planned();
      const first = await issue(id);
      const second = await issue(id);
      expect(await db().deletions.confirm(first, by, step)).toBe("used");
      expect(await db().deletions.confirm(second, by, step)).toBe("yes");
    });

    it("send nothing unless they run, and settle each message once", async () => {
      const { id, chatId } = await planned();
      const { deletions } = db();
      expect(await deletions.sending(id, [1], NOW)).toBe(false);
      await deletions.move(id, ["preview"], "copied");
      await deletions.move(id, ["copied"], "grace");
      expect(await deletions.move(id, ["grace"], "ready", { readyAt: NOW })).toBe(true);
      expect(await deletions.move(id, ["grace"], "ready")).toBe(false);
      await deletions.move(id, ["ready"], "running");
      expect(await deletions.sending(id, [1, 2], NOW)).toBe(true);
      await expect(deletions.sending(id, [99], NOW)).rejects.toThrow("not to be deleted");
      await deletions.settle(id, [{ messageId: 1, state: "copied", copyPath: "/copy/1.bin" }], NOW);
      await deletions.sending(id, [1], NOW);
      await db().messages.record([{ ...sample, chatId, messageId: 1 }], "here");
      await deletions.settle(
        id,
        [
          { messageId: 1, state: "deleted" },
          { messageId: 2, state: "refused", reason: "telegram" },
        ],
        NOW,
      );
      await deletions.settle(id, [{ messageId: 1, state: "refused" }], NOW);
      expect(await deletions.counts(id)).toMatchObject({ deleted: 1, refused: 1, planned: 1 });
      expect(await db().messages.get({ chatId, messageId: 1 })).toMatchObject({
        status: "deleted",
        localFilePath: "/copy/1.bin",
      });
      expect(await deletions.move(id, ["running"], "stopping")).toBe(true);
      expect(await deletions.sending(id, [3], NOW)).toBe(false);
      expect(await deletions.keepRest(id, "stopped", NOW)).toBe(1);
      expect(await deletions.reasons(id, ["kept", "refused"])).toHaveLength(2);
      expect(await deletions.spent(new Date(NOW.getTime() - 1_000))).toBeGreaterThanOrEqual(1);
      await expect(deletions.move(id, ["running"], "grace")).rejects.toThrow("No deletion goes");
    });
  });
}

const sample = {
  chatId: 0,
  messageId: 0,
  date: NOW,
  editedAt: null,
  senderId: 1,
  senderName: "Ann",
  outgoing: true,
  text: "hi",
  albumId: null,
  topicId: null,
  replyToId: null,
  service: null,
  media: {
    type: "none" as const,
    round: false,
    fileName: null,
    mimeType: null,
    size: null,
    fileKey: null,
    dcId: null,
    duration: null,
    width: null,
    height: null,
    restricted: false,
  },
};
