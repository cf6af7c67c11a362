/** `npm run drill -- <name> [--name=value …]`: hurts the program on purpose, for as long as it takes, and counts what is left. */
export interface Drill {
  run(options: ReadonlyMap<string, string>, say: (line: string) => void, stop: AbortSignal): Promise<string[]>;
}

const [name, ...words] = process.argv.slice(2);
if (!name || !/^[a-z-]+$/.test(name)) {
  console.error("Which drill? npm run drill -- database");
  process.exit(2);
}
const options = new Map(words.map((word) => word.replace(/^--/, "").split("=", 2) as [string, string]));
const drill = (await import(`./${name}.ts`)) as Drill;
const started = Date.now();
const say = (line: string) =>
  console.log(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${line}`);
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort(new Error("Stopped.")));
const faults = await drill.run(options, say, stop.signal);
for (const fault of faults) console.log(`FAULT  ${fault}`);
console.log(faults.length === 0 ? "Everything is as it should be." : `${faults.length} faults.`);
process.exit(faults.length === 0 ? 0 : 1);
