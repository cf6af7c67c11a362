/** File names that people choose to do harm, through every format, the manifest and the zip. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { expect, it } from "vitest";
import { type ArchiveSource, packZip, readManifest, verifyArchive, writeArchive } from "../../../src/archive/index.ts";
import type { StoredMessage } from "../../../src/core/media.ts";
import { placeFile } from "../../../src/userbot/archive/files.ts";
import { archiveMessage, archiveOrder, CHAT, HOSTILE } from "../../support/archive-messages.ts";
import { exportFaults } from "../../support/desktop-schema.ts";
import { readZip } from "../../support/read-zip.ts";
import { strictCsv } from "../../support/strict-csv.ts";
import { tempFolder } from "../../support/temp.ts";

const HERE = "here";
const NAMES = [
  ...HOSTILE.filter((name) => name !== ""),
  "..",
  "...",
  "..\\..\\windows\\system32\\evil.dll",
  "C:\\evil.txt",
  "CON",
  "nul.txt",
  "~root",
  "-rf *",
  "$(touch hurt) `touch hurt` ;touch hurt",
  "trailing dots...",
  " leading and trailing ",
  "new\nline\r\t.txt",
  "\u202Egpj.exe",
  "x".repeat(240),
  "漢".repeat(80),
  'a"b<c>d|e?f*g:h.txt',
  "%2e%2e%2f%2e%2e%2fetc",
  "#hash?query=1&x=%00",
  "manifest.json",
  "index.html",
  ".htaccess",
];

/** One message for each name, whose file lies on this machine under the most of that name that a disk takes. */
function source(folder: string): ArchiveSource & { messages: StoredMessage[] } {
  const downloads = join(folder, "downloads");
  mkdirSync(downloads);
  const messages = NAMES.map((name, index): StoredMessage => {
    const base = archiveMessage(index, { plain: true, step: 60_000 });
    const onDisk = name.replace(/[/\0]/g, "_").replace(/\p{Surrogate}/gu, "?");
    const path = join(downloads, String(index), [".", ".."].includes(onDisk) ? "dots" : cut(onDisk, 250));
    mkdirSync(dirname(path));
    writeFileSync(path, `content ${index}`);
    return {
      ...base,
      service: null,
      text: name,
      senderName: name,
      media: {
        ...base.media,
        type: (["document", "photo", "video", "audio", "voice", "sticker"] as const)[index % 6]!,
        fileName: name,
        mimeType: index % 6 === 1 ? "image/jpeg" : name.slice(0, 100),
        size: `content ${index}`.length,
        fileKey: `document:${index}`,
      },
      extra: {
        entities: Array.from({ length: 10_000 }, (_, n) => ({ type: "bold" as const, offset: n % 7, length: n % 5 })),
      },
      localFilePath: path,
      downloadHostname: HERE,
      sha256: "0".repeat(64),
    };
  });
  return {
    messages,
    async *read(_chat, afterId) {
      yield messages.filter(({ messageId }) => messageId > afterId);
    },
    place: (message, into) =>
      placeFile(message, into, { all: false, media: true, hostname: HERE, before: join(folder, "none") }),
  };
}

const cut = (name: string, bytes: number): string => {
  let short = name;
  while (Buffer.byteLength(short) > bytes) short = [...short].slice(0, -1).join("");
  return short;
};

/** Every file below a folder, with "/" between its steps. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

it.each(["json", "csv", "html"] as const)(
  "leaves no name of a file in a %s archive that leads anywhere else",
  async (format) => {
    const folder = tempFolder();
    const archive = join(folder, "archives", "one");
    const from = source(folder);
    const quiet = { signal: new AbortController().signal, onMessages: () => {} };
    await writeArchive(
      archive,
      archiveOrder(format, { media: true, chats: [{ ...CHAT, title: "../../up" }] }),
      from,
      quiet,
    );

    // Nothing beside it, nothing above it, and in it only names that every disk takes.
    expect(readdirSync(folder).sort()).toEqual(["archives", "downloads"]);
    expect(readdirSync(join(folder, "archives"))).toEqual(["one"]);
    const files = filesBelow(archive);
    const media = files.filter((path) => path.startsWith("media/"));
    expect(media).toHaveLength(NAMES.length);
    for (const path of files) {
      expect(resolve(archive, path).startsWith(archive + sep)).toBe(true);
      for (const step of path.split("/"))
        expect(step).toMatch(/^[^\\/:*?"<>|\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]+$/u);
      expect(Buffer.byteLength(basename(path))).toBeLessThanOrEqual(255);
      expect(basename(path)).not.toMatch(/[. ]$/);
    }
    expect(files.filter((path) => basename(path) === "manifest.json")).toEqual(["manifest.json"]);

    // The manifest names exactly these, and they are as it says.
    const manifest = (await readManifest(archive))!;
    expect(manifest.files.map(({ path }) => path).sort()).toEqual(files.filter((path) => path !== "manifest.json"));
    expect((await verifyArchive(archive, quiet.signal)).faults).toEqual([]);

    // So does the zip, with files only: no link, no folder above.
    const zip = join(folder, "one.zip");
    await packZip(archive, zip, "one", quiet.signal);
    const entries = readZip(readFileSync(zip));
    expect(entries.map(({ name }) => name).sort()).toEqual(files.map((path) => `one/${path}`));
    for (const { name, bytes, mode } of entries) {
      expect(bytes.equals(readFileSync(join(archive, name.slice("one/".length)))), name).toBe(true);
      expect(mode & 0o170000).toBe(0o100000);
    }

    // Every message leads to its own file.
    const found = pathsIn(format, archive);
    expect(found).toHaveLength(NAMES.length);
    for (const [index, path] of found.entries())
      expect(existsSync(join(archive, path)) && readFileSync(join(archive, path), "utf8")).toBe(`content ${index}`);
    expect(existsSync(join(folder, "hurt"))).toBe(false);
  },
);

/** The paths that an archive gives for the files of its messages, in their order. */
function pathsIn(format: "json" | "csv" | "html", archive: string): string[] {
  if (format === "json") {
    const result = JSON.parse(readFileSync(join(archive, "result.json"), "utf8"));
    expect(exportFaults(result)).toEqual([]);
    return result.messages.map((message: { file?: string; photo?: string }) => message.file ?? message.photo);
  }
  if (format === "csv") {
    const [head = [], ...rows] = strictCsv(readFileSync(join(archive, "messages.csv"), "utf8").replace(/^\uFEFF/, ""));
    return rows.map((row) => row[head.indexOf("file")]!);
  }
  const pages = readdirSync(archive)
    .filter((name) => /^\d{4}-\d\d/.test(name))
    .sort();
  const html = pages.map((page) => readFileSync(join(archive, page), "utf8")).join("");
  const articles = html.split("<article ").slice(1);
  return articles.map((article) => decodeURIComponent(/(?:href|src)="(media\/[^"]*)"/.exec(article)?.[1] ?? ""));
}
