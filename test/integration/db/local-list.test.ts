import { beforeEach, expect, it, onTestFinished } from "vitest";
import type { Job } from "../../../src/core/job.ts";
import type { Db } from "../../../src/db/db.ts";
import { openStore } from "../../../src/db/open-store.ts";
import { standIn } from "../../../src/db/stand-in.ts";
import { claimed, newScan, progress, sampleMessages } from "../../contract/db/samples.ts";
import { SILENT } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { type Plug, plugInto } from "../../support/pulled-plug.ts";
import { tempFolder } from "../../support/temp.ts";

/** What a machine can say of jobs while central is away. */
const HOST = "machine-a";
const FILES = 300;

let plug: Plug;
let db: Db;
let scan: Job<"scan">;
const batch = () => claimed(db, HOST, "download");
const listed = async () => (await db.jobs.roots({}, { limit: 9, offset: 0 })).families;

beforeEach(async () => {
  const folder = tempFolder();
  plug = plugInto(`sqlite:${folder}/central.sqlite`);
  db = await standIn({
    home: await openStore(`sqlite:${folder}/home.sqlite`),
    openCentral: plug.open,
    probe: plug.probe,
    hostname: HOST,
    log: SILENT,
    probeMs: 10,
    // Nothing is looked up by the way: what is known is what the work itself has brought home.
    refreshMs: 3_600_000,
  });
  onTestFinished(() => db.close());
  await db.jobs.add([newScan()]);
  scan = await claimed(db, HOST, "scan");
  const messages = sampleMessages(scan.payload.chatId, FILES);
  const ids = messages.map(({ messageId }) => messageId);
  const found = progress({ total: FILES, seen: FILES });
  await db.jobs.scanned(scan, scan.lockedBy!, { messages, wanted: ids, hostname: HOST, progress: found, cursor: 1 });
});
const endScan = () =>
  db.jobs.complete(scan, scan.lockedBy!, progress({ total: FILES, seen: FILES }), { seen: FILES, matched: FILES });
const done = progress({ done: 100, total: 100, saved: 100 });

it("lists a job whose scan is over and whose parts are in hand, with what is done already", async () => {
  const [first] = [await batch(), await batch(), await batch()];
  await endScan();
  await db.jobs.complete(first!, first!.lockedBy!, done, {});
  plug.in = false;
  expect(await listed()).toMatchObject([
    { root: { id: scan.id, state: "completed" }, state: "active", parts: 3, progress: { done: 100, total: FILES } },
  ]);
});

it("goes on telling of it after an outage that is over, and in the next one", async () => {
  const first = await batch();
  await batch();
  await endScan();
  plug.in = false;
  expect(await listed()).toHaveLength(1);
  plug.in = true;
  await eventually(async () => (await db.status()).store === "central");
  await db.jobs.complete(first, first.lockedBy!, done, {});
  plug.in = false;
  expect(await listed()).toMatchObject([{ root: { id: scan.id }, state: "active", progress: { done: 100 } }]);
});

it("tells no more of a job whose last part is over", async () => {
  const parts = [await batch(), await batch(), await batch()];
  await endScan();
  for (const part of parts) await db.jobs.complete(part, part.lockedBy!, done, {});
  plug.in = false;
  expect(await listed()).toEqual([]);
});
