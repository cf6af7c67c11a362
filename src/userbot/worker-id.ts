import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Outlives the process, so that a restart takes its own jobs up again at once. */
export function workerIdOf(dataDir: string): string {
  const path = join(dataDir, "worker-id");
  try {
    const known = readFileSync(path, "utf8").trim();
    if (known !== "") return known;
  } catch {
    // The first start.
  }
  const fresh = randomUUID();
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path, `${fresh}\n`, { mode: 0o600 });
  return fresh;
}
