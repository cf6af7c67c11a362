/** A machine with a home of its own and a central database whose plug can be pulled, anew for each test. */
import { afterEach, beforeEach } from "vitest";
import type { Db } from "../../../src/db/db.ts";
import { openStore, repositoriesOf } from "../../../src/db/open-store.ts";
import type { Store } from "../../../src/db/sql.ts";
import { standIn } from "../../../src/db/stand-in.ts";
import { type claimed, progress, sampleMessages } from "../../contract/db/samples.ts";
import { SILENT } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { type Plug, plugInto } from "../../support/pulled-plug.ts";
import { makeTempFolder, removeFolder } from "../../support/temp.ts";

export const host = "machine-a";
export const saved = (rootId: string) => ({ path: "/d/a.jpg", bytes: 5, sha256: "ab", hostname: host, rootId });

export let folder: string;
export let plug: Plug;
export let central: Store;
const open: Db[] = [];

beforeEach(async () => {
  folder = makeTempFolder();
  plug = plugInto(`sqlite:${folder}/central.sqlite`);
  central = await openStore(`sqlite:${folder}/central.sqlite`);
});
afterEach(async () => {
  for (const db of open.splice(0)) await db.close();
  await central.close();
  removeFolder(folder);
});

/** `refreshMs`: how often it looks at what central has of the families it works for. */
export async function start(hostname = host, refreshMs = 20): Promise<Db> {
  const db = await standIn({
    home: await openStore(`sqlite:${folder}/${hostname}.sqlite`),
    openCentral: plug.open,
    probe: plug.probe,
    hostname,
    log: SILENT,
    probeMs: 10,
    refreshMs,
  });
  open.push(db);
  return db;
}
export const inCentral = () => repositoriesOf(central);
export const isBack = (db: Db) =>
  eventually(
    async () => {
      const { store, owed } = await db.status();
      return store === "central" && owed === 0;
    },
    // After several cuts in a row central must answer for longer before it is trusted.
    { timeoutMs: 60_000 },
  );

export async function homeJobs(hostname: string): Promise<number> {
  const home = await openStore(`sqlite:${folder}/${hostname}.sqlite`);
  const rows = await home.all<{ total: number }>("SELECT COUNT(*) AS total FROM jobs");
  await home.close();
  return rows[0]?.total ?? 0;
}

export const beat = (hostname: string) => ({
  workerId: `${hostname}/1`,
  hostname,
  roles: ["worker"],
  version: "1",
  startedAt: new Date(),
  account: null,
  trouble: null,
  freeBytes: null,
  downloadDir: null,
});

export async function handOut(db: Db, scan: Awaited<ReturnType<typeof claimed<"scan">>>, count: number): Promise<void> {
  const messages = sampleMessages(scan.payload.chatId, count);
  await db.jobs.scanned(scan, scan.lockedBy!, {
    messages,
    wanted: messages.map(({ messageId }) => messageId),
    hostname: host,
    progress: progress({ total: count }),
    cursor: null,
  });
}
