import { afterAll, beforeAll, describe } from "vitest";
import type { Db } from "../../../src/db/db.ts";
import { botMemorySuite } from "./bot-memory.ts";
import { budgetSuite } from "./budget.ts";
import { chatSuite } from "./chats.ts";
import { deletionSuite, noDeletionSuite } from "./deletions.ts";
import { familySuite } from "./families.ts";
import { jobSuite } from "./jobs.ts";
import { logSuite } from "./logs.ts";
import { messageSuite } from "./messages.ts";
import { pictureSuite } from "./pictures.ts";
import { savedFileSuite } from "./saved-files.ts";
import { noScheduleSuite, scheduleSuite } from "./schedules.ts";
import { searchSuite } from "./search.ts";
import { topicSuite } from "./topics.ts";

/** What every store promises, whatever it is made of. */
export function dbContract(
  name: string,
  open: () => Promise<{ db: Db; remove: () => Promise<void> }>,
  { away = false }: { away?: boolean } = {},
): void {
  describe(`a Db on ${name}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.remove());
    const db = () => opened.db;
    chatSuite(db);
    messageSuite(db);
    savedFileSuite(db);
    logSuite(db);
    jobSuite(db);
    familySuite(db);
    botMemorySuite(db);
    // What is deleted has to be written down where every machine reads it.
    (away ? noDeletionSuite : deletionSuite)(db);
    (away ? noScheduleSuite : scheduleSuite)(db);
    budgetSuite(db);
    searchSuite(db);
    pictureSuite(db);
    topicSuite(db);
  });
}
