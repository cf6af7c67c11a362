/** Upserts, claims and lists on SQLite and on a private MariaDB. `--messages`, `--waiting` and `--rows` make it smaller. */
import { startMariadb } from "../../test/support/private-mariadb.ts";
import { makeTempFolder, removeFolder } from "../../test/support/temp.ts";
import { claims } from "./claims.ts";
import { lists } from "./lists.ts";
import { upserts } from "./upserts.ts";

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object> {
  const number = (name: string, fallback: number) => Number(options.get(name) ?? fallback);
  const rows = number("rows", 100_000);
  const waiting = number("waiting", 1_000_000);
  const messages = number("messages", 10_000_000);
  const folder = makeTempFolder();
  const server = await startMariadb([
    "--innodb-buffer-pool-size=2G",
    "--innodb-log-file-size=1G",
    "--max-recursive-iterations=1000000",
  ]);
  const results: { [name: string]: object } = {};
  const measure = async (name: string, work: () => Promise<object>) => {
    results[name] = await work();
    say(`${name}: ${JSON.stringify(results[name], null, 2)}`);
  };
  try {
    await measure("upserts on SQLite", () => upserts(`sqlite:${folder}/upserts.sqlite`, rows));
    await measure("upserts on MariaDB", async () => upserts(await server.url("upserts"), rows));
    await measure("claims on SQLite", () => claims(`sqlite:${folder}/claims.sqlite`, waiting));
    await measure("claims on MariaDB", async () => claims(await server.url("claims"), waiting));
    await measure("lists on MariaDB", async () => lists(await server.url("lists"), messages));
    return results;
  } finally {
    await server.remove();
    removeFolder(folder);
  }
}
