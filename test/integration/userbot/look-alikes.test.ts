/** Pictures that look alike: found on a disk with all kinds of files, and removed only where another one stays. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Job, NO_PROGRESS } from "../../../src/core/job.ts";
import type { LookAlikeReport, RemovalOrder } from "../../../src/core/look-alikes.ts";
import type { Db } from "../../../src/db/db.ts";
import type { TaskContext } from "../../../src/userbot/task.ts";
import { lookAlikes } from "../../../src/userbot/tasks/look-alikes.ts";
import { removeLookAlike } from "../../../src/userbot/tasks/remove-look-alike.ts";
import { sampleMessage } from "../../contract/db/samples.ts";
import { sqliteDatabase } from "../../support/database.ts";
import { savedAnew, scene } from "../../support/pictures.ts";
import { makeTempFolder, removeFolder } from "../../support/temp.ts";

const HOST = "machine-a";
const CHAT = -100_777;
let database: Awaited<ReturnType<typeof sqliteDatabase>>;
let db: Db;
let folder: string;
let lastId = 0;

beforeAll(async () => {
  database = await sqliteDatabase();
});
beforeEach(async () => {
  db = await database.open();
  folder = makeTempFolder();
  // Each test has a machine's disk of its own.
  for (const { path, content } of await allOf()) await db.pictures.removed(HOST, path, `sha256:${content}`);
});
afterAll(() => database.remove());

const allOf = () => db.duplicates.files(HOST, "sha256", null, 1_000);
const close = async () => {
  await db.close();
  removeFolder(folder);
};
const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** As a download leaves it: the file and its record. */
async function put(name: string, bytes: Buffer, mimeType = "image/jpeg"): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const messageId = ++lastId;
  const media = { type: mimeType === "image/jpeg" ? ("photo" as const) : ("document" as const), mimeType, size: null };
  await db.messages.record([sampleMessage({ chatId: CHAT, messageId, media })], HOST);
  await db.messages.saved(
    { chatId: CHAT, messageId },
    { path, bytes: bytes.length, sha256: sha(bytes), hostname: HOST, rootId: "r" },
  );
  return path;
}

const contextFor = (over: Partial<TaskContext> = {}): TaskContext =>
  ({
    db,
    hostname: HOST,
    progress: { ...NO_PROGRESS },
    signal: new AbortController().signal,
    log: pino({ level: "silent" }),
    confirm: async () => {},
    ...over,
  }) as unknown as TaskContext;
const jobOf = (task: Job["task"], payload: unknown) =>
  ({ id: "x", task, payload, progress: { ...NO_PROGRESS } }) as never;
const look = (context = contextFor()): Promise<LookAlikeReport> => lookAlikes(jobOf("look-alikes", {}), context);
const remove = (order: RemovalOrder, context = contextFor()) =>
  removeLookAlike(jobOf("remove-look-alike", order), context);
const names = ({ groups }: LookAlikeReport) =>
  groups.map(({ pictures }) => pictures.map(({ paths }) => basename(paths[0]!)).sort());

