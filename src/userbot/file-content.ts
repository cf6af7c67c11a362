/** What lies under a path. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { SavedContent } from "./transfer/transfer.ts";

/** Null where there is no file. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
}

/** Reads it all. */
export async function contentOf(path: string): Promise<SavedContent | null> {
  const bytes = await sizeOf(path);
  if (bytes === null) return null;
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { bytes, sha256: hash.digest("hex") };
}
