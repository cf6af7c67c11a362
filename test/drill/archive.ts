/**
 * `npm run drill -- archive [--kills=10] [--messages=40000]`: archives are written by a process that is killed (SIGKILL)
 * at moments nobody chose, and begun again, until it comes to its end. The bytes must be those of an undisturbed run.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ARCHIVE_FORMATS } from "../../src/core/query-types.ts";
import { digest } from "../support/archive-messages.ts";
import { seededRandom } from "../support/random.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

export async function run(
  options: ReadonlyMap<string, string>,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<string[]> {
  const kills = Number(options.get("kills") ?? 10);
  const messages = Number(options.get("messages") ?? 40_000);
  const random = seededRandom(options.has("seed") ? Number(options.get("seed")) : undefined);
  const faults: string[] = [];
  for (const format of ARCHIVE_FORMATS) {
    const folder = makeTempFolder();
    try {
      const began = Date.now();
      await write(join(folder, "whole"), format, messages, null);
      const took = Date.now() - began;
      let killed = 0;
      while (killed < kills && !stop.aborted) {
        // Once it is through, it begins anew under another folder, so that the late moments are met as well.
        const done = await write(join(folder, "again"), format, messages, 300 + random.next() * took);
        if (done) await sleep(0);
        else killed++;
        if (done && !same(folder)) faults.push(`${format}: other bytes after ${killed} kills (seed ${random.seed}).`);
        if (done) removeFolder(join(folder, "again"));
      }
      await write(join(folder, "again"), format, messages, null);
      if (!same(folder)) faults.push(`${format}: other bytes after ${killed} kills (seed ${random.seed}).`);
      const left = readdirSync(folder).filter((name) => name !== "whole" && name !== "again");
      if (left.length > 0) faults.push(`${format}: left behind ${left.join(", ")}.`);
      say(`${format}: ${killed} kills, ${messages} messages, the same bytes: ${same(folder)}`);
    } finally {
      removeFolder(folder);
    }
  }
  return faults;
}

/** True where it came to its end before it was to be killed. */
function write(folder: string, format: string, messages: number, killAfterMs: number | null): Promise<boolean> {
  const script = new URL("./archive-writer.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", script, folder, format, String(messages)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const timer = killAfterMs === null ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  return new Promise((resolve, reject) => {
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(true);
      else if (signal === "SIGKILL") resolve(false);
      else reject(new Error(`The writer ended with ${code}.`));
    });
  });
}

const same = (folder: string): boolean => bytesOf(join(folder, "whole")) === bytesOf(join(folder, "again"));

function bytesOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return paths.map((path) => `${path.slice(folder.length)} ${digest(readFileSync(path))}`).join("\n");
}