describe("pictures that look alike", () => {
  it("are found among different, broken, hostile and other files, and looked at once only", async () => {
    const [first, second] = [await scene(11), await scene(12)];
    await put("first.jpg", first);
    await put("first-small.webp", await savedAnew(first, { scale: 0.5, form: "webp" }), "image/webp");
    await put("first-cut.jpg", await savedAnew(first, { crop: 0.02, quality: 60 }));
    await put("first-twin.jpg", first);
    await put("second.jpg", second);
    await put("second.png", await savedAnew(second, { form: "png" }), "image/png");
    for (const number of [13, 14, 15]) await put(`other-${number}.jpg`, await scene(number));
    await put("half.jpg", (await scene(16)).subarray(0, 9_000));
    await put("no-picture.jpg", Buffer.from("<svg onload=alert(1)>".repeat(100)));
    await put("report.pdf", first, "application/pdf");
    rmSync(await put("gone.jpg", await scene(17)));
    const context = contextFor();
    const report = await look(context);
    expect(names(report).sort()).toEqual([
      ["first-cut.jpg", "first-small.webp", "first.jpg"],
      ["second.jpg", "second.png"],
    ]);
    // The same file twice is one picture with two places.
    const twin = report.groups.flatMap(({ pictures }) => pictures).find(({ paths }) => paths.length === 2);
    expect(twin?.paths.map((path) => basename(path)).sort()).toEqual(["first-twin.jpg", "first.jpg"]);
    expect(report).toMatchObject({ totalGroups: 2, pictures: 5, looked: 8, unclear: 2, missing: 1 });
    expect(context.progress).toMatchObject({ done: 12, total: 12 });
    // What is known is not read again: not even what has been spoiled since, which the removal will see.
    writeFileSync(join(folder, "other-13.jpg"), readFileSync(join(folder, "other-13.jpg")).reverse());
    expect(await look()).toEqual(report);
    await close();
  });

  it("are looked for on, where a stop came in between", async () => {
    for (let number = 20; number < 30; number++) await put(`${number}.jpg`, await scene(number));
    await put("20-again.jpg", await savedAnew(await scene(20), { scale: 0.7 }));
    const stop = new AbortController();
    const looking = look(contextFor({ signal: stop.signal }));
    stop.abort(new Error("Stopped."));
    await expect(looking).rejects.toThrow("Stopped.");
    expect(names(await look())).toEqual([["20-again.jpg", "20.jpg"]]);
    await close();
  });

  const pair = async () => {
    const original = await scene(40);
    const paths = [
      await put("a.jpg", original),
      await put("b.jpg", await savedAnew(original, { scale: 0.6 })),
    ] as const;
    const [group] = (await look()).groups;
    const [a, b] = paths.map((path) => group!.pictures.find((picture) => picture.paths.includes(path))!);
    return { paths, order: { remove: b!, stay: [a!] } satisfies RemovalOrder };
  };

  it("go one by one, and their message knows that it was saved once", async () => {
    const { paths, order } = await pair();
    expect(await remove(order)).toMatchObject({ path: paths[1], reason: null, bytes: order.remove.bytes });
    expect(readdirSync(folder)).toEqual(["a.jpg"]);
    const row = await db.messages.get(order.remove);
    expect(row).toMatchObject({ status: "downloaded", localFilePath: null });
    // Done again, nothing is done.
    expect(await remove(order)).toMatchObject({ reason: "unknown" });
    // And the last one is not removed for one that is gone.
    expect(await remove({ remove: order.stay[0]!, stay: [order.remove] })).toMatchObject({ reason: "last" });
    expect(readdirSync(folder)).toEqual(["a.jpg"]);
    await close();
  });

  it.each<[string, string, (keep: string, drop: string) => void]>([
    [
      "changed",
      "has another byte at its end",
      (_, drop) => writeFileSync(drop, Buffer.concat([readFileSync(drop), Buffer.from("x")])),
    ],
    ["missing", "is gone", (_, drop) => rmSync(drop)],
    ["last", "stays alone, since the other one is gone", (keep) => rmSync(keep)],
    [
      "last",
      "stays, since the other one is broken now",
      (keep) => writeFileSync(keep, readFileSync(keep).subarray(0, 5_000)),
    ],
  ])("stay as they are (%s) where one %s", async (reason, _, spoil) => {
    const { paths, order } = await pair();
    spoil(...paths);
    const before = readdirSync(folder).map((name) => [name, sha(readFileSync(join(folder, name)))]);
    expect(await remove(order)).toMatchObject({ reason });
    expect(readdirSync(folder).map((name) => [name, sha(readFileSync(join(folder, name)))])).toEqual(before);
    await close();
  });

  it("stay where the job was lost in the middle, and go when it is taken up again", async () => {
    const { paths, order } = await pair();
    const lost = contextFor({ confirm: () => Promise.reject(new Error("The lease was lost.")) });
    await expect(remove(order, lost)).rejects.toThrow("The lease was lost.");
    expect(readdirSync(folder).sort()).toEqual(["a.jpg", "b.jpg"]);
    expect(await remove(order)).toMatchObject({ reason: null });
    expect(existsSync(paths[1])).toBe(false);
    await close();
  });
});
