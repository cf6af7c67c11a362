import { it, onTestFinished } from "vitest";
import { mysqlDatabase } from "../support/database.ts";
import { bothWaysAgree } from "../support/suites/search-ways.ts";

it("finds the same by the index, by walking down from the newest, and by both", async () => {
  const database = await mysqlDatabase();
  onTestFinished(() => database.remove());
  await bothWaysAgree(database.url);
});
