import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { newId } from "../../../src/core/id.ts";
import type { Job } from "../../../src/core/job.ts";
import type { Db } from "../../../src/db/db.ts";
import { openDatabase } from "../../../src/db/index.ts";
import { Destinations } from "../../../src/userbot/destinations.ts";
import { settleLeftovers } from "../../../src/userbot/leftovers.ts";
import { claimFor, newScan, sampleMessage } from "../../contract/db/samples.ts";
import { SILENT } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { tempFolder } from "../../support/temp.ts";

const CHAT = -77;
const SIZE = 9;

let db: Db;
let folder: string;
let job: Job;
const journal = () => join(folder, "destinations.jsonl");
const settle = (destinations = new Destinations(folder, journal())) =>
  settleLeftovers({ db, destinations, workerId: "here/1", hostname: "here" });
const put = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
/** As it is when the process is killed: claimed, and not settled. */
const killedWith = async (messageId: number, { whole, half }: { whole?: string; half?: string }) => {
  const purpose = { jobId: job.id, rootId: job.id };
  const path = await new Destinations(folder, journal()).claim(
    { chatId: CHAT, messageId },
    `${messageId}.jpg`,
    purpose,
  );
  if (whole !== undefined) put(path, whole);
  if (half !== undefined) put(`${path}.part`, half);
  return path;
};
const rowOf = (messageId: number) => db.messages.get({ chatId: CHAT, messageId });

beforeEach(async () => {
  folder = tempFolder();
  const opened = await openDatabase({ databaseUrl: null, dataDir: folder, hostname: "here", log: SILENT });
  onTestFinished(() => opened.close());
  db = opened;
  const media = { size: SIZE };
  await db.messages.record(
    [1, 2, 3].map((messageId) => sampleMessage({ chatId: CHAT, messageId, media })),
    "here",
  );
  await db.jobs.add([newScan({ id: newId() })]);
  job = (await db.jobs.claim(claimFor("here", { leaseMs: 1 })))!;
});

it("writes down a whole file that a kill has left without its row, and takes halves away", async () => {
  const whole = await killedWith(1, { whole: "123456789", half: "123456789" });
  const half = await killedWith(2, { half: "1234" });
  expect(await settle()).toEqual({ recorded: 1, removed: 0 });
  expect(await rowOf(1)).toMatchObject({ status: "downloaded", localFilePath: whole, downloadHostname: "here" });
  expect(await rowOf(2)).toMatchObject({ status: "retrieved" });
  expect([existsSync(whole), existsSync(`${whole}.part`), existsSync(`${half}.part`)]).toEqual([true, false, false]);
  expect(new Destinations(folder, journal()).lefts()).toEqual([]);
});

it("takes the file away where another machine has taken the job over, as that one saves it", async () => {
  const whole = await killedWith(1, { whole: "123456789" });
  await eventually(() => db.jobs.claim(claimFor("there")));
  expect(await settle()).toEqual({ recorded: 0, removed: 1 });
  expect(existsSync(whole)).toBe(false);
  expect(await rowOf(1)).toMatchObject({ status: "retrieved" });
});

it("leaves alone what is recorded already, and what somebody else has put there", async () => {
  const recorded = await killedWith(1, { whole: "123456789" });
  const content = { bytes: SIZE, sha256: "0".repeat(64) };
  await db.messages.saved(
    { chatId: CHAT, messageId: 1 },
    { path: recorded, ...content, hostname: "here", rootId: "r" },
  );
  const strangers = await killedWith(3, { whole: "not of this size" });
  expect(await settle()).toEqual({ recorded: 0, removed: 0 });
  expect([existsSync(recorded), existsSync(strangers)]).toEqual([true, true]);
  expect(new Destinations(folder, journal()).lefts()).toEqual([]);
});
