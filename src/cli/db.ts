/** `npm run db -- copy <from> <to>`: moves everything the database knows to another one, and proves that it arrived. */
import { resolve } from "node:path";
import { FatalError, UsageError, UserError } from "../core/errors.ts";
import { copyDatabase } from "../db/copy-database.ts";
import { describeAddress, fileUrl } from "../db/maintain.ts";
import { readConfig } from "../environment.ts";

const USAGE = `npm run db -- copy <from> <to>
  file       the file in DATA_DIR that is the database without a server
  central    the server of DATABASE_URL
  env:NAME   the mysql://… address in the environment variable NAME
  a path     a SQLite file, such as ./backup.sqlite`;

async function run([command, from, to, ...rest]: readonly string[]): Promise<void> {
  if (command !== "copy" || !from || !to || rest.length > 0) throw new UsageError(USAGE);
  const [source, target] = [addressOf(from), addressOf(to)];
  if (source === target) throw new UserError("That is the same database twice.");
  console.log(`From: ${describeAddress(source)}\nTo:   ${describeAddress(target)}`);
  const copied = await copyDatabase(source, target, ({ table, rows, checksum, leftBehind }) => {
    console.log(`${table}: ${rows} rows, checksum ${checksum.slice(0, 16)}`);
    if (leftBehind.length > 0) console.log(`  columns of another program's left behind: ${leftBehind.join(", ")}`);
  });
  const rows = copied.reduce((sum, table) => sum + table.rows, 0);
  console.log(`${rows} rows copied; counts and checksums are the same on both sides.`);
}

function addressOf(word: string): string {
  if (/^(mysql|mariadb):/.test(word)) {
    throw new UserError(
      "An address with its password can be read by everybody on this machine. Put it into an environment variable and write env:NAME.",
    );
  }
  if (word.startsWith("env:")) {
    const value = process.env[word.slice(4)];
    if (!value) throw new UserError(`The environment variable ${word.slice(4)} is empty.`);
    return value;
  }
  const { databaseUrl, dataDir } = readConfig([]);
  if (word === "file") return fileUrl(dataDir);
  if (word !== "central") return `sqlite:${resolve(word)}`;
  if (databaseUrl === null) throw new UserError("There is no DATABASE_URL, so there is no central database.");
  return databaseUrl;
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError || error instanceof FatalError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
