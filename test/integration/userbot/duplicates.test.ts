/** The short form of `npm run drill -- duplicates`, and the refusals one by one. */
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freeCopy } from "../../../src/userbot/duplicates/free-copy.ts";
import { sqliteDatabase } from "../../support/database.ts";
import { seededRandom } from "../../support/random.ts";
import { oneState } from "../../support/suites/duplicates.ts";
import { tempFolder } from "../../support/temp.ts";

describe("freeing a copy", () => {
  const CONTENT = "the same in both";
  const place = () => {
    const folder = tempFolder();
    const [keep, drop] = [join(folder, "keep"), join(folder, "drop")];
    writeFileSync(keep, CONTENT);
    writeFileSync(drop, CONTENT);
    const free = (how: "link" | "remove", settled = async () => {}) =>
      freeCopy({ keep, drop, size: CONTENT.length, how, settled, signal: new AbortController().signal });
    return { folder, keep, drop, free };
  };

  it("makes one file of two, or takes one away", async () => {
    const linked = place();
    expect(await linked.free("link")).toEqual({ freed: true, bytes: CONTENT.length });
    expect(lstatSync(linked.drop).ino).toBe(lstatSync(linked.keep).ino);
    const removed = place();
    expect(await removed.free("remove")).toEqual({ freed: true, bytes: CONTENT.length });
    expect(readdirSync(removed.folder)).toEqual(["keep"]);
  });

  it("counts nothing for what is one file already, and does nothing to it", async () => {
    const { folder, keep, free, drop } = place();
    writeFileSync(drop, "");
    const other = join(folder, "other");
    linkSync(keep, other);
    const signal = new AbortController().signal;
    const size = CONTENT.length;
    const wish = { keep, drop: other, size, how: "remove" as const, settled: async () => {}, signal };
    expect(await freeCopy(wish)).toEqual({ freed: false, reason: "same-file" });
    expect(await free("remove")).toEqual({ freed: false, reason: "changed" });
  });

  it("leaves alone what is different, gone, a link or a folder", async () => {
    const different = place();
    writeFileSync(different.drop, "the same in bOth");
    expect(await different.free("remove")).toEqual({ freed: false, reason: "different" });
    expect(readFileSync(different.drop, "utf8")).toBe("the same in bOth");
    const linked = place();
    const target = `${linked.drop}-target`;
    writeFileSync(target, CONTENT);
    const link = join(linked.folder, "link");
    symlinkSync(target, link);
    const signal = new AbortController().signal;
    const settled = async () => {};
    const viaLink = { keep: link, drop: linked.drop, size: CONTENT.length, how: "remove" as const, settled, signal };
    expect(await freeCopy(viaLink)).toEqual({ freed: false, reason: "not-a-file" });
    const sub = join(linked.folder, "sub");
    mkdirSync(sub);
    expect(await freeCopy({ ...viaLink, keep: linked.keep, drop: sub })).toEqual({
      freed: false,
      reason: "not-a-file",
    });
    expect(await freeCopy({ ...viaLink, keep: join(sub, "gone") })).toEqual({ freed: false, reason: "missing" });
  });

  it("puts it back where the record could not be written, or the other one changed meanwhile", async () => {
    const failed = place();
    await expect(failed.free("remove", () => Promise.reject(new Error("no database")))).rejects.toThrow("no database");
    expect(readdirSync(failed.folder).sort()).toEqual(["drop", "keep"]);
    const changed = place();
    const settled = async () => writeFileSync(changed.keep, "something else now");
    expect(await changed.free("link", settled)).toEqual({ freed: false, reason: "changed" });
    expect(readFileSync(changed.drop, "utf8")).toBe(CONTENT);
  });
});

it("loses nothing on sixty disks in random states", async () => {
  const { seed, next } = seededRandom();
  const below = (count: number) => Math.floor(next() * count);
  const database = await sqliteDatabase();
  const db = await database.open();
  const folder = tempFolder();
  let freed = 0;
  for (let state = 1; state <= 60; state++) {
    const dice = { below, chance: (share: number) => next() < share };
    const outcome = await oneState(db, join(folder, String(state)), -1_000 - state, dice);
    expect(outcome.faults, `seed ${seed}, state ${state}`).toEqual([]);
    freed += outcome.freed;
  }
  expect(freed).toBeGreaterThan(20);
  await db.close();
  await database.remove();
});
