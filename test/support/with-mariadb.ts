/**
 * Runs a command with a database server of its own:
 *   tsx test/support/with-mariadb.ts vitest run --project mysql
 * With TEST_DATABASE_URL set already, that server is used and none is started.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { startMariadb } from "./private-mariadb.ts";

const [command, ...words] = process.argv.slice(2);
if (!command) throw new Error("Which command? tsx test/support/with-mariadb.ts <command> [words…]");

async function run(url: string): Promise<number> {
  const child = spawn(command!, words, { stdio: "inherit", env: { ...process.env, TEST_DATABASE_URL: url } });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

const given = process.env.TEST_DATABASE_URL;
if (given) {
  process.exitCode = await run(given);
} else {
  try {
    const server = await startMariadb();
    try {
      process.exitCode = await run(await server.url("test"));
    } finally {
      await server.remove();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
