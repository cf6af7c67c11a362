import { beforeEach, expect, it, onTestFinished } from "vitest";
import type { Db } from "../../../src/db/db.ts";
import { openStore } from "../../../src/db/open-store.ts";
import type { Store } from "../../../src/db/sql.ts";
import { first } from "../../../src/db/sql.ts";
import { standIn } from "../../../src/db/stand-in.ts";
import { claimed, claimFor, newScan, progress } from "../../contract/db/samples.ts";
import { SILENT } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { type Plug, plugInto } from "../../support/pulled-plug.ts";
import { tempFolder } from "../../support/temp.ts";

const MINUTE = 60_000;

let folder: string;
let central: Store;
beforeEach(async () => {
  folder = tempFolder();
  const opened = await openStore(`sqlite:${folder}/central.sqlite`);
  onTestFinished(() => opened.close());
  central = opened;
});

async function machine(
  hostname: string,
  graceMs: number,
  handOver: (work: () => Promise<unknown>) => Promise<unknown> = (work) => work(),
): Promise<{ db: Db; plug: Plug }> {
  const plug = plugInto(`sqlite:${folder}/central.sqlite`);
  const db = await standIn({
    home: await openStore(`sqlite:${folder}/${hostname}.sqlite`),
    openCentral: async () => {
      const store = await plug.open();
      const transaction: Store["transaction"] = async (work) =>
        (await handOver(() => store.transaction(work))) as never;
      return { ...store, transaction };
    },
    probe: plug.probe,
    hostname,
    log: SILENT,
    probeMs: 10,
    refreshMs: 3_600_000,
    graceMs,
  });
  onTestFinished(() => db.close());
  return { db, plug };
}
const storeOf = async (db: Db) => (await db.status()).store;
const isBack = (db: Db) => eventually(async () => (await storeOf(db)) === "central", { timeoutMs: MINUTE });
const leaseOf = async (id: string) =>
  new Date(
    `${(await first<{ until: string }>(central, "SELECT locked_until AS until FROM jobs WHERE id = ?", [id]))?.until.replace(" ", "T")}Z`,
  ).getTime() - Date.now();

/** A machine that works at home after its second outage in a row: central answers it, and is not trusted yet. */
async function comesAndGoes() {
  const { db, plug } = await machine("a", 0);
  await db.jobs.add([newScan()]);
  const job = await claimed(db, "a", "scan", 1);
  const beat = () => db.jobs.heartbeat(job, job.lockedBy!, MINUTE, progress(), null);
  plug.in = false;
  await beat();
  plug.in = true;
  await isBack(db);
  await central.run("UPDATE jobs SET locked_until = '2000-01-01 00:00:00.000'");
  plug.in = false;
  expect(await beat()).toBe("held");
  return { db, plug, job, beat };
}

it("keeps the leases of a machine whose central answers and is not trusted yet", async () => {
  const { db, plug, job, beat } = await comesAndGoes();
  const other = await machine("b", 0);
  plug.in = true;
  await eventually(async () => (await leaseOf(job.id)) > MINUTE / 2, { timeoutMs: 20_000 });
  expect(await other.db.jobs.claim(claimFor("b"))).toBeNull();
  await isBack(db);
  expect(await beat()).toBe("held");
});

it("keeps them while it hands over more than a lease's time of rows", async () => {
  let slow = false;
  let renewed: () => Promise<unknown> = async () => undefined;
  // Nothing is handed over before the lease is seen to be renewed.
  const { db, plug } = await machine("a", 0, async (work) => {
    if (slow) await renewed();
    return work();
  });
  await db.jobs.add([newScan()]);
  const job = await claimed(db, "a", "scan", 1);
  const beat = () => db.jobs.heartbeat(job, job.lockedBy!, MINUTE, progress(), null);
  plug.in = false;
  await beat();
  await central.run("UPDATE jobs SET locked_until = '2000-01-01 00:00:00.000'");
  renewed = () => eventually(async () => (await leaseOf(job.id)) > MINUTE / 2, { timeoutMs: 20_000 });
  slow = true;
  plug.in = true;
  await isBack(db);
  expect(await beat()).toBe("held");
});

it("keeps them too where a restart at home has left a job waiting for its turn", async () => {
  const { db, plug, job } = await comesAndGoes();
  const other = await machine("b", 0);
  await db.jobs.takeBack(job.lockedBy!);
  plug.in = true;
  await eventually(async () => (await leaseOf(job.id)) > MINUTE / 2, { timeoutMs: 20_000 });
  expect(await other.db.jobs.claim(claimFor("b"))).toBeNull();
});

it("tells a worker at home as soon as central answers that its job has been taken over", async () => {
  const { plug, job, beat } = await comesAndGoes();
  const other = await machine("b", 0);
  expect((await claimed(other.db, "b", "scan")).id).toBe(job.id);
  plug.in = true;
  await eventually(async () => (await beat()) === "lost", { timeoutMs: 20_000 });
});

it("takes no job over right after an outage, since its machine may only not have found back yet", async () => {
  const patient = await machine("b", MINUTE);
  const hasty = await machine("c", 0);
  await patient.db.jobs.add([newScan(), newScan()]);
  await claimed(patient.db, "a", "scan", 1);
  for (const { db, plug } of [patient, hasty]) {
    plug.in = false;
    await db.settings.all();
    plug.in = true;
    await isBack(db);
  }
  // The one that waits for anybody is taken at once, the one of the silent machine is not.
  expect(await claimed(patient.db, "b", "scan")).toMatchObject({ attempts: 1 });
  expect(await patient.db.jobs.claim(claimFor("b"))).toBeNull();
  expect(await claimed(hasty.db, "c", "scan")).toMatchObject({ attempts: 2 });
});
