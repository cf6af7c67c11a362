import PQueue from "p-queue";
import { expect, it } from "vitest";
import { RetryLaterError } from "../../../src/core/errors.ts";
import { onDisk } from "../../../src/userbot/disk.ts";
import { Lanes } from "../../../src/userbot/lanes.ts";
import { forEachConcurrent } from "../../../src/userbot/pool.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));
const signal = new AbortController().signal;

it("keeps to the queue's bounds over several batches at once", async () => {
  const queue = new PQueue({ concurrency: 5 });
  let running = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++running);
    await turn();
    running--;
  };
  const items = Array.from({ length: 40 }, (_, n) => n);
  await Promise.all([1, 2, 3].map(() => forEachConcurrent(items, { queue, signal }, work)));
  expect(most).toBe(5);
});

it("stops the others at the first failure, and rejects when nothing runs any more", async () => {
  const queue = new PQueue({ concurrency: 3 });
  let running = 0;
  let begun = 0;
  const work = async (n: number, stop: AbortSignal) => {
    begun++;
    running++;
    try {
      if (n === 1) throw new Error("first");
      while (!stop.aborted) await turn();
      await turn();
      throw stop.reason;
    } finally {
      running--;
    }
  };
  await expect(forEachConcurrent([0, 1, 2, 3, 4, 5], { queue, signal }, work)).rejects.toThrow("first");
  expect([running, begun]).toEqual([0, 3]);
});

it("begins nothing once told to stop", async () => {
  const stop = new AbortController();
  stop.abort(new Error("enough"));
  const queue = new PQueue({ concurrency: 2 });
  const work = () => Promise.reject(new Error("begun"));
  await expect(forEachConcurrent([1, 2], { queue, signal: stop.signal }, work)).rejects.toThrow("enough");
});

it("leaves slots for questions while scans and downloads are full", () => {
  const lanes = new Lanes();
  for (const task of ["scan", "scan", "download", "download", "download"] as const) lanes.enter(task);
  expect(lanes.free()).toEqual(expect.arrayContaining(["chats", "plan", "resolve"]));
  expect(lanes.free()).not.toContain("scan");
  expect(lanes.free()).not.toContain("download");
  lanes.leave("download");
  expect(lanes.free()).toContain("download");
});

it.each(["ENOSPC", "EDQUOT"])("makes of a full disk (%s) a wait, not a failure", async (code) => {
  const full = () => Promise.reject(Object.assign(new Error(code), { code }));
  const error = await onDisk(full).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RetryLaterError);
  expect(error).toMatchObject({ reason: "DISK" });
});

it.each(["EROFS", "EACCES", "EIO", "ENOTCONN"])(
  "makes of a disk out of reach (%s) a wait, not a failure",
  async (code) => {
    const away = () => Promise.reject(Object.assign(new Error(code), { code }));
    const error = await onDisk(away).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RetryLaterError);
    expect(error).toMatchObject({ reason: "FOLDER", message: `The download folder cannot be written (${code}).` });
  },
);
