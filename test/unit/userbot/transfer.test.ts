import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type RemoteFile, StaleReferenceError, type Telegram } from "../../../src/userbot/telegram.ts";
import { createTransfer } from "../../../src/userbot/transfer/index.ts";
import { PART_BYTES, partsOf } from "../../../src/userbot/transfer/parts.ts";
import { linkOrCopy, placeFile } from "../../../src/userbot/transfer/place.ts";
import { tempFolder } from "../../support/temp.ts";

const modifiedAt = new Date("2024-02-29T12:34:56Z");
const signal = new AbortController().signal;
const content = randomBytes(3 * PART_BYTES + 777);

const remote = (size: number | null, id = "1"): RemoteFile => ({
  kind: "document",
  id,
  accessHash: "0",
  fileReference: new Uint8Array(),
  dcId: 2,
  thumbSize: "",
  size,
  chatId: 1,
  messageId: 1,
});

/** Gives the content, unless `instead` has something else to say about a part. */
function serving(instead: (offset: number, file: RemoteFile) => Uint8Array | Error | null = () => null) {
  const filePart: Telegram["filePart"] = async (file, offset, limit) => {
    const given = instead(offset, file);
    if (given instanceof Error) throw given;
    return given ?? content.subarray(offset, offset + limit);
  };
  return createTransfer({ filePart } as Telegram);
}
const options = (more = {}) => ({ signal, modifiedAt, refresh: async () => null, ...more });

it.each([
  [0, []],
  [1, [1]],
  [PART_BYTES, [PART_BYTES]],
  [PART_BYTES + 1, [PART_BYTES, 1]],
  [4 * 1024 ** 3 + 5, null],
])("cuts %i bytes into parts that cover each byte once", (size, lengths) => {
  const parts = [...partsOf(size)];
  if (lengths) expect(parts.map(({ length }) => length)).toEqual(lengths);
  let next = 0;
  for (const { offset, length } of parts) {
    expect(offset).toBe(next);
    expect(Math.floor(offset / 2 ** 20)).toBe(Math.floor((offset + PART_BYTES - 1) / 2 ** 20));
    next += length;
  }
  expect(next).toBe(size);
});

it.each([
  ["known", content.length],
  ["untold", null],
])("saves a file whose size is %s", async (_word, size) => {
  const path = join(tempFolder(), "deep", "file.bin");
  let counted = 0;
  const saved = await serving().save(remote(size), path, options({ onBytes: (n: number) => (counted += n) }));
  expect(saved).toEqual({ bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") });
  expect(readFileSync(path).equals(content)).toBe(true);
  expect(statSync(path).mtime).toEqual(modifiedAt);
  expect(counted).toBe(content.length);
});

it.each([
  ["a part is short", () => content.subarray(0, 10)],
  ["a part is empty", () => new Uint8Array()],
  ["a part is refused", () => new Error("no")],
])("leaves nothing behind, and takes its bytes back, when %s", async (_word, last) => {
  const folder = tempFolder();
  let counted = 0;
  const transfer = serving((offset) => (offset === 2 * PART_BYTES ? last() : null));
  const save = transfer.save(
    remote(content.length),
    join(folder, "a"),
    options({ onBytes: (n: number) => (counted += n) }),
  );
  await expect(save).rejects.toThrow();
  expect(readdirSync(folder)).toEqual([]);
  expect(counted).toBe(0);
});

it("goes on with a fresh reference where the old one went stale", async () => {
  const fresh = { ...remote(content.length), accessHash: "fresh" };
  let refreshed = 0;
  const transfer = serving((offset, file) =>
    offset >= PART_BYTES && file.accessHash !== "fresh" ? new StaleReferenceError("stale") : null,
  );
  const refresh = async () => {
    refreshed++;
    return fresh;
  };
  const { bytes } = await transfer.save(remote(content.length), join(tempFolder(), "a"), options({ refresh }));
  expect([bytes, refreshed]).toEqual([content.length, 1]);
});

it("says that the message is gone where no fresh reference is to be had", async () => {
  const transfer = serving(() => new StaleReferenceError("stale"));
  await expect(transfer.save(remote(5), join(tempFolder(), "a"), options())).rejects.toThrow("gone from Telegram");
});

it("does not mix two files when the message was edited meanwhile", async () => {
  const transfer = serving((offset) => (offset > 0 ? new StaleReferenceError("stale") : null));
  const refresh = async () => remote(content.length, "2");
  const save = transfer.save(remote(content.length), join(tempFolder(), "a"), options({ refresh }));
  await expect(save).rejects.toThrow("replaced");
});

it("stops when told to, and leaves nothing", async () => {
  const folder = tempFolder();
  const stop = new AbortController();
  const transfer = serving(() => {
    stop.abort(new Error("enough"));
    return stop.signal.reason as Error;
  });
  await expect(transfer.save(remote(5), join(folder, "a"), options({ signal: stop.signal }))).rejects.toThrow("enough");
  expect(readdirSync(folder)).toEqual([]);
});

it("takes no leftover of an earlier call for anything", async () => {
  const path = join(tempFolder(), "a");
  writeFileSync(`${path}.part`, randomBytes(content.length + 99));
  const { bytes } = await serving().save(remote(content.length), path, options());
  expect([bytes, statSync(path).size, existsSync(`${path}.part`)]).toEqual([content.length, content.length, false]);
});

it("never replaces a file that has the name already", async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, "taken"), "mine");
  writeFileSync(join(folder, "new"), "yours");
  await expect(placeFile(join(folder, "new"), join(folder, "taken"))).rejects.toMatchObject({ code: "EEXIST" });
  await expect(linkOrCopy(join(folder, "new"), join(folder, "taken"))).rejects.toMatchObject({ code: "EEXIST" });
  expect(readFileSync(join(folder, "taken"), "utf8")).toBe("mine");
});
