/** `npm run bench -- <scenario> [--name=value …]`: runs bench/<scenario>/index.ts and keeps its numbers in bench/results. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

export interface Scenario {
  run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object>;
}

const [name, ...words] = process.argv.slice(2);
if (!name || !/^[a-z-]+$/.test(name)) {
  console.error("Which scenario? npm run bench -- database");
  process.exit(2);
}
const options = new Map(words.map((word) => word.replace(/^--/, "").split("=", 2) as [string, string]));
const scenario = (await import(`./${name}/index.ts`)) as Scenario;
const results = await scenario.run(options, (line) => console.log(line));
const folder = new URL("./results/", import.meta.url);
mkdirSync(folder, { recursive: true });
const machine = {
  node: process.version,
  platform: process.platform,
  processors: cpus().length,
  model: cpus()[0]?.model,
};
const file = new URL(`${name}.json`, folder);
// Where a part was asked for alone, the others stay as they were measured last.
const isPart = options.has("only") || options.has("format");
const before =
  isPart && existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { results: object }).results : {};
const kept = { scenario: name, at: new Date().toISOString(), machine, results: { ...before, ...results } };
writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
console.log(`Kept in bench/results/${name}.json.`);
