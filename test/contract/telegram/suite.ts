/** What every implementation of the Telegram port does alike. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Chat, Message } from "../../../src/core/media.ts";
import type { OutgoingFile } from "../../../src/userbot/outgoing.ts";
import { StaleReferenceError, type Telegram } from "../../../src/userbot/telegram.ts";

import { tempFolder } from "../../support/temp.ts";

/** A signed-in account with a channel @news: 250 posts, every second one a document, after a service message. */
export interface Contender {
  telegram: Telegram;
  selfId: number;
  /** Hashes of all files of @news. */
  hashes: string[];
  /** Posts are gone from here on for everybody. */
  remove(messageId: number): void;
  expireReferences(): void;
}

export const POSTS = 250;
const signal = new AbortController().signal;
const PART = 512 * 1024;

export function telegramContract(name: string, contender: () => Promise<Contender>): void {
  describe(`Telegram by ${name}`, () => {
    it("lists every chat once, the account's own among them", async () => {
      const { telegram, selfId } = await contender();
      const chats = await all(telegram.chats(signal));
      expect(new Set(chats.map(({ chatId }) => chatId)).size).toBe(chats.length);
      expect(chats.find(({ isSelf }) => isSelf)).toMatchObject({
        chatId: selfId,
        type: "user",
        title: "Saved Messages",
      });
      expect(chats.find(({ username }) => username === "news")).toMatchObject({ type: "channel", title: "News" });
    });

    it("finds a chat by name, by id and as “me”, and answers null where there is none", async () => {
      const { telegram, selfId } = await contender();
      const news = await telegram.findChat("@news", signal);
      expect(news?.chatId).toBeLessThan(-1_000_000_000_000);
      expect((await telegram.findChat(String(news?.chatId), signal))?.title).toBe("News");
      expect((await telegram.findChat("me", signal))?.chatId).toBe(selfId);
      expect(await telegram.findChat("@nobody_of_that_name", signal)).toBeNull();
      expect(await telegram.findChat("a title is no query", signal)).toBeNull();
    });

    it("reads a whole history, newest first, each message once, service messages included", async () => {
      const { telegram } = await contender();
      const messages = await all(telegram.history(await newsOf(telegram), {}, signal));
      expect(messages).toHaveLength(POSTS + 1);
      const ids = messages.map(({ messageId }) => messageId);
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
      expect(messages.at(-1)?.service).toBe("channel_create");
      expect(messages.filter(({ media }) => media.type === "document")).toHaveLength(POSTS / 2);
    });

    it("goes on below a message, ends above one, and keeps to the dates", async () => {
      const { telegram } = await contender();
      const news = await newsOf(telegram);
      const messages = await all(telegram.history(news, {}, signal));
      const [upper, lower] = [messages[60]!, messages[180]!];
      const idsOf = async (range: Parameters<Telegram["history"]>[1]) =>
        (await all(telegram.history(news, range, signal))).map(({ messageId }) => messageId);
      const expected = (keep: (message: Message) => boolean) => messages.filter(keep).map(({ messageId }) => messageId);
      expect(await idsOf({ beforeId: upper.messageId })).toEqual(expected((m) => m.messageId < upper.messageId));
      expect(await idsOf({ afterId: lower.messageId })).toEqual(expected((m) => m.messageId > lower.messageId));
      expect(await idsOf({ after: lower.date, before: upper.date })).toEqual(
        expected((m) => m.date >= lower.date && m.date < upper.date),
      );
    });

    it("lets the servers pick a kind, and counts it", async () => {
      const { telegram } = await contender();
      const news = await newsOf(telegram);
      const documents = await all(telegram.history(news, { type: "document" }, signal));
      expect(documents).toHaveLength(POSTS / 2);
      const counted = await telegram.countMatching(news, { type: "document" }, signal);
      expect(counted.total).toBe(POSTS / 2);
      expect(counted.sample.map(({ messageId }) => messageId)).toEqual(
        documents.slice(0, 100).map(({ messageId }) => messageId),
      );
      expect((await telegram.countMatching(news, { type: "voice" }, signal)).total).toBe(0);
    });

    it("gives messages by id with their files, and leaves out what is gone", async () => {
      const { telegram, remove } = await contender();
      const news = await newsOf(telegram);
      const documents = await all(telegram.history(news, { type: "document" }, signal));
      const ids = documents.map(({ messageId }) => messageId);
      remove(ids[0]!);
      const fetched = await telegram.messages(news, [...ids.slice(0, 110), 999_999], signal);
      expect(fetched.map(({ message }) => message.messageId).sort((a, b) => b - a)).toEqual(ids.slice(1, 110));
      for (const { message, file } of fetched) {
        expect(file).toMatchObject({ kind: "document", chatId: news.chatId, messageId: message.messageId });
        expect(`document:${file?.id}`).toBe(message.media.fileKey);
        expect(file?.size).toBe(message.media.size);
      }
    });

    it("gives the parts of a file, fewer bytes at its end and none behind it", async () => {
      const { telegram, hashes } = await contender();
      const news = await newsOf(telegram);
      const [first] = await all(telegram.history(news, { type: "document" }, signal));
      const [{ file } = { file: null }] = await telegram.messages(news, [first!.messageId], signal);
      const whole = await telegram.filePart(file!, 0, PART, signal);
      expect(whole.length).toBe(file?.size);
      expect(hashes).toContain(createHash("sha256").update(whole).digest("hex"));
      const end = await telegram.filePart(file!, 4096, 4096, signal);
      expect(Buffer.from(end).equals(Buffer.from(whole.subarray(4096, 8192)))).toBe(true);
      expect(await telegram.filePart(file!, PART, PART, signal)).toHaveLength(0);
    });

    it("says that a file reference has gone stale, and takes the one that comes with the message", async () => {
      const { telegram, expireReferences } = await contender();
      const news = await newsOf(telegram);
      const [first] = await all(telegram.history(news, { type: "document" }, signal));
      const fetch = async () => (await telegram.messages(news, [first!.messageId], signal))[0]!.file!;
      const old = await fetch();
      expireReferences();
      await expect(telegram.filePart(old, 0, PART, signal)).rejects.toBeInstanceOf(StaleReferenceError);
      expect((await telegram.filePart(await fetch(), 0, PART, signal)).length).toBe(old.size);
    });

    it("sends a text once under one key, and answers with its id again", async () => {
      const { telegram } = await contender();
      const saved = (await telegram.findChat("me", signal))!;
      const send = () => telegram.sendText(saved, { text: "a note" }, { key: "note-1" }, signal);
      const [first] = await send();
      expect(await send()).toEqual([first]);
      const [found] = await telegram.messages(saved, [first!], signal);
      expect(found?.message.text).toBe("a note");
    });

    it("sends a file and an album, whose bytes come back as they were", async () => {
      const { telegram } = await contender();
      const saved = (await telegram.findChat("me", signal))!;
      const folder = tempFolder();
      const names = ["one.bin", "two.bin", "three.bin"];
      const files = names.map((fileName, index): OutgoingFile => {
        const path = join(folder, fileName);
        writeFileSync(path, Buffer.alloc(1000 + 200_000 * index, `content ${index}`));
        return { path, fileName, mimeType: "application/x-test", as: "document", caption: { text: `no ${index}` } };
      });
      const [single] = await telegram.sendFiles(saved, files.slice(0, 1), { key: "single" }, signal);
      const album = await telegram.sendFiles(saved, files.slice(1), { key: "album" }, signal);
      const ids = [single!, ...(album as number[])];
      const fetched = await telegram.messages(saved, ids, signal);
      const byId = new Map(fetched.map((one) => [one.message.messageId, one]));
      for (const [index, id] of ids.entries()) {
        const { message, file } = byId.get(id)!;
        expect(message).toMatchObject({ text: `no ${index}`, media: { type: "document", fileName: names[index] } });
        const bytes = await telegram.filePart(file!, 0, PART, signal);
        expect(Buffer.from(bytes).equals(readFileSync(files[index]!.path))).toBe(true);
      }
      const albums = ids.slice(1).map((id) => byId.get(id)!.message.albumId);
      expect(albums[0]).not.toBeNull();
      expect(new Set(albums).size).toBe(1);
    });

    it("forwards messages with their files", async () => {
      const { telegram } = await contender();
      const [news, saved] = [await newsOf(telegram), (await telegram.findChat("me", signal))!];
      const documents = (await all(telegram.history(news, { type: "document" }, signal))).slice(0, 3);
      const ids = documents.map(({ messageId }) => messageId);
      const sent = (await telegram.forward(news, ids, saved, { key: "fwd" }, signal)) as number[];
      const fetched = await telegram.messages(saved, sent, signal);
      const keys = new Map(fetched.map(({ message }) => [message.messageId, message.media.fileKey]));
      expect(sent.map((id) => keys.get(id))).toEqual(documents.map(({ media }) => media.fileKey));
      expect(await telegram.forward(news, ids, saved, { key: "fwd" }, signal)).toEqual(sent);
    });

    it("stops with the reason it was given", async () => {
      const { telegram } = await contender();
      const news = await newsOf(telegram);
      const stop = new AbortController();
      stop.abort(new Error("enough"));
      await expect(all(telegram.history(news, {}, stop.signal))).rejects.toThrow("enough");
      await expect(telegram.messages(news, [1], stop.signal)).rejects.toThrow("enough");
    });

    it("is of no use after it was closed, and says so", async () => {
      const { telegram } = await contender();
      const news = await newsOf(telegram);
      await telegram.close();
      await expect(telegram.messages(news, [1], signal)).rejects.toMatchObject({ code: "SIGNED_OUT" });
    });
  });
}

async function newsOf(telegram: Telegram): Promise<Chat> {
  const chat = await telegram.findChat("@news", signal);
  if (!chat) throw new Error("There is no @news.");
  return chat;
}

async function all<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) {
    expect(page.length).toBeLessThanOrEqual(100);
    found.push(...page);
  }
  return found;
}
