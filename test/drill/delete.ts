/**
 * Deletes again and again while the program is killed, lines are cut, answers lost, waits ordered, updates replayed, buttons
 * tapped twice and by two phones, clocks set, and the database taken away. After each run the chat is compared message by
 * message with what the owner was shown, said yes to and was told; now and then every other chat too.
 * `--runs`, `--seed`, `--lanes` (accounts side by side), `--only=<run>` and `--trouble=<name>` repeat one;
 * `--database=sqlite` does without a server, and so without outages.
 */
import { startMariadb } from "../support/private-mariadb.ts";
import { seededRandom } from "../support/random.ts";
import { changes, type WholeWorld, wholeWorld } from "../support/whole-world.ts";
import { type Lane, openLane } from "./deletions/lane.ts";
import { oneRun, type RunResult } from "./deletions/one-run.ts";
import { Tally } from "./deletions/tally.ts";
import { TROUBLES } from "./deletions/troubles.ts";

const WHOLE_EVERY = 10;

export async function run(
  options: ReadonlyMap<string, string>,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<string[]> {
  const only = Number(options.get("only") ?? 0);
  const runs = only || Number(options.get("runs") ?? 300);
  const seed = Number(options.get("seed") ?? Date.now() % 1_000_000);
  const withServer = options.get("database") !== "sqlite";
  const width = only ? 1 : Math.min(runs, Number(options.get("lanes") ?? 3));
  say(`Seed ${seed}; ${only ? `run ${only} alone` : `${runs} runs, ${width} accounts side by side`}.`);
  const server = withServer ? await startMariadb(["--max-connections=300"]) : null;
  const faults: string[] = [];
  const tally = new Tally();
  const waiting = Array.from({ length: runs }, (_, n) => n + 1).filter((n) => !only || n === only);

  async function workIn(lane: Lane): Promise<void> {
    let known = await wholeWorld(lane.sandbox);
    let since = 0;
    for (let n = waiting.shift(); n !== undefined; n = waiting.shift()) {
      stop.throwIfAborted();
      const trouble = options.get("trouble") ?? troubleOf(seed, n, withServer);
      const result = await oneRun(lane, n, trouble, seededRandom(seed * 1_009 + n).next).catch(failed);
      await calm(lane);
      tally.add(trouble, result);
      for (const fault of result.faults)
        faults.push(`run ${n} (${trouble}): ${fault}. Again: --seed=${seed} --only=${n}`);
      say(`${n}/${runs} ${trouble}: ${result.line}${result.faults.map((fault) => ` FAULT ${fault}`).join("")}`);
      if (++since % WHOLE_EVERY !== 0 && waiting.length > 0) continue;
      const now = await wholeWorld(lane.sandbox);
      faults.push(...strangeLosses(known, now, lane).map((fault) => `up to run ${n}: ${fault}. Seed ${seed}`));
      known = now;
    }
  }

  try {
    const ends = await Promise.allSettled(
      Array.from({ length: width }, async (_, at) => {
        const lane = await openLane(`deletions_${at}`, server);
        await workIn(lane).finally(() => lane.remove());
      }),
    );
    for (const end of ends)
      if (end.status === "rejected") faults.push(`an account was given up: ${String(end.reason)}`);
    for (const line of tally.table()) say(line);
    return faults;
  } finally {
    await server?.remove();
  }
}

/** Every trouble in its turn, in an order of chance. */
function troubleOf(seed: number, n: number, withServer: boolean): string {
  const names = Object.keys(TROUBLES).filter((name) => withServer || !TROUBLES[name]!.needsServer);
  const round = Math.floor((n - 1) / names.length);
  const { next } = seededRandom(seed * 31 + round);
  const places = new Map(names.map((name) => [name, next()]));
  return names.sort((one, other) => places.get(one)! - places.get(other)!)[(n - 1) % names.length]!;
}

const failed = (error: unknown): RunResult => ({
  faults: [error instanceof Error ? error.message : String(error)],
  line: "not finished",
  previewed: 0,
  deleted: 0,
  kept: 0,
  questions: 0,
  struck: 0,
});

async function calm({ sandbox, line, setClock }: Lane): Promise<void> {
  await sandbox.control.faults.clear();
  line?.restore();
  setClock(0);
}

/** Chats of the drill change in their own runs alone; all others never. In Saved Messages every run deletes its own. */
function strangeLosses(before: WholeWorld, after: WholeWorld, { sandbox }: Lane): string[] {
  const me = sandbox.ready.owner.id;
  return Object.entries(changes(before, after))
    .filter(([chatId, { gone }]) => before.has(Number(chatId)) && gone.length > 0)
    .map(([chatId, { gone }]) => ({ chatId: Number(chatId), gone }))
    .map(({ chatId, gone }) => ({
      chatId,
      gone: chatId === me ? gone.filter((id) => !/^drill\d+x /.test(before.get(me)?.get(id) ?? "")) : gone,
    }))
    .filter(({ gone }) => gone.length > 0)
    .map(({ chatId, gone }) => `chat ${chatId} lost ${gone.length} messages in other chats' runs`);
}
