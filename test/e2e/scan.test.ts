/** /scan through the phone: a stretch of time, a stop in the middle, what is new, what was edited, what is gone. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type Program, startProgram } from "../support/program.ts";
import { records } from "../support/records.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";
import { allMessages } from "../support/world-statistics.ts";

const COUNT = 6_000;
const END = /^(✅|❌) Job/u;
const HISTORY = "messages.getHistory";
let sandbox: Sandbox;
let program: Program;
let chatId: number;

beforeAll(async () => {
  sandbox = await startSandbox();
  chatId = await sandbox.control.world.addChat({
    kind: "channel",
    title: "Long",
    username: "long_chat",
    messages: {
      count: COUNT,
      mediaShare: 0.1,
      types: { photo: 1, document: 1 },
      from: Date.UTC(2020, 0, 1) / 1_000,
      to: Date.UTC(2024, 0, 1) / 1_000,
    },
  });
  program = await startProgram({ sandbox });
}, 300_000);
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, "");
const known = () => records(program, (db) => db.messages.count({ chatId }));
const calls = async () => (await sandbox.control.rpcCounts())[HISTORY] ?? 0;
async function scan(words: string): Promise<string> {
  const asked = await sandbox.phone.say(`/scan ${words}`);
  return plain((await sandbox.phone.waitFor(END, { after: asked, timeoutMs: 120_000 })).text);
}

describe("/scan", () => {
  it("reads only a stretch of time where one is named", async () => {
    const world = await allMessages(sandbox.control, chatId);
    const of2021 = world.filter(({ date }) => new Date(date * 1_000).getUTCFullYear() === 2021);
    expect(await scan("@long_chat 2021")).toMatch(/^✅ Job 1 done · Long/u);
    // The owner's zone is UTC until it is set; nothing beyond the stretch but what shares its pages.
    const stored = await records(program, async (db) =>
      (await db.archives.after(chatId, 0, COUNT + 10)).map(({ messageId, date }) => ({ messageId, date })),
    );
    const within = stored.filter(({ date }) => date.getUTCFullYear() === 2021).map(({ messageId }) => messageId);
    expect(within).toEqual(of2021.map(({ id }) => id).sort((a, b) => a - b));
    expect(stored.length).toBeLessThan(of2021.length + 300);
  });

  it("goes on after a cancel where it was, and asks for nothing twice", async () => {
    const before = await known();
    await sandbox.control.faults.add({
      door: "mtproto",
      method: HISTORY,
      kind: "stall",
      count: null,
      args: { ms: 250 },
    });
    const asked = await sandbox.phone.say("/scan @long_chat");
    await eventually(async () => (await known()) >= before + 1_500, {
      timeoutMs: 120_000,
      what: "a quarter of the messages",
    });
    await sandbox.phone.say("/cancel");
    await sandbox.phone.press("✖ Cancel job", { after: asked });
    await sandbox.phone.waitFor(/^✖ Job 2 cancelled/u, { after: asked, timeoutMs: 60_000 });
    await sandbox.control.faults.clear();
    const kept = await known();
    expect(kept).toBeLessThan(COUNT);
    const sofar = await calls();
    expect(await scan("@long_chat")).toMatch(/^✅ Job 3 done · Long/u);
    const truth = await allMessages(sandbox.control, chatId);
    expect(await known()).toBe(truth.length);
    // A hundred with each call, and a few calls to find the ends. The year was read by a filter, which proves no stretch
    // of ids to be whole.
    const scanned = kept - before;
    expect(scanned).toBeGreaterThanOrEqual(1_500);
    expect((await calls()) - sofar).toBeLessThan((truth.length - scanned) / 100 + 12);
  });

  it("asks for what is new only, and says when there is nothing", async () => {
    await sandbox.control.world.addMessages(
      chatId,
      Array.from({ length: 7 }, (_, n) => ({ text: `new ${n}` })),
    );
    const sofar = await calls();
    expect(await scan("@long_chat")).toMatch(/\n7 messages looked at in .*\n🆕 7 new/u);
    expect(await scan("@long_chat")).toMatch(/\nNothing new/u);
    expect((await calls()) - sofar).toBeLessThan(8);
  });

  it("finds with full what was edited and what is gone, marks it, and removes nothing", async () => {
    const world = await allMessages(sandbox.control, chatId);
    const texts = world.filter(({ text, media, service }) => text && !media && !service).map(({ id }) => id);
    const edited = [texts[0]!, texts[500]!, texts[2_000]!];
    const gone = [texts[1]!, texts[1_000]!, texts[3_000]!, texts[3_001]!];
    for (const id of edited) await sandbox.control.world.editMessage(chatId, id, `edited ${id}`);
    await sandbox.control.world.deleteMessages(chatId, gone);
    expect(await scan("@long_chat")).toMatch(/\nNothing new/u);
    expect(await scan("@long_chat full")).toMatch(/✏️ 3 edited · 🗑 4 gone from Telegram/u);
    expect(await known()).toBe(world.length);
    await records(program, async (db) => {
      for (const row of await db.messages.of(chatId, edited)) expect(row.text).toBe(`edited ${row.messageId}`);
      const marked = await db.messages.presentWithin(chatId, { low: 1, high: world[0]!.id }, COUNT + 100);
      const present = new Set(marked.map(({ messageId }) => messageId));
      expect(gone.some((id) => present.has(id))).toBe(false);
      expect(present.size).toBe(world.length - gone.length);
    });
    expect(await scan("@long_chat full")).not.toMatch(/edited|gone/u);
  });
});
