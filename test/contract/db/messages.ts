import { describe, expect, it } from "vitest";
import type { Db } from "../../../src/db/db.ts";
import { savedFile as file, newChatId, sampleMessage, sampleMessages } from "./samples.ts";

export function messageSuite(db: () => Db): void {
  describe("messages", () => {
    it("gives back a message as it was recorded, with where and when it was seen", async () => {
      const message = sampleMessage({
        chatId: newChatId(),
        messageId: 2_147_483_647,
        text: "🏳️‍🌈 line\nline\t\\ ' \" ; -- ‮ 日本語",
        senderId: 9_007_199_254_740_991,
        editedAt: new Date("2024-02-01T00:00:00Z"),
        albumId: "13579246801357924680",
        topicId: 12,
        replyToId: 11,
        service: "MessageActionPinMessage",
        outgoing: true,
        media: {
          type: "video",
          round: true,
          fileName: "../../etc/passwd",
          size: 4_294_967_296_000,
          fileKey: "document:-8999999999999999999",
          duration: 12.5,
          restricted: true,
        },
      });
      await db().messages.record([message], "machine-a");
      const { retrievedAt, ...found } = (await db().messages.get(message))!;
      expect(found).toEqual({
        ...message,
        status: "retrieved",
        retrievedHostname: "machine-a",
        downloadHostname: null,
        localFilePath: null,
        sha256: null,
        rootId: null,
      });
      expect(Math.abs(retrievedAt.getTime() - Date.now())).toBeLessThan(60_000);
    });

    it("keeps 4,096 emoji in a text and a file name of any length", async () => {
      const text = "👩‍🚀🧵😀🏴󠁧󠁢󠁥󠁮󠁧󠁿".repeat(400).slice(0, 4096);
      const whole = [...text].filter((sign) => sign.codePointAt(0)! > 0xffff).join("");
      const fileName = `${"名😀".repeat(700)}.jpg`;
      const message = sampleMessage({ chatId: newChatId(), text: "😀".repeat(4096), media: { fileName } });
      const other = sampleMessage({ chatId: message.chatId, messageId: 2, text: whole });
      await db().messages.record([message, other], "h");
      const found = await db().messages.get(message);
      expect(found?.text).toBe(message.text);
      expect(found?.media.fileName).toBe(fileName);
      expect((await db().messages.get(other))?.text).toBe(whole);
    });

    it("writes U+FFFD for U+0000 and for half a surrogate pair", async () => {
      const message = sampleMessage({
        chatId: newChatId(),
        text: "a\0b\uD83Dc\uDE00d😀",
        media: { fileName: "x\0.jpg" },
      });
      await db().messages.record([message], "h");
      const found = await db().messages.get(message);
      expect(found?.text).toBe("a\uFFFDb\uFFFDc\uFFFDd😀");
      expect(found?.media.fileName).toBe("x\uFFFD.jpg");
    });

    it("records thousands at once, in any order and with repetitions, each once", async () => {
      const chatId = newChatId();
      const messages = sampleMessages(chatId, 2500);
      await db().messages.record([...messages].reverse().concat(messages.slice(0, 700)), "h");
      expect(await db().messages.count({ chatId })).toBe(2500);
      expect(await db().messages.newestId(chatId)).toBe(2500);
      const some = await db().messages.of(chatId, [3, 1, 2500, 9999]);
      expect(some.map(({ messageId }) => messageId)).toEqual([1, 3, 2500]);
      expect(
        (
          await db().messages.of(
            chatId,
            messages.map(({ messageId }) => messageId),
          )
        ).length,
      ).toBe(2500);
    });

    it("answers 0 for the newest of a chat it does not know, and null for such a message", async () => {
      const chatId = newChatId();
      expect(await db().messages.newestId(chatId)).toBe(0);
      expect(await db().messages.get({ chatId, messageId: 1 })).toBeNull();
      expect(await db().messages.of(chatId, [])).toEqual([]);
    });

    it("never loses status, path, hash and machines to a second scan, but takes the new text", async () => {
      const message = sampleMessage({ chatId: newChatId(), text: "before" });
      await db().messages.record([message], "machine-a");
      const first = await db().messages.get(message);
      const saved = file({ hostname: "machine-b" });
      await db().messages.saved(message, saved);
      await db().messages.record([{ ...message, text: "after", senderName: null }], "machine-c");
      expect(await db().messages.get(message)).toEqual({
        ...message,
        text: "after",
        status: "downloaded",
        retrievedAt: first?.retrievedAt,
        retrievedHostname: "machine-a",
        downloadHostname: "machine-b",
        localFilePath: saved.path,
        sha256: saved.sha256,
        rootId: saved.rootId,
      });
    });

    it("keeps what is said beside the columns until Telegram says otherwise", async () => {
      const message = sampleMessage({ chatId: newChatId() });
      const extra = {
        entities: [{ type: "bold" as const, offset: 0, length: 4 }],
        views: 12,
        reactions: [{ emoji: "\u{1F44D}", count: 3 }],
        quote: "a \ud800 half and a \0 byte",
      };
      await db().messages.record([{ ...message, extra }], "h");
      expect((await db().messages.get(message))?.extra).toEqual(extra);
      await db().messages.record([message], "h");
      expect((await db().messages.get(message))?.extra).toEqual(extra);
      await db().messages.record([{ ...message, extra: {} }], "h");
      expect((await db().messages.get(message))?.extra).toEqual({});
    });

    it("counts by chat, status and kind", async () => {
      const chatId = newChatId();
      const photo = sampleMessage({ chatId });
      const video = sampleMessage({ chatId, messageId: 2, media: { type: "video" } });
      const text = sampleMessage({ chatId, messageId: 3, media: { type: "none" } });
      await db().messages.record([photo, video, text], "h");
      await db().messages.saved(photo, file());
      await db().messages.saved(video, file());
      expect(await db().messages.count({ chatId, status: "retrieved" })).toBe(1);
      expect(await db().messages.countDownloaded(chatId, null)).toBe(2);
      expect(await db().messages.countDownloaded(chatId, ["video"])).toBe(1);
      expect(await db().messages.countDownloaded(chatId, [])).toBe(0);
    });

    it("refuses a media type that is none", async () => {
      const message = sampleMessage({ chatId: newChatId(), media: { type: "gif" as "photo" } });
      await expect(db().messages.record([message], "h")).rejects.toThrow("“gif” is no media type");
    });

    it("lets many writers record the same messages at once", async () => {
      const chatId = newChatId();
      const messages = sampleMessages(chatId, 400);
      const shuffled = () => [...messages].sort(() => Math.random() - 0.5);
      await Promise.all(Array.from({ length: 12 }, () => db().messages.record(shuffled(), "h")));
      expect(await db().messages.count({ chatId })).toBe(400);
    });
  });
}
