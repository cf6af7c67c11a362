/**
 * One machine against two on a download of equal size, with the sandbox limiting the bytes of each session: what a second
 * machine is worth where Telegram's limit is the account's line and not the disk. `--files`, `--speed`, `--size`.
 */
import { startMariadb } from "../../test/support/private-mariadb.ts";
import { timeMachines } from "../../test/support/time-machines.ts";

/** What two machines may take of the time of one. */
const WANTED = 0.6;

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object> {
  const number = (name: string, fallback: number) => Number(options.get(name) ?? fallback);
  const plan = {
    files: number("files", 2_000),
    bytesPerSecond: number("speed", 200_000),
    fileBytes: number("size", 20_000),
  };
  const server = await startMariadb();
  try {
    const one = await timeMachines({ ...plan, databaseUrl: await server.url("one"), names: ["alpha"] });
    say(`one machine:  ${one.seconds} s, ${one.files} files`);
    const two = await timeMachines({ ...plan, databaseUrl: await server.url("two"), names: ["alpha", "beta"] });
    say(`two machines: ${two.seconds} s, ${two.counts.join(" + ")} files, ${two.twice} of them on both`);
    const ratio = Math.round((two.seconds / one.seconds) * 1_000) / 1_000;
    say(`ratio: ${ratio} (wanted: at most ${WANTED})`);
    if (ratio > WANTED || two.twice > 0) process.exitCode = 1;
    return { plan, one, two, ratio };
  } finally {
    await server.remove();
  }
}
