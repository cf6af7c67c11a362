/**
 * What a process that was killed has left on the disk: halves, and whole files of which no row tells. Settled before its
 * jobs are given back, since whoever takes one of them up fetches what no row tells of.
 */
import { rm } from "node:fs/promises";
import type { StoredMessage } from "../core/media.ts";
import type { Db } from "../db/db.ts";
import type { Destinations, Left } from "./destinations.ts";
import { contentOf } from "./file-content.ts";
import { clearLeftovers } from "./transfer/index.ts";
import type { SavedContent } from "./transfer/transfer.ts";

export interface LeftoverDeps {
  db: Pick<Db, "messages">;
  destinations: Destinations;
  workerId: string;
  hostname: string;
}

/** Answers with how many files were written down, and how many were taken away as they are another machine's by now. */
export async function settleLeftovers(deps: LeftoverDeps): Promise<{ recorded: number; removed: number }> {
  const counts = { recorded: 0, removed: 0 };
  for (const left of deps.destinations.lefts()) {
    await clearLeftovers(left.path);
    const content = await contentOf(left.path);
    if (content) {
      const row = await deps.db.messages.get(left.message);
      const known = row !== null && isOfThis(row, content) && !isRecordOf(row, left, deps);
      if (known) counts[await settle(left, content, deps)]++;
    }
    deps.destinations.settle(left.message);
  }
  return counts;
}

async function settle(
  { message, path, purpose }: Left,
  content: SavedContent,
  { db, workerId, hostname }: LeftoverDeps,
): Promise<"recorded" | "removed"> {
  if (purpose && content.bytes > 0) {
    const file = { path, ...content, hostname, rootId: purpose.rootId };
    if (await db.messages.saved(message, file, { job: { id: purpose.jobId }, workerId })) return "recorded";
  }
  await rm(path, { force: true });
  return "removed";
}

/** Anything else was put there by somebody, and is none of ours. An empty one is a name that was kept free. */
const isOfThis = ({ media }: StoredMessage, { bytes }: SavedContent): boolean => bytes === media.size || bytes === 0;

const isRecordOf = (row: StoredMessage, { path }: Left, { hostname }: LeftoverDeps): boolean =>
  row.localFilePath === path && row.downloadHostname === hostname;
