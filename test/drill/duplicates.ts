/** A thousand disks in random states, on which duplicates are freed: never a byte lost. `--states=100` makes it shorter. */
import { join } from "node:path";
import { sqliteDatabase } from "../support/database.ts";
import { seededRandom } from "../support/random.ts";
import { oneState } from "../support/suites/duplicates.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

export async function run(
  options: ReadonlyMap<string, string>,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<string[]> {
  const states = Number(options.get("states") ?? 1_000);
  const { seed, next } = seededRandom(options.has("seed") ? Number(options.get("seed")) : undefined);
  const below = (count: number) => Math.floor(next() * count);
  const dice = { below, chance: (share: number) => next() < share };
  const folder = makeTempFolder();
  const database = await sqliteDatabase();
  const db = await database.open();
  const faults: string[] = [];
  let [freed, kept] = [0, 0];
  try {
    for (let state = 1; state <= states && !stop.aborted; state++) {
      const outcome = await oneState(db, join(folder, String(state)), -1_000 - state, dice);
      faults.push(...outcome.faults.map((fault) => `state ${state} of seed ${seed}: ${fault}`));
      freed += outcome.freed;
      kept += outcome.kept;
      if (state % 100 === 0) say(`${state} states: ${freed} copies freed, ${kept} left alone, ${faults.length} faults`);
    }
  } finally {
    await db.close();
    await database.remove();
    removeFolder(folder);
  }
  return faults;
}
