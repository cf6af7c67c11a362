import { existsSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lockDataFolder, prepareFolder } from "../../src/data-folder.ts";
import { tempFolder } from "../support/temp.ts";

const lockOf = (folder: string, holder: object) => writeFileSync(join(folder, "lock"), JSON.stringify(holder));

describe("the data folder", () => {
  it("is made for its owner alone", () => {
    const folder = join(tempFolder(), "a", "b");
    prepareFolder(folder, "DATA_DIR");
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("is refused where nothing can be made, although the parent is there", () => {
    expect(() => prepareFolder("/proc/nowhere", "DATA_DIR")).toThrow(/cannot be written \(ENOENT\)/);
  });

  it("says which setting to change where it cannot be a folder", () => {
    const file = join(tempFolder(), "file");
    writeFileSync(file, "");
    expect(() => prepareFolder(join(file, "x"), "DOWNLOAD_DIR")).toThrow(/DOWNLOAD_DIR/);
  });

  it("is given back", () => {
    const folder = tempFolder();
    lockDataFolder(folder)();
    expect(existsSync(join(folder, "lock"))).toBe(false);
    lockDataFolder(folder)();
  });

  it("is refused while another process lives in it", () => {
    const folder = tempFolder();
    lockOf(folder, { pid: process.ppid, hostname: hostname(), began: null });
    expect(() => lockDataFolder(folder)).toThrow(`in use by process ${process.ppid}`);
  });

  it.each([
    ["a process that is gone", { pid: 2 ** 22 + 1, hostname: hostname(), began: null }],
    ["a pid that is another process by now", { pid: process.ppid, hostname: hostname(), began: "1" }],
    ["an earlier process of our own pid", { pid: process.pid, hostname: hostname(), began: "1" }],
  ])("is taken over from %s", (_, holder) => {
    const folder = tempFolder();
    lockOf(folder, holder);
    lockDataFolder(folder)();
  });

  it("is taken over from another host only after a minute of silence", () => {
    const folder = tempFolder();
    lockOf(folder, { pid: 1, hostname: "elsewhere", began: null });
    expect(() => lockDataFolder(folder)).toThrow("on elsewhere");
    const past = new Date(Date.now() - 61_000);
    utimesSync(join(folder, "lock"), past, past);
    lockDataFolder(folder)();
  });

  it("is taken over from a lock that was cut in the middle", () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "lock"), '{"pid":');
    lockDataFolder(folder)();
  });
});
