/** Every number that /stats tells, in words and in its tables, is the one that the world itself has. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awaitEnd } from "../support/downloads.ts";
import { eventually } from "../support/eventually.ts";
import type { PhoneMessage } from "../support/phone.ts";
import { type Program, startProgram } from "../support/program.ts";
import { records } from "../support/records.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";
import { strictCsv } from "../support/strict-csv.ts";
import { allMessages, countWorld, type Sums, type WorldStatistics } from "../support/world-statistics.ts";

/** Half an hour off, with summer time. */
const ZONE = "America/St_Johns";
let sandbox: Sandbox;
let program: Program;
let chatId: number;
let truth: WorldStatistics;
let asked = 0;
/** The message that turns, its text and its CSV. */
let answer: PhoneMessage;

const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, "");
const count = (number: number) => new Intl.NumberFormat("en").format(number);

beforeAll(async () => {
  sandbox = await startSandbox();
  const { world } = sandbox.control;
  chatId = await world.addChat({
    kind: "supergroup",
    title: "Truth",
    username: "truth_group",
    messages: {
      count: 600,
      mediaShare: 0.6,
      types: { photo: 5, video: 2, document: 5, voice: 2, round: 1, audio: 2, sticker: 2, animation: 1 },
      sizeMin: 300,
      sizeMax: 40_000,
      // Over six years, so that clocks go forwards and back many times, and months stay empty.
      from: Date.UTC(2019, 2, 5) / 1_000,
      to: Date.UTC(2025, 1, 3) / 1_000,
      languages: ["en", "uk", "he", "zh", "ar"],
      seed: 77,
    },
  });
  const named = ["תמונה.PNG", "報告.pdf", "no extension", ".hidden", "a.tar.gz", "dot.", "Отчёт.jpeg"];
  await world.addMessages(chatId, [
    ...named.map((name, n) => ({
      date: 1_738_700_000 + n * 60,
      media: { type: "document", size: 1_000 + n, name, mimeType: "application/octet-stream", key: `named-${n}` },
    })),
    { date: 1_738_800_000, text: "the last word" },
  ]);
  program = await startProgram({ sandbox });
  await records(program, (db) => db.settings.set("timeZone", ZONE));
  await awaitEnd(sandbox, await sandbox.phone.say("/scan @truth_group"));
  const [messages, files] = [await allMessages(sandbox.control, chatId), await world.files(chatId, { hashes: false })];
  const names = await records(program, async (db) => {
    const rows = await db.statistics.senders(chatId, 1_000);
    return new Map(rows.top.map(({ senderId, name }) => [senderId, name ?? String(senderId)]));
  });
  truth = countWorld(messages, files, (id) => names.get(id) ?? `unknown ${id}`, ZONE);
  asked = await sandbox.phone.say("/stats @truth_group");
  answer = await sandbox.phone.waitFor(/📊 /, { after: asked });
}, 300_000);
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

async function turnTo(button: string, shows: string): Promise<string> {
  await sandbox.phone.press(button, { after: asked });
  const turned = await sandbox.phone.waitFor(({ id, text }) => id === answer.id && text.includes(`\n${shows}\n`));
  return plain(turned.text);
}

/** The table of the view that is shown, as rows by the words of its first line. */
async function table(): Promise<{ [column: string]: string }[]> {
  const before = (await sandbox.phone.messages()).at(-1)!.id;
  await sandbox.phone.press("📄 CSV", { after: asked });
  const sent = await sandbox.phone.waitFor(({ media }) => media?.kind === "document", { after: before });
  const bytes = await eventually(
    async () => {
      const response = await fetch(new URL(`/files/${sent.media!.fileId}`, sandbox.ready.page));
      return response.ok ? await response.text() : null;
    },
    { timeoutMs: 20_000, what: "the table's bytes" },
  );
  const [head = [], ...rows] = strictCsv(bytes.replace(/^\uFEFF/, ""));
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""])));
}

