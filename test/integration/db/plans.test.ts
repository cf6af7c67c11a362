import { expect, it, onTestFinished } from "vitest";
import { openStore } from "../../../src/db/open-store.ts";
import { askedOf, isAboutMessages } from "../../support/list-queries.ts";
import { tempFolder } from "../../support/temp.ts";

it("answers every list by an index, and reads no table through", async () => {
  const store = await openStore(`sqlite:${tempFolder()}/plans.sqlite`);
  onTestFinished(() => store.close());
  const asked = await askedOf(store, 4000);
  expect(asked.length).toBeGreaterThan(20);
  for (const { by, sql, values } of asked.filter(
    ({ sql: text }) => isAboutMessages(text) || /FROM jobs\b/.test(text),
  )) {
    const plan = await store.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values);
    const scans = plan
      .map(({ detail }) => detail)
      .filter((detail) => /^SCAN (messages|download_log|jobs)\b/.test(detail));
    expect({ by, scans }).toEqual({ by, scans: [] });
  }
});
