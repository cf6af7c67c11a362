/** What the account sends, against the sandbox: large files, formatting, replies, and what Telegram refuses. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileOf } from "../../../sandbox/world/types/media.ts";
import type { Chat } from "../../../src/core/media.ts";
import { connected, type Fill, type Stage, stage } from "./stage.ts";

const OWNER = 5_000_001;
const MIB = 1024 * 1024;
const fill: Fill = (builder) => {
  builder.privateChats(OWNER, [{ peerId: OWNER, series: { count: 3 } }]);
  const series = { count: 20, media: 5, types: { document: 1 }, sizeMin: 1_000, sizeMax: 9_000 } as const;
  builder.chat({ kind: "channel", title: "News", username: "news", members: [OWNER], series });
  builder.chat({ kind: "supergroup", title: "Talk", username: "talk_group", members: [OWNER], series });
  builder.chat({ kind: "channel", title: "Closed", username: "closed", members: [OWNER], series, noforwards: true });
};

/** Random-like bytes that no two files share. */
function bytesOf(size: number, seed: string): Buffer {
  const block = createHash("sha512").update(seed).digest();
  const bytes = Buffer.alloc(size, block);
  for (let at = 0; at + 8 <= size; at += 4096) bytes.writeUInt32LE(at / 4096, at);
  return bytes;
}

async function ready(
  silenceMs?: number,
): Promise<{ on: Stage; telegram: Awaited<ReturnType<typeof connected>>; saved: Chat }> {
  const on = await stage({ fill, silenceMs });
  const telegram = await connected(on);
  const saved = (await telegram.findChat("me", on.signal))!;
  return { on, telegram, saved };
}

