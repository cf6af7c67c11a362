/** Pictures that look alike, as the owner meets them: asked for, shown, sent, and one removed while another one stays. */
import { createHash } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awaitEnd } from "../support/downloads.ts";
import { buttonsOf, type PhoneMessage } from "../support/phone.ts";
import { savedAnew, scene } from "../support/pictures.ts";
import { type Program, startProgram } from "../support/program.ts";
import { records } from "../support/records.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

/** A picture ends where it ends: what is left up to the size that Telegram told is filled up. */
const SIZE = 300_000;
let sandbox: Sandbox;
let program: Program;
/** Of the messages in order: a scene, the same smaller, the same cut, two others, one that is broken. */
const paths: string[] = [];

beforeAll(async () => {
  sandbox = await startSandbox();
  const { control } = sandbox;
  const chatId = await control.world.addChat({ kind: "channel", title: "Album", username: "album_pics" });
  await control.world.addMessages(
    chatId,
    Array.from({ length: 6 }, (_, number) => ({
      date: 1_700_000_000 + number * 60,
      media: { type: "photo" as const, key: `picture-${number}`, size: SIZE },
    })),
  );
  program = await startProgram({ sandbox });
  await awaitEnd(sandbox, await sandbox.phone.say("/download @album_pics"));
  const original = await scene(70);
  const shown = [
    original,
    await savedAnew(original, { scale: 0.5 }),
    await savedAnew(original, { crop: 0.02, quality: 60 }),
    await scene(71),
    await scene(72),
    (await scene(73)).subarray(0, 8_000),
  ];
  // As if these had been downloaded: what the sandbox paints is alike by its nature.
  await records(program, async ({ chats, messages }) => {
    const chat = (await chats.byUsername("album_pics"))!;
    const rows = await messages.of(chat.chatId, [1, 2, 3, 4, 5, 6, 7]);
    for (const [at, row] of rows.filter(({ localFilePath }) => localFilePath).entries()) {
      const bytes = Buffer.concat([shown[at]!, Buffer.alloc(SIZE - shown[at]!.length)]);
      const path = row.localFilePath!.replace(/\.jpg$/, `-${at}.jpg`);
      rmSync(row.localFilePath!);
      writeFileSync(path, bytes);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      await messages.saved(row, { path, bytes: bytes.length, sha256, hostname: "machine-a", rootId: "again" });
      paths.push(path);
    }
  });
}, 300_000);
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, "");
const labels = ({ replyMarkup }: PhoneMessage) => buttonsOf(replyMarkup).map(({ text }) => plain(text));
const report = (after: number) =>
  sandbox.phone.waitFor(({ text }) => /^🖼 .*(look alike)/.test(text), { after, timeoutMs: 60_000 });

