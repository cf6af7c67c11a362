import { describe, expect, it } from "vitest";
import { type FileNameParts, renderFilename, withSuffix } from "../../../src/core/filename.ts";
import type { Media } from "../../../src/core/media.ts";
import { byteLength, safeName } from "../../../src/core/safe-name.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/settings.ts";
import { checkTemplate } from "../../../src/core/template.ts";
import { Random } from "./random.ts";

function parts(fileName: string | null, more: Partial<FileNameParts> = {}, media: Partial<Media> = {}): FileNameParts {
  return {
    chatTitle: "News",
    chatId: -1001,
    date: new Date("2024-05-03T10:20:30Z"),
    messageId: 123,
    ...more,
    media: {
      type: "document",
      round: false,
      fileName,
      mimeType: null,
      size: 1,
      fileKey: null,
      dcId: null,
      duration: null,
      width: null,
      height: null,
      restricted: false,
      ...media,
    },
  };
}
const usual = (fileName: string | null, media: Partial<Media> = {}): string =>
  renderFilename("{date}_{time}_{name}", parts(fileName, {}, media)).replace("20240503_102030_", "");
const alone = (fileName: string): string => renderFilename("{name}", parts(fileName));

/** What every file system and every other program may rely on. */
function expectSafe(path: string): void {
  for (const step of path.split("/")) {
    expect(step).toMatch(/^[^.\s-]/);
    expect(step).not.toMatch(/[<>:"\\|?*\p{Cc}\p{Surrogate}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
    expect(step).not.toMatch(/[.\s]$/);
    expect(step).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
    expect(step).toBe(step.normalize("NFC"));
    expect(byteLength(step)).toBe(new TextEncoder().encode(step).length);
    expect(byteLength(step)).toBeLessThanOrEqual(143);
  }
  const file = path.split("/").at(-1) ?? "";
  expect(file).not.toMatch(/\.part$/i);
  expect(byteLength(`${file}_2147483647.part`)).toBeLessThanOrEqual(143);
}

describe("renderFilename", () => {
  it("puts the message's time in UTC before the original name", () => {
    expect(renderFilename(DEFAULT_SETTINGS.filenameTemplate, parts("Report 1.pdf"))).toBe(
      "News/20240503_102030_Report 1.pdf",
    );
  });

  it.each<[string | null, string]>([
    ["report.pdf", "report.pdf"],
    ["Отчёт за май.docx", "Отчёт за май.docx"],
    ["../../etc/passwd", "__etc_passwd"],
    ["..\\..\\windows\\system.ini", "__windows_system.ini"],
    ["a/b.txt", "a_b.txt"],
    ["/etc/passwd", "_etc_passwd"],
    ["evil\u202Egpj.exe", "evilgpj.exe"],
    ["a\u0000b\u0007c.txt", "abc.txt"],
    ["line\nbreak.txt", "line break.txt"],
    ["trailing. . ", "trailing"],
    ["  spaces   inside .txt", "spaces inside .txt"],
    ["\uD800half.txt", "half.txt"],
    ["e\u0301.txt", "é.txt"],
    ["x.part", "x.part_"],
    ["what?*.mp3", "what__.mp3"],
    ["", "document_123.bin"],
    ["   ", "document_123.bin"],
    ["...", "document_123.bin"],
    ["///", "document_123.bin"],
    ["\u202E\u200B", "document_123.bin"],
  ])("keeps %j as %s", (name, expected) => {
    expect(usual(name)).toBe(expected);
  });

  it.each([
    ["CON", "_CON"],
    ["con.txt", "_con.txt"],
    ["NUL .txt", "_NUL .txt"],
    ["COM1.tar.gz", "_COM1.tar.gz"],
    ["lpt¹.pdf", "_lpt¹.pdf"],
    ["console.txt", "console.txt"],
    [".gitignore", "gitignore"],
    ["-rf", "_rf"],
    ["..", "document_123.bin"],
  ])("keeps %j by itself as %s", (name, expected) => {
    expect(alone(name)).toBe(expected);
  });

  it.each<[Partial<Media>, string]>([
    [{ type: "photo" }, "photo_123.jpg"],
    [{ type: "video", mimeType: "video/mp4" }, "video_123.mp4"],
    [{ type: "video", mimeType: "video/quicktime" }, "video_123.mov"],
    [{ type: "video", round: true }, "round_123.mp4"],
    [{ type: "voice", mimeType: "audio/ogg" }, "voice_123.ogg"],
    [{ type: "audio", mimeType: "audio/flac" }, "audio_123.flac"],
    [{ type: "sticker", mimeType: "application/x-tgsticker" }, "sticker_123.tgs"],
    [{ type: "sticker", mimeType: "video/webm" }, "sticker_123.webm"],
    [{ type: "sticker" }, "sticker_123.webp"],
    [{ type: "animation" }, "animation_123.mp4"],
    [{ type: "document", mimeType: "application/pdf; charset=x" }, "document_123.pdf"],
    [{ type: "document", mimeType: "x/y" }, "document_123.bin"],
    [{ type: "other" }, "file_123.bin"],
  ])("names media without a name: %j", (media, expected) => {
    expect(usual(null, media)).toBe(expected);
  });

  it("cuts by bytes between whole characters, and keeps the extension", () => {
    for (const name of [
      "😀".repeat(300),
      "я".repeat(300),
      "👨‍👩‍👧‍👦".repeat(60),
      "e\u0301".repeat(300),
      "a".repeat(100_000),
    ]) {
      const cut = usual(`${name}.tar.gz`);
      expect(cut).toMatch(/\.tar\.gz$/);
      expect(name.normalize("NFC").startsWith(cut.slice(0, -7))).toBe(true);
      expect(byteLength(cut)).toBeGreaterThan(70);
      expectSafe(`20240503_102030_${cut}`);
    }
    expect(usual(`${"👨‍👩‍👧‍👦".repeat(60)}.mp4`).replace(/(?:👨‍👩‍👧‍👦)+/u, "")).toBe(".mp4");
    expect(byteLength(usual(`a${"\u0301".repeat(9_999)}.txt`))).toBeGreaterThan(70);
  });

  it("is safe and the same every time, whatever the names", () => {
    const random = new Random(7);
    const templates = [
      DEFAULT_SETTINGS.filenameTemplate,
      "{name}",
      "{chat}/{sender}/{topic}/{name}",
      "{type}/{year}/{month}/{day}/{album}_{id}.{ext}",
      "{chat_id}/{id}_{name}.{ext}",
    ];
    for (let round = 0; round < 400; round++) {
      const given = parts(random.chance(0.1) ? null : random.text(random.int(0, 200)), {
        chatTitle: random.text(random.int(0, 90)),
        senderName: random.chance(0.3) ? null : random.text(random.int(0, 40)),
        topicTitle: random.chance(0.3) ? null : random.text(random.int(0, 40)),
        messageId: random.int(1, 2 ** 31 - 1),
      });
      const template = random.pick(templates);
      const path = renderFilename(template, given);
      expectSafe(path);
      expect(path.split("/").length).toBeLessThanOrEqual(template.split("/").length);
      expect(renderFilename(template, given)).toBe(path);
      const other = withSuffix(path, given.messageId);
      expect(other).not.toBe(path);
      for (const step of other.split("/")) expect(byteLength(`${step}.part`)).toBeLessThanOrEqual(143);
    }
  });

  it("organises by what the template asks for", () => {
    const given = parts("clip.MP4", { senderName: "Anna", topicTitle: "Holiday", albumId: "77" }, { type: "video" });
    const render = (template: string) => renderFilename(template, given);
    expect(render("{chat}/{type}/{year}-{month}-{day}/{id}_{name}")).toBe("News/video/2024-05-03/123_clip.MP4");
    expect(render("{sender}/{topic}/{album}_{name}.{ext}")).toBe("Anna/Holiday/77_clip.MP4");
    expect(render("{chat_id}/{date}_{id}")).toBe("_1001/20240503_123.MP4");
    expect(renderFilename("{topic}/{sender}/{name}", parts("a.b", { topicId: 5 }))).toBe("topic_5/unknown/a.b");
  });

  it("names the folder of a chat without a usable title by its id", () => {
    expect(renderFilename("{chat}/{name}", parts("a.b", { chatTitle: "..." }))).toBe("chat_-1001/a.b");
    expect(renderFilename("{chat}/{name}", parts("a.b", { chatTitle: "a/../b" }))).toBe("a__b/a.b");
  });
});

describe("withSuffix", () => {
  it("tells two files of one second and one name apart", () => {
    expect(withSuffix("News/20240503_102030_a.pdf", 124)).toBe("News/20240503_102030_a_124.pdf");
    expect(withSuffix("News/20240503_102030_a.tar.gz", 124)).toBe("News/20240503_102030_a_124.tar.gz");
    expect(withSuffix("a", 124, -1001)).toBe("a_124_1001");
  });
});

it("keeps an ending while it cuts", () => {
  expect(safeName("abcdefgh.pdf", 8, ".pdf")).toBe("abcd.pdf");
  expect(safeName("con.pdf", 7, ".pdf")).toBe("_co.pdf");
  expect(safeName("é".repeat(10), 5)).toBe("éé");
});

describe("checkTemplate", () => {
  it("gives a good template back, tidied", () => {
    expect(checkTemplate(" {chat}/{date}_{time}_{name} ")).toBe("{chat}/{date}_{time}_{name}");
  });

  it.each([
    ["", "{name}"],
    ["{chat}/{date}", "{name} or {id}"],
    ["{name}/files", "{name} or {id}"],
    ["{nmae}", "did you mean {name}?"],
    ["{colour}_{name}", "use {chat}"],
    ["{name", "partner"],
    ["/data/{name}", "inside the download folder"],
    ["C:/{name}", "inside the download folder"],
    ["~/{name}", "inside the download folder"],
    ["../{name}", "inside the download folder"],
    ["a\\{name}", "parted by /"],
    ["a//{name}", "no name"],
    ["a/b/c/d/e/f/g/h/{name}", "too many folders"],
    [`${"x".repeat(200)}{name}`, "too long"],
  ])("refuses %j and says what to write", (template, part) => {
    expect(() => checkTemplate(template)).toThrow(part);
  });
});