function put(on: Stage, name: string, bytes: Buffer): string {
  mkdirSync(on.folder, { recursive: true });
  const path = join(on.folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function hashOf(on: Stage, chatId: number, messageId: number): Promise<string> {
  const file = fileOf(on.world.as(on.owner.userId).message(chatId, messageId)?.media)!;
  return createHash("sha256")
    .update(on.world.content.read(file, 0, file.size))
    .digest("hex");
}

const document = (path: string, fileName: string) => ({ path, fileName, mimeType: null, as: "document" as const });

describe("a file", () => {
  it("of many parts arrives byte for byte, in parts sent side by side", async () => {
    const { on, telegram, saved } = await ready();
    const bytes = bytesOf(21 * MIB + 12_345, "large");
    const path = put(on, "large.bin", bytes);
    let told = 0;
    const [id] = await telegram.sendFiles(
      saved,
      [document(path, "large.bin")],
      { key: "large", onBytes: (sent) => (told = sent) },
      on.signal,
    );
    expect(await hashOf(on, saved.chatId, id!)).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(told).toBe(bytes.length);
    expect(on.calls("upload.saveFilePart")).toBe(0);
    expect(on.calls("upload.saveBigFilePart")).toBe(Math.ceil(bytes.length / (128 * 1024)));
  });

  it("comes through a broken line, a flood wait and a lost part, once", async () => {
    const { on, telegram, saved } = await ready();
    const bytes = bytesOf(12 * MIB, "rough");
    const path = put(on, "rough.bin", bytes);
    on.fault({ method: "upload.saveBigFilePart", kind: "cut", after: 10, count: 1 });
    on.fault({ method: "upload.saveBigFilePart", kind: "flood-wait", args: { seconds: 1 }, after: 20, count: 1 });
    on.fault({
      method: "messages.sendMedia",
      kind: "error",
      args: { code: 400, message: "FILE_PART_3_MISSING" },
      count: 1,
    });
    const waits: string[] = [];
    telegram.onWait = (wait) => wait && waits.push(wait.reason);
    const [id] = await telegram.sendFiles(saved, [document(path, "rough.bin")], { key: "rough" }, on.signal);
    expect(await hashOf(on, saved.chatId, id!)).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(waits).toContain("FLOOD_WAIT");
  });

  it("whose answer was lost is one message all the same", async () => {
    const { on, telegram, saved } = await ready(2_000);
    const path = put(on, "once.bin", bytesOf(3_000, "once"));
    on.fault({ method: "messages.sendMedia", kind: "lose-answer", count: 1 });
    on.fault({ method: "messages.sendMedia", kind: "cut", count: 1 });
    const before = on.world.as(on.owner.userId).topMessage(saved.chatId)!.id;
    const file = { ...document(path, "once.bin"), caption: { text: "the only one" } };
    const [id] = await telegram.sendFiles(saved, [file], { key: "once" }, on.signal);
    expect(id).toBeGreaterThan(before);
    const view = on.world.as(on.owner.userId);
    const newer = view.history(saved.chatId, {
      offsetId: 0,
      offsetDate: 0,
      addOffset: 0,
      limit: 10,
      maxId: 0,
      minId: before,
    });
    expect(newer.messages.map((message) => message.id)).toEqual([id]);
  }, 60_000);

  it("that is gone, empty or no file is refused in a sentence", async () => {
    const { on, telegram, saved } = await ready();
    const send = (path: string) => telegram.sendFiles(saved, [document(path, "x")], { key: path }, on.signal);
    await expect(send(join(on.folder, "nowhere"))).rejects.toThrow("not on this disk");
    await expect(send(put(on, "empty", Buffer.alloc(0)))).rejects.toThrow("no empty files");
    await expect(send(on.folder)).rejects.toThrow("no file");
    expect(on.calls("upload.saveFilePart")).toBe(0);
  });

  it("keeps what it is: a video with its length, a voice note, a photo", async () => {
    const { on, telegram, saved } = await ready();
    const path = put(on, "clip.mp4", bytesOf(50_000, "clip"));
    const given = { path, fileName: "clip.mp4", mimeType: "video/mp4", duration: 12, width: 640, height: 360 };
    const [video] = await telegram.sendFiles(saved, [{ ...given, as: "video" }], { key: "v" }, on.signal);
    const [photo] = await telegram.sendFiles(saved, [{ ...given, as: "photo" }], { key: "p" }, on.signal);
    const [voice] = await telegram.sendFiles(saved, [{ ...given, as: "voice" }], { key: "o" }, on.signal);
    const fetched = await telegram.messages(saved, [video!, photo!, voice!], on.signal);
    const media = Object.fromEntries(fetched.map(({ message }) => [message.messageId, message.media]));
    expect(media[video!]).toMatchObject({ type: "video", duration: 12, width: 640, height: 360 });
    expect(media[photo!]).toMatchObject({ type: "photo" });
    expect(media[voice!]).toMatchObject({ type: "voice", duration: 12 });
  });
});

describe("a text", () => {
  it("keeps its formatting, and stands as a reply where it is one", async () => {
    const { on, telegram } = await ready();
    const talk = (await telegram.findChat("@talk_group", on.signal))!;
    const view = on.world.as(on.owner.userId);
    const replyToId = view.topMessage(talk.chatId)!.id;
    const text = "bold, code 😀 and a link";
    const [id] = await telegram.sendText(
      talk,
      {
        text,
        entities: [
          { type: "bold", offset: 0, length: 4 },
          { type: "code", offset: 6, length: 4 },
          { type: "text_link", offset: text.indexOf("link"), length: 4, url: "https://example.org/" },
        ],
      },
      { key: "formatted", replyToId, silent: true },
      on.signal,
    );
    const message = view.message(talk.chatId, id!)!;
    expect(message.text).toBe(text);
    expect(message.entities.map(({ type }) => type)).toEqual(["bold", "code", "text_link"]);
    expect(message.entities[2]?.url).toBe("https://example.org/");
    expect(message.replyTo?.messageId).toBe(replyToId);
  });

  it("is refused with a sentence where the account may not write", async () => {
    const { on, telegram } = await ready();
    const news = (await telegram.findChat("@news", on.signal))!;
    await expect(telegram.sendText(news, { text: "no" }, { key: "no" }, on.signal)).rejects.toThrow("rights");
  });
});

describe("a forward", () => {
  it("is refused where the owners do not allow it", async () => {
    const { on, telegram, saved } = await ready();
    const closed = (await telegram.findChat("@closed", on.signal))!;
    const top = on.world.as(on.owner.userId).topMessage(closed.chatId)!.id;
    await expect(telegram.forward(closed, [top], saved, { key: "closed" }, on.signal)).rejects.toThrow(
      "do not allow forwarding",
    );
  });
});
