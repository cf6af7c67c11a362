import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ArchiveOrder, readManifest, verifyArchive, writeArchive } from "../../../src/archive/index.ts";
import { ARCHIVE_FORMATS } from "../../../src/core/query-types.ts";
import { archiveOrder, archiveSource, CHAT, digest } from "../../support/archive-messages.ts";
import { tempFolder } from "../../support/temp.ts";

const quiet = { signal: new AbortController().signal, onMessages: () => {} };
const COUNT = 11_200;

function bytesOf(folder: string): { [path: string]: string } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length), digest(readFileSync(path))]),
  );
}

/** Stops at so many messages, as a kill would: nothing is tidied up. */
async function interrupted(folder: string, order: ArchiveOrder, at: number) {
  const source = archiveSource(COUNT, {
    page: 500,
    onPage: (from) => {
      if (from >= at) throw new Error("killed");
    },
  });
  await expect(writeArchive(folder, order, source, quiet)).rejects.toThrow("killed");
}

describe.each(ARCHIVE_FORMATS)("an archive as %s", (format) => {
  it("is the same, byte for byte, after interruptions anywhere", async () => {
    const folder = tempFolder();
    const order = archiveOrder(format, format === "html" ? { all: true, chats: [CHAT] } : {});
    await writeArchive(join(folder, "whole"), order, archiveSource(COUNT, { page: 500 }), quiet);
    for (const at of [500, 5_500, 10_500]) await interrupted(join(folder, "again"), order, at);
    expect(existsSync(join(folder, "again"))).toBe(false);
    await writeArchive(join(folder, "again"), order, archiveSource(COUNT, { page: 500 }), quiet);
    expect(bytesOf(join(folder, "again"))).toEqual(bytesOf(join(folder, "whole")));
    expect(readdirSync(folder).sort()).toEqual(["again", "whole"]);
  }, 30_000);
});

it("cuts off what was written after the last note, whatever stands there", async () => {
  const folder = tempFolder();
  const order = archiveOrder("html");
  await writeArchive(join(folder, "whole"), order, archiveSource(COUNT), quiet);
  await interrupted(join(folder, "again"), order, 9_000);
  const partial = join(folder, "again.partial");
  for (const name of readdirSync(partial).filter((one) => one.endsWith(".html"))) {
    const path = join(partial, name);
    if (
      name ===
      readdirSync(partial)
        .filter((one) => one.endsWith(".html"))
        .at(-1)
    )
      writeFileSync(path, `${readFileSync(path, "utf8")}<p>torn`);
  }
  writeFileSync(join(partial, "2031-01.html"), "left behind");
  await writeArchive(join(folder, "again"), order, archiveSource(COUNT), quiet);
  expect(bytesOf(join(folder, "again"))).toEqual(bytesOf(join(folder, "whole")));
});

it("keeps the archive that is there until the new one is whole, and takes its place", async () => {
  const folder = join(tempFolder(), "a");
  await writeArchive(folder, archiveOrder("json"), archiveSource(100), quiet);
  const before = bytesOf(folder);
  const second = archiveOrder("json", { id: "order-2" });
  await expect(
    writeArchive(
      folder,
      second,
      archiveSource(200, {
        page: 50,
        onPage: (from) => {
          if (from >= 100) throw new Error("killed");
        },
      }),
      quiet,
    ),
  ).rejects.toThrow();
  expect(bytesOf(folder)).toEqual(before);
  // Killed between the two renames.
  renameSync(folder, `${folder}.old`);
  await writeArchive(folder, second, archiveSource(200), quiet);
  expect((await readManifest(folder))?.messages).toBe(200);
  expect(existsSync(`${folder}.old`)).toBe(false);
});

it("begins anew where another wish was interrupted", async () => {
  const folder = join(tempFolder(), "a");
  await interrupted(folder, archiveOrder("csv"), 7_000);
  await writeArchive(folder, archiveOrder("json", { id: "other" }), archiveSource(10), quiet);
  expect(readdirSync(folder).sort()).toEqual(["manifest.json", "result.json"]);
});

it("proves every file, and names what was changed, lost or added", async () => {
  const folder = join(tempFolder(), "a");
  await writeArchive(folder, archiveOrder("html"), archiveSource(1_200), quiet);
  expect(await verifyArchive(folder)).toMatchObject({ files: 4, faults: [] });
  const page = join(folder, "2021-12.html");
  writeFileSync(page, `${readFileSync(page, "utf8")} `);
  rmSync(join(folder, "2021-11.html"));
  mkdirSync(join(folder, "media"));
  cpSync(page, join(folder, "media/x.html"));
  const { faults } = await verifyArchive(folder);
  expect(faults.map((fault) => fault.split(" (")[0])).toEqual([
    "Missing: 2021-11.html",
    "Changed: 2021-12.html",
    "Not of this archive: media/x.html",
  ]);
  expect((await verifyArchive(tempFolder())).faults).toEqual(["There is no manifest.json that can be read."]);
});
