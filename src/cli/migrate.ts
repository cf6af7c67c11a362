/** `npm run migrate [-- --dry-run]`: shows what the database lacks, adds it, says what was done. */
import { FatalError, UserError } from "../core/errors.ts";
import { prepareFolder } from "../data-folder.ts";
import { applyMigrations, describeAddress, fileUrl, previewMigrations } from "../db/maintain.ts";
import { readConfig } from "../environment.ts";

async function run(words: readonly string[]): Promise<void> {
  const { databaseUrl, dataDir } = readConfig([]);
  prepareFolder(dataDir, "DATA_DIR");
  const url = databaseUrl ?? fileUrl(dataDir);
  const steps = await previewMigrations(url);
  if (steps.length === 0) {
    console.log(`${describeAddress(url)} is up to date. Nothing was changed.`);
    return;
  }
  console.log(`${describeAddress(url)} lacks ${count(steps.length)}:`);
  for (const { name, statements } of steps) {
    console.log(`\n${name}${statements.length === 0 ? ": everything is there already" : ""}`);
    for (const statement of statements) console.log(`  ${statement.replaceAll("\n", "\n  ")};`);
  }
  if (words.includes("--dry-run")) {
    console.log("\nNothing was changed. Without --dry-run these are done.");
    return;
  }
  console.log("");
  const done = await applyMigrations(url, ({ name }) => console.log(`${name}: done`));
  console.log(`${count(done.length)} done. No row and no value was removed.`);
}

const count = (steps: number): string => `${steps} ${steps === 1 ? "step" : "steps"}`;

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError || error instanceof FatalError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
