import { expect, it, onTestFinished } from "vitest";
import { newId } from "../../../src/core/id.ts";
import { NO_PROGRESS } from "../../../src/core/job.ts";
import { forgetOld } from "../../../src/db/housekeeping.ts";
import { openStore, repositoriesOf } from "../../../src/db/open-store.ts";
import { newChatId, newScan, sampleMessage } from "../../contract/db/samples.ts";
import { tempFolder } from "../../support/temp.ts";

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS);

async function filledStore() {
  const store = await openStore(`sqlite:${tempFolder()}/house.sqlite`);
  onTestFinished(() => store.close());
  const db = repositoriesOf(store);
  const key = { chatId: newChatId(), messageId: 1 };
  await db.messages.record([sampleMessage(key)], "h");
  for (const days of [1, 100]) {
    await db.downloadLog.add({ uid: newId(), ...key, status: "retry", hostname: "h", error: null, at: ago(days) });
    const event = { uid: newId(), jobId: "j", rootId: "j", event: { type: "completed" } as const, at: ago(days) };
    await db.jobEvents.add(event);
    await db.jobEvents.told([event.uid], ago(days));
  }
  const untold = { uid: newId(), jobId: "j", rootId: "j", event: { type: "completed" } as const, at: ago(100) };
  await db.jobEvents.add(untold);
  const question = { id: newId(), task: "resolve" as const, payload: { query: "@x" }, title: "?" };
  await db.jobs.add([question, newScan()]);
  const job = await db.jobs.claim({ workerId: "w", hostname: "h", leaseMs: 1000, tasks: ["resolve"] });
  await db.jobs.complete(job!, "w", NO_PROGRESS, null);
  await store.run("UPDATE jobs SET ended_at = '2020-01-01 00:00:00.000' WHERE state = 'completed'");
  const count = async (table: string) => (await store.all<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n;
  return { store, count };
}

it("forgets nothing of the logs unless the owner wants it, but old questions", async () => {
  const { store, count } = await filledStore();
  expect(await forgetOld(store, null)).toBe(1);
  expect([await count("download_log"), await count("job_events"), await count("jobs")]).toEqual([2, 3, 1]);
});

it("forgets what is older than the owner wants, and what nobody has been told stays", async () => {
  const { store, count } = await filledStore();
  expect(await forgetOld(store, 30)).toBe(3);
  expect([await count("download_log"), await count("job_events"), await count("messages")]).toEqual([1, 2, 1]);
  expect(await forgetOld(store, 30)).toBe(0);
});
