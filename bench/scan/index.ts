/**
 * The scan of a tenth of a million messages and of a million, each by a process of its own that hands every second one to a
 * download: what the program's memory has to do with how long a history is. `--messages=100000` makes both smaller.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { makeTempFolder, removeFolder } from "../../test/support/temp.ts";

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object> {
  const messages = Number(options.get("messages") ?? 1_000_000);
  const script = new URL("./one.ts", import.meta.url).pathname;
  const results: { [name: string]: object } = {};
  for (const [name, count] of [
    ["a tenth", Math.ceil(messages / 10)],
    ["all", messages],
  ] as const) {
    const folder = makeTempFolder();
    try {
      const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, folder, `${count}`]);
      results[name] = JSON.parse(stdout) as object;
      say(`${name}: ${JSON.stringify(results[name])}`);
    } finally {
      removeFolder(folder);
    }
  }
  return results;
}
