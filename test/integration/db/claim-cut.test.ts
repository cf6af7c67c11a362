import { expect, it, onTestFinished } from "vitest";
import { newId } from "../../../src/core/id.ts";
import { openStore, repositoriesOf } from "../../../src/db/open-store.ts";
import { standIn } from "../../../src/db/stand-in.ts";
import { claimFor, newChatId, sampleMessages } from "../../contract/db/samples.ts";
import { SILENT } from "../../support/database.ts";
import { plugInto } from "../../support/pulled-plug.ts";
import { tempFolder } from "../../support/temp.ts";

it("holds no job at home without its messages, wherever central goes while it is claimed", async () => {
  let cut = 0;
  for (let statements = 0; statements < 16; statements++) {
    const folder = tempFolder();
    const plug = plugInto(`sqlite:${folder}/central.sqlite`);
    const central = await openStore(`sqlite:${folder}/central.sqlite`);
    // Another machine is at work, so that what nobody here has claimed is left to it.
    await repositoriesOf(central).workers.beat({
      workerId: "b",
      hostname: "b",
      roles: ["worker"],
      version: "test",
      startedAt: new Date(),
      account: null,
      trouble: null,
      freeBytes: 0,
      downloadDir: "/data",
    });
    await central.close();
    const home = await openStore(`sqlite:${folder}/home.sqlite`);
    const db = await standIn({
      home,
      openCentral: plug.open,
      probe: plug.probe,
      hostname: "a",
      log: SILENT,
      probeMs: 3_600_000,
      refreshMs: 3_600_000,
    });
    onTestFinished(() => db.close());
    const chatId = newChatId();
    const messageIds = [1, 2, 3];
    await db.messages.record(sampleMessages(chatId, 3), "a");
    await db.jobs.add([{ id: newId(), task: "download", payload: { chatId, messageIds }, title: "cut" }]);
    plug.after = { statements, done: true };
    await db.jobs.claim(claimFor("a", { tasks: ["download"] }));
    if (plug.in) continue;
    cut++;
    const count = async (sql: string) => Number((await home.all<{ n: number }>(sql))[0]?.n);
    if ((await count("SELECT COUNT(*) AS n FROM jobs WHERE bystander = 0")) > 0)
      expect(await count("SELECT COUNT(*) AS n FROM messages"), `cut after ${statements}`).toBe(3);
  }
  expect(cut).toBeGreaterThan(5);
});
