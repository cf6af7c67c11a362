/**
 * Upserts, claims and lists on SQLite and on MariaDB. `--rows`, `--waiting` and `--messages` make it smaller, `--only=lists`
 * takes one of the three, `--data=<folder>` keeps the large database for the next time.
 */

import { startMariadb } from "../../test/support/private-mariadb.ts";
import { makeTempFolder, removeFolder } from "../../test/support/temp.ts";
import { largeDatabase } from "../large/index.ts";
import { claims } from "./claims.ts";
import { lists } from "./lists.ts";
import { upserts } from "./upserts.ts";

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object> {
  const rows = Number(options.get("rows") ?? 100_000);
  const waiting = Number(options.get("waiting") ?? 1_000_000);
  const results: { [name: string]: object } = {};
  const wants = (name: string) => (options.get("only") ?? name) === name;
  const measure = async (name: string, work: () => Promise<object>) => {
    results[name] = await work();
    say(`${name}: ${JSON.stringify(results[name], null, 2)}`);
  };
  if (wants("upserts") || wants("claims")) {
    const folder = makeTempFolder();
    const server = await startMariadb(["--innodb-buffer-pool-size=2G", "--innodb-log-file-size=1G"]);
    try {
      if (wants("upserts")) {
        await measure("upserts on SQLite", () => upserts(`sqlite:${folder}/upserts.sqlite`, rows));
        await measure("upserts on MariaDB", async () => upserts(await server.url("upserts"), rows));
      }
      if (wants("claims")) {
        await measure("claims on SQLite", () => claims(`sqlite:${folder}/claims.sqlite`, waiting));
        await measure("claims on MariaDB", async () => claims(await server.url("claims"), waiting));
      }
    } finally {
      await server.remove();
      removeFolder(folder);
    }
  }
  if (wants("lists")) {
    const large = await largeDatabase(options, say);
    try {
      await measure("lists on MariaDB", () => lists(large.url, large.messages));
    } finally {
      await large.close();
    }
  }
  return results;
}
