import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { newId } from "../../../src/core/id.ts";
import { isOver } from "../../../src/core/job.ts";
import { openStore } from "../../../src/db/open-store.ts";
import { countOf } from "../../../src/db/sql.ts";
import { eventually } from "../../support/eventually.ts";
import { documents } from "./stage.ts";
import { workshop } from "./workshop.ts";

it("takes a further batch only when the one in hand runs out, so that another machine can have it", async () => {
  const on = await workshop(documents(350));
  await on.start();
  const store = await openStore(`sqlite:${join(on.folder, "database.sqlite")}`);
  onTestFinished(() => store.close());
  const chatId = await on.chatId("news");
  on.world.lines.setDefault({ rttMs: 10, bytesPerSecond: 0 });
  const id = newId();
  await on.db.jobs.add([{ id, title: "all", task: "scan", payload: { chatId, filter: {}, next: "download" } }]);
  let most = 0;
  const family = await eventually(
    async () => {
      const active = "SELECT COUNT(*) AS total FROM jobs WHERE task = 'download' AND state = 'active'";
      most = Math.max(most, await countOf(store, active));
      const now = await on.db.jobs.family(id);
      return now && isOver(now.state) ? now : null;
    },
    { timeoutMs: 120_000, everyMs: 5 },
  );
  expect(family).toMatchObject({ state: "completed", parts: 4, progress: { done: 350, saved: 350 } });
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(2);
}, 180_000);
