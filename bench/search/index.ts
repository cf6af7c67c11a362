/**
 * Questions to /search over ten million messages in MariaDB and a million in SQLite. `--messages` and `--sqlite` make it
 * smaller; `--only=sqlite` or `--only=mariadb` leaves the other out; `--data=<folder>` keeps both for the next time.
 */
import { largeDatabase } from "../large/index.ts";
import { largeFile } from "../large/sqlite.ts";
import { ask } from "./questions.ts";

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object> {
  const only = options.get("only");
  const results: { [name: string]: object } = {};
  const keep = (name: string, found: object) => {
    results[name] = found;
    say(`${name}: ${JSON.stringify(found, null, 2)}`);
  };
  if (only !== "mariadb") {
    const file = await largeFile(options, say);
    try {
      keep("SQLite", { messages: file.messages, ...(await ask(file.url)) });
    } finally {
      file.close();
    }
  }
  if (only !== "sqlite") {
    const server = await largeDatabase(options, say);
    try {
      keep("MariaDB", { messages: server.messages, ...(await ask(server.url)) });
    } finally {
      await server.close();
    }
  }
  return results;
}
