import { expect, it } from "vitest";
import { run } from "../drill/delete.ts";

it("deletes only what was shown, copied and confirmed, whatever strikes: the drill, in short", async () => {
  const seed = process.env.SEED ?? String(Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const options = new Map([
    ["runs", process.env.RUNS ?? "5"],
    ["database", "sqlite"],
    ["seed", seed],
  ]);
  expect(await run(options, () => {}, new AbortController().signal)).toEqual([]);
}, 300_000);