describe("/duplicates, similar pictures", () => {
  let found: PhoneMessage;

  it("looks for them when asked, and says that they are not the same", async () => {
    const asked = await sandbox.phone.say("/duplicates");
    const same = await sandbox.phone.waitFor(/^👯 Nothing is kept twice here/, { after: asked });
    expect(labels(same)).toContain("🖼 Similar pictures");
    await sandbox.phone.press("🖼 Similar pictures", { after: same.id - 1 });
    await sandbox.phone.waitFor(/^🖼 Job \d+ · Similar pictures · /u, { after: same.id });
    found = await report(same.id);
    expect(plain(found.text)).toBe(
      [
        "🖼 1 group · 3 pictures that look alike, of 5. Nothing deleted yet.",
        "They look alike; they are not the same. One may be smaller, cut or compressed, and two shots of one moment may be different pictures. So look at them before you remove one.",
        "⚠️ 1 picture could not be told apart: too plain, too large, broken, or in another format than JPEG, PNG and WebP.",
      ].join("\n"),
    );
    // No rule frees them: they are reviewed one by one.
    expect(labels(found)).toEqual(["Review 1/1"]);
    expect((await sandbox.phone.press("🖼 Similar pictures", { after: same.id - 1 })).text).toBe("Already started.");
  });

  it("shows a group with what each one is, and sends one", async () => {
    await sandbox.phone.press("Review 1/1", { after: found.id - 1 });
    const group = await sandbox.phone.waitFor(
      ({ id, text }) => id === found.id && text.startsWith("🖼 1 of 1 · 3 pictures that look alike, not the same"),
    );
    expect(plain(group.text)).toContain("900×700");
    expect(plain(group.text)).toContain("450×350");
    for (const path of paths.slice(0, 3)) expect(plain(group.text)).toContain(path.slice(-20));
    expect(labels(group)).toEqual(["📎 Send 1", "📎 Send 2", "📎 Send 3", "🗑 1", "🗑 2", "🗑 3", "‹ Back", "Skip ›"]);
    await sandbox.phone.press("📎 Send 2", { after: found.id - 1 });
    await sandbox.phone.waitFor(({ media }) => media !== null && media !== undefined, { after: found.id });
  });

  const remove = async (label: string) => {
    const { id } = (await sandbox.phone.messages()).at(-1)!;
    await sandbox.phone.press(label, { after: found.id - 1 });
    const question = await sandbox.phone.waitFor(
      (message) => message.id === found.id && message.text.startsWith("🗑 Remove 1 picture"),
    );
    expect(plain(question.text)).toContain("what only this one shows is lost");
    await Promise.all([1, 2].map(() => sandbox.phone.press("🗑 Remove this picture", { after: found.id - 1 })));
    return plain((await sandbox.phone.waitFor(/^(✅|⚠️) Job \d+ done/u, { after: id, timeoutMs: 60_000 })).text);
  };
  const back = async () => {
    const asked = await sandbox.phone.say("/duplicates");
    await sandbox.phone.press("🖼 Similar pictures", { after: asked });
    found = await report(asked);
    await sandbox.phone.press("Review 1/1", { after: found.id - 1 });
    return sandbox.phone.waitFor(({ id, text }) => id === found.id && text.startsWith("🖼 1 of 1"));
  };

  it("removes none that has changed since it was shown", async () => {
    const place = paths[2]!;
    const other = await scene(99);
    writeFileSync(place, Buffer.concat([other, Buffer.alloc(SIZE - other.length)]));
    const which = Number(/(\d)\. [^\n]*\n[^\n]*-2\.jpg/u.exec((await sandbox.phone.waitFor(/1 of 1/)).text)?.[1]);
    expect(await remove(`🗑 ${which}`)).toMatch(/nothing removed: it has changed since you were shown it/);
    expect(existsSync(place)).toBe(true);
    rmSync(place);
  });

  it("removes one after a yes, and the last one never", async () => {
    const group = await back();
    expect(plain(group.text)).toContain("2 pictures that look alike");
    expect(await remove("🗑 1")).toMatch(/^✅ Job \d+ done · 1 picture removed, \d/u);
    expect(paths.slice(0, 2).filter((path) => existsSync(path))).toHaveLength(1);
    // The question under the thumb is old by now: the group has one left, which stays.
    await sandbox.phone.say("/start");
    const asked = await sandbox.phone.say("/duplicates");
    await sandbox.phone.press("🖼 Similar pictures", { after: asked });
    expect(plain((await report(asked)).text)).toMatch(/^🖼 No two pictures here look alike\. I looked at 3\./u);
    for (const path of paths.slice(3)) expect(existsSync(path)).toBe(true);
  });

  it("asks Telegram for the removed one only when the owner does", async () => {
    const asked = await sandbox.phone.say("/download @album_pics");
    const end = await awaitEnd(sandbox, asked);
    expect(plain(end.text)).toContain("Nothing new: 6 files already on disk");
    const fetched = await records(program, ({ downloadLog }) => downloadLog.count({ status: "success" }));
    expect(fetched).toBeGreaterThanOrEqual(6);
    expect(paths.slice(0, 2).filter((path) => existsSync(path))).toHaveLength(1);
  });
});
