/**
 * The one large database of all benches. `--data=<folder>` keeps it there, and the next bench finds it filled; without it
 * a temporary one is filled and thrown away.
 */
import { mkdirSync } from "node:fs";
import { onServer } from "../../test/support/database.ts";
import { startMariadb } from "../../test/support/private-mariadb.ts";
import { checkSample } from "./check.ts";
import { fillLarge } from "./fill.ts";

const SETTINGS = [
  "--innodb-buffer-pool-size=4G",
  "--innodb-log-file-size=1G",
  "--innodb-flush-log-at-trx-commit=2",
  // Nothing in it is worth a second write: what a crash tears is filled anew.
  "--innodb-doublewrite=0",
  "--innodb-sort-buffer-size=67108864",
  "--innodb-ft-sort-pll-degree=2",
  "--innodb-ft-cache-size=80000000",
  "--skip-log-bin",
  "--tmp-table-size=1G",
  "--max-heap-table-size=1G",
];

export interface LargeDatabase {
  url: string;
  messages: number;
  close(): Promise<void>;
}

export async function largeDatabase(
  options: ReadonlyMap<string, string>,
  say: (line: string) => void,
): Promise<LargeDatabase> {
  const messages = Number(options.get("messages") ?? 10_000_000);
  const folder = options.get("data");
  if (folder) mkdirSync(folder, { recursive: true });
  const server = await startMariadb(SETTINGS, folder);
  try {
    const url = await server.url("large");
    const marked = await onServer<{ messages: number }>(url, "SELECT * FROM bench_filled").catch(() => []);
    if (marked[0]?.messages !== messages) {
      await onServer(url, "DROP DATABASE large");
      await server.url("large");
      await fillLarge(url, messages, say);
      await onServer(url, `CREATE TABLE bench_filled AS SELECT ${messages} AS messages`);
    }
    await checkSample(url, await server.url("sample"), say);
    return { url, messages, close: () => server.remove() };
  } catch (error) {
    await server.remove();
    throw error;
  }
}

/** `npm run bench -- large --data=<folder>` fills it ahead of the others. */
export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object> {
  const began = Date.now();
  const { messages, close } = await largeDatabase(options, say);
  await close();
  return { messages, seconds: Math.round((Date.now() - began) / 1000) };
}
