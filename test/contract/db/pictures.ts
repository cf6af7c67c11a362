import { describe, expect, it } from "vitest";
import { newId } from "../../../src/core/id.ts";
import type { Db, KeptFile } from "../../../src/db/db.ts";
import { newChatId, sampleMessage } from "./samples.ts";

const hash = () => newId().toLowerCase().padEnd(64, "0");

export function pictureSuite(db: () => Db): void {
  describe("pictures", () => {
    const marked = (content: string) =>
      ({ content, mark: "f".repeat(128), width: 640, height: 480, sha256: hash(), why: null }) as const;
    const unmarked = (content: string, why: string) =>
      ({ content, mark: null, width: null, height: null, sha256: null, why }) as const;

    it("keep what they look like by their content, and take a newer look for an older one", async () => {
      const [one, other, third] = [`sha256:${hash()}`, `file:photo:${newId()}`, `sha256:${hash()}`];
      const list = [marked(one), unmarked(other, "broken")];
      await db().pictures.keep(list);
      await db().pictures.keep([]);
      const known = await db().pictures.marks([one, other, third]);
      expect([...known.values()].sort((a, b) => a.content.localeCompare(b.content))).toEqual(
        [...list].sort((a, b) => a.content.localeCompare(b.content)),
      );
      const newer = [unmarked(one, "plain"), marked(other)];
      // Of two of one content the last counts.
      await db().pictures.keep([marked(one), ...newer]);
      expect(await db().pictures.marks([one])).toEqual(new Map([[one, newer[0]]]));
      expect(await db().pictures.marks([other])).toEqual(new Map([[other, newer[1]]]));
      expect(await db().pictures.marks([])).toEqual(new Map());
    });

    it("of one machine are told apart from its other files and from other machines', page by page", async () => {
      const [chatId, hostname] = [newChatId(), `host-${newId()}`];
      const kinds = [
        { type: "photo", mimeType: "image/jpeg" },
        { type: "document", mimeType: "image/png" },
        { type: "document", mimeType: "application/pdf" },
        { type: "video", mimeType: "video/mp4" },
        { type: "photo", mimeType: null },
      ] as const;
      const messages = kinds.map((media, at) => sampleMessage({ chatId, messageId: at + 1, media }));
      await db().messages.record([...messages, sampleMessage({ chatId, messageId: 9 })], hostname);
      for (const { messageId } of messages)
        await db().messages.saved(
          { chatId, messageId },
          { path: `/files/${messageId}`, bytes: 10, sha256: hash(), hostname, rootId: "r" },
        );
      const elsewhere = { path: "/x", bytes: 10, sha256: hash(), hostname: `${hostname}-b`, rootId: "r" };
      await db().messages.saved({ chatId, messageId: 9 }, elsewhere);
      const found: number[] = [];
      for (let after: KeptFile | null = null; ; ) {
        const page: KeptFile[] = await db().pictures.files(hostname, "sha256", after, 2);
        found.push(...page.map(({ messageId }) => messageId));
        if (page.length < 2) break;
        after = page.at(-1)!;
      }
      expect(found.sort()).toEqual([1, 2, 5]);
      expect(await db().pictures.count(hostname)).toBe(3);
      expect(await db().pictures.files(hostname, "file_key", null, 10)).toEqual([]);
    });

    it("that the owner has removed have no place any more, and are still known as saved", async () => {
      const [chatId, hostname, sha256] = [newChatId(), `host-${newId()}`, hash()];
      await db().messages.record([sampleMessage({ chatId }), sampleMessage({ chatId, messageId: 2 })], hostname);
      for (const messageId of [1, 2])
        await db().messages.saved(
          { chatId, messageId },
          { path: `/files/${messageId}`, bytes: 10, sha256, hostname, rootId: "r" },
        );
      expect(await db().pictures.removed("somewhere else", "/files/1", `sha256:${sha256}`)).toBe(0);
      expect(await db().pictures.removed(hostname, "/files/1", `sha256:${hash()}`)).toBe(0);
      expect(await db().pictures.removed(hostname, "/files/1", `sha256:${sha256}`)).toBe(1);
      const [one, two] = await db().messages.of(chatId, [1, 2]);
      expect(one).toMatchObject({ localFilePath: null, status: "downloaded", sha256 });
      expect(two).toMatchObject({ localFilePath: "/files/2" });
    });
  });
}
