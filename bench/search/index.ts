/**
 * Questions to /search over ten million messages in MariaDB and a million in SQLite. `--messages` and `--sqlite` make it
 * smaller; `--only=sqlite` or `--only=mariadb` leaves the other out.
 */
import { startMariadb } from "../../test/support/private-mariadb.ts";
import { makeTempFolder, removeFolder } from "../../test/support/temp.ts";
import { fillMariadb, fillSqlite } from "./fill.ts";
import { ask } from "./questions.ts";

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object> {
  const only = options.get("only");
  const results: { [name: string]: object } = {};
  const keep = (name: string, found: object) => {
    results[name] = found;
    say(`${name}: ${JSON.stringify(found, null, 2)}`);
  };
  if (only !== "mariadb") {
    const folder = makeTempFolder();
    try {
      const messages = Number(options.get("sqlite") ?? 1_000_000);
      const filled = await fillSqlite(`sqlite:${folder}/search.sqlite`, messages);
      keep("SQLite", { messages, ...filled, ...(await ask(`sqlite:${folder}/search.sqlite`)) });
    } finally {
      removeFolder(folder);
    }
  }
  if (only !== "sqlite") {
    const server = await startMariadb([
      "--innodb-buffer-pool-size=3G",
      "--innodb-log-file-size=1G",
      "--innodb-flush-log-at-trx-commit=2",
      "--innodb-ft-cache-size=80000000",
      "--max-recursive-iterations=1000000",
    ]);
    try {
      const url = await server.url("search");
      const messages = Number(options.get("messages") ?? 10_000_000);
      const filled = await fillMariadb(url, messages, say);
      keep("MariaDB", { messages, ...filled, ...(await ask(url)) });
    } finally {
      await server.remove();
    }
  }
  return results;
}