const sumsOf = (rows: { [column: string]: string }[], by: string): Sums =>
  Object.fromEntries(
    rows.map((row) => [
      row[by]!.replace(/^'/, ""),
      { messages: Number(row.messages), files: Number(row.files), bytes: Number(row.bytes) },
    ]),
  );

describe("/stats against the world", () => {
  it("counts messages, media and bytes", () => {
    expect(truth.total.messages).toBeGreaterThan(600);
    expect(plain(answer.text)).toContain(`${count(truth.total.messages)} messages · ${count(truth.total.files)} media`);
  });

  it.each<[string, string, string, keyof WorldStatistics]>([
    ["By person", "By person", "sender", "senders"],
    ["Kinds", "Kinds", "kind", "kinds"],
    ["Extensions", "Extensions", "extension", "extensions"],
    ["Months", "Months", "month", "months"],
    ["Growth", "Growth", "month", "growth"],
  ])(
    "tells in the view “%s” what the world holds, to the last message and byte",
    async (button, shows, column, name) => {
      const sums = truth[name] as Sums;
      const text = await turnTo(button, shows);
      expect(sumsOf(await table(), column)).toEqual(sums);
      // The words have the first ten, or the newest ten.
      const listed = Object.entries(sums)
        .sort((a, b) => (column === "month" ? (a[0] < b[0] ? 1 : -1) : b[1].messages - a[1].messages))
        .slice(0, 10);
      const lines = text.split("\n").filter((line) => /^(\d+\. |\d{4}-\d\d: )/.test(line));
      expect(lines).toHaveLength(Math.min(10, Object.keys(sums).length));
      expect(lines.map((line) => Number(/(?:– |: )([\d,]+)/.exec(line)![1]!.replaceAll(",", "")))).toEqual(
        listed.map(([, { messages }]) => messages),
      );
    },
  );

  it("tells weekdays and hours by the owner's clock, summer and winter", async () => {
    const text = await turnTo("Hours", "Weekdays and hours");
    const slots: { [slot: string]: number } = {};
    for (const { weekday, ...hours } of await table())
      for (const [hour, messages] of Object.entries(hours))
        if (Number(messages) > 0) slots[`${weekday} ${hour}`] = Number(messages);
    expect(slots).toEqual(truth.hours);
    const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    for (const day of days) {
      const of = Object.entries(truth.hours).filter(([slot]) => slot.startsWith(day.slice(0, 3)));
      expect(text).toContain(`${day}: ${count(of.reduce((sum, [, messages]) => sum + messages, 0))} (`);
    }
    const [busiest] = Object.entries(truth.hours).sort((a, b) => b[1] - a[1]);
    const best = Object.entries(truth.hours).filter(([, messages]) => messages === busiest![1]);
    const said = /Busiest: (\w+)s (\d\d):00/.exec(text)!;
    expect(best.map(([slot]) => slot)).toContain(`${said[1]!.slice(0, 3)} ${Number(said[2])}`);
  });

  it("tells average, quantiles and the largest files", async () => {
    await turnTo("Sizes", "Sizes");
    const rows = await table();
    const { sizes, largest } = truth;
    expect(Number(rows.find(({ what }) => what === "average")!.bytes)).toBe(
      Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length),
    );
    for (const share of [0, 0.25, 0.5, 0.75, 0.9, 0.99, 1]) {
      const place = Math.max(0, Math.ceil(share * sizes.length) - 1);
      const row = rows.find(({ what }) => what === `quantile ${share}`)!;
      expect([share, Number(row.bytes)]).toEqual([share, sizes[place]]);
    }
    const shown = rows.filter(({ what }) => what === "largest");
    expect(shown.map(({ bytes }) => Number(bytes))).toEqual(largest.slice(0, 10).map(({ bytes }) => bytes));
    for (const { message, bytes } of shown)
      expect(largest).toContainEqual({ messageId: Number(message), bytes: Number(bytes) });
  });

  it("tells what is saved, missing and failed after a download that went wrong in part", async () => {
    const { faults, world } = sandbox.control;
    const files = await world.files(chatId, { hashes: false });
    const broken = files.filter(({ mediaType }) => mediaType === "voice").slice(0, 3);
    for (const { fileId } of broken)
      await faults.add({
        door: "mtproto",
        method: "upload.getFile",
        kind: "error",
        count: null,
        match: fileId,
        args: { code: 400, message: "LOCATION_INVALID" },
      });
    await awaitEnd(sandbox, await sandbox.phone.say("/download @truth_group voice"));
    await awaitEnd(sandbox, await sandbox.phone.say("/download @truth_group audio"));
    await faults.clear();
    const onDisk = files.filter(({ mediaType }) => mediaType === "voice" || mediaType === "audio").length;
    const again = await sandbox.phone.say("/stats @truth_group");
    const { text } = await sandbox.phone.waitFor(/📊 /, { after: again });
    expect(plain(text)).toContain(
      `💾 ${onDisk - broken.length} saved · ${count(files.length - onDisk)} missing · ${broken.length} failed`,
    );
  });

  it("counts a stretch of time, a kind and a person alike, message by message", async () => {
    const messages = await allMessages(sandbox.control, chatId);
    const files = new Map(
      (await sandbox.control.world.files(chatId, { hashes: false })).map((one) => [one.messageId, one]),
    );
    const year = new Intl.DateTimeFormat("en", { timeZone: ZONE, year: "numeric" });
    const of2021 = messages.filter(({ date }) => year.format(date * 1_000) === "2021");
    const wishes: [string, typeof messages][] = [
      ["2021", of2021],
      ["photo", messages.filter(({ id }) => files.get(id)?.mediaType === "photo")],
      ["photo 2021", of2021.filter(({ id }) => files.get(id)?.mediaType === "photo")],
    ];
    for (const [words, wanted] of wishes) {
      const at = await sandbox.phone.say(`/stats @truth_group ${words}`);
      const { text } = await sandbox.phone.waitFor(/📊 /, { after: at });
      const media = wanted.filter(({ id }) => files.has(id)).length;
      expect([words, plain(text)]).toEqual([
        words,
        expect.stringContaining(`${count(wanted.length)} messages · ${count(media)} media`),
      ]);
    }
  });
});
