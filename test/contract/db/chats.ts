import { describe, expect, it } from "vitest";
import type { Db } from "../../../src/db/db.ts";
import { newChatId, sampleChat } from "./samples.ts";

const ALL = { limit: 100, offset: 0 };

export function chatSuite(db: () => Db): void {
  describe("chats", () => {
    it("gives back a chat as it was recorded, 64-bit access hash and emoji included", async () => {
      const chat = sampleChat({ title: "🧵 Новости ‮ <b>_*[", username: "News_Room", linkedChatId: newChatId() });
      await db().chats.record([chat]);
      expect(await db().chats.get(chat.chatId)).toEqual(chat);
    });

    it("knows the largest and smallest ids of Telegram", async () => {
      const chats = [sampleChat({ chatId: 9_007_199_254_740_991 }), sampleChat({ chatId: -9_007_199_254_740_991 })];
      await db().chats.record(chats);
      for (const chat of chats) expect((await db().chats.get(chat.chatId))?.chatId).toBe(chat.chatId);
    });

    it("updates a known chat, and keeps its last scan when the news does not say", async () => {
      const chat = sampleChat();
      await db().chats.record([chat]);
      await db().chats.scanned(chat.chatId, new Date("2024-05-05T05:05:05Z"));
      await db().chats.record([{ ...chat, title: "Renamed", unread: 0, lastScanAt: null, accessHash: null }]);
      const found = await db().chats.get(chat.chatId);
      expect(found).toMatchObject({ title: "Renamed", unread: 0, accessHash: chat.accessHash });
      expect(found?.lastScanAt).toEqual(new Date("2024-05-05T05:05:05Z"));
    });

    it("takes the last of two copies of one chat in one call", async () => {
      const chat = sampleChat();
      await db().chats.record([chat, { ...chat, title: "Later" }]);
      expect((await db().chats.get(chat.chatId))?.title).toBe("Later");
    });

    it("records nothing from an empty list", async () => {
      await expect(db().chats.record([])).resolves.toBeUndefined();
    });

    it("finds a chat by its username, whatever the case", async () => {
      const username = `Case${-newChatId()}`;
      const chat = sampleChat({ username });
      await db().chats.record([chat]);
      expect((await db().chats.byUsername(username.toUpperCase()))?.chatId).toBe(chat.chatId);
      expect(await db().chats.byUsername(`${username}_`)).toBeNull();
    });

    it("lists the most recent first, then by title, with a total beyond the page", async () => {
      const mark = `recent${-newChatId()}`;
      const at = (day: number) => new Date(Date.UTC(2024, 0, day));
      const chats = [
        sampleChat({ title: `${mark} b`, lastMessageAt: at(1) }),
        sampleChat({ title: `${mark} c`, lastMessageAt: null }),
        sampleChat({ title: `${mark} a`, lastMessageAt: at(1) }),
        sampleChat({ title: `${mark} d`, lastMessageAt: at(9) }),
      ];
      await db().chats.record(chats);
      const others = await db().chats.list({ text: mark, except: chats[3]?.chatId }, ALL);
      expect([others.total, ...others.chats.map(({ title }) => title.slice(-1))]).toEqual([3, "a", "b", "c"]);
      const { chats: page, total } = await db().chats.list({ text: mark }, { limit: 3, offset: 0 });
      expect(page.map(({ title }) => title.slice(-1))).toEqual(["d", "a", "b"]);
      expect(total).toBe(4);
      const rest = await db().chats.list({ text: mark }, { limit: 3, offset: 3 });
      expect(rest.chats.map(({ title }) => title.slice(-1))).toEqual(["c"]);
    });

    it("finds a part of a title in any script and case, and takes % and _ as they are", async () => {
      const mark = `Ёлка_100%-${-newChatId()}`;
      await db().chats.record([
        sampleChat({ title: `До ${mark} после` }),
        sampleChat({ title: mark.replace("_", "x") }),
      ]);
      const { chats } = await db().chats.list({ text: mark.toLowerCase() }, ALL);
      expect(chats.map(({ title }) => title)).toEqual([`До ${mark} после`]);
    });

    it("filters by type and by archive", async () => {
      const mark = `kinds${-newChatId()}`;
      await db().chats.record([
        sampleChat({ title: mark, type: "user" }),
        sampleChat({ title: mark, type: "group", archived: true }),
        sampleChat({ title: mark, type: "supergroup", archived: true }),
      ]);
      const of = async (query: object) =>
        (await db().chats.list({ text: mark, ...query }, ALL)).chats.map(({ type }) => type).sort();
      expect(await of({ types: ["user", "group"] })).toEqual(["group", "user"]);
      expect(await of({ archived: true })).toEqual(["group", "supergroup"]);
      expect(await of({ archived: false })).toEqual(["user"]);
      expect(await of({ types: [] })).toEqual([]);
    });

    it("refuses a type that is none", async () => {
      const chat = { ...sampleChat(), type: "forum" as "user" };
      await expect(db().chats.record([chat])).rejects.toThrow("“forum” is no chat type");
    });

    it("knows the owner's own chat", async () => {
      const chat = sampleChat({ isSelf: true, type: "user" });
      await db().chats.record([chat]);
      expect((await db().chats.self())?.chatId).toBe(chat.chatId);
    });
  });
}
