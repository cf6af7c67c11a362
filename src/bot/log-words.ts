/** The one word of /log that no other command has: the kind of operation. */
import type { ActionLogEntry } from "../db/db.ts";

const KINDS: Record<string, ActionLogEntry["type"]> = {
  scan: "scan",
  scans: "scan",
  download: "download",
  downloads: "download",
  archive: "archive",
  archives: "archive",
  delete: "delete",
  deletes: "delete",
  deletion: "delete",
  deletions: "delete",
  analyze: "analyze",
  stats: "analyze",
  statistics: "analyze",
};

/** Takes the last word that is a kind out of the rest; within quotes it is part of a title. */
export function readKind(words: string): { kind: ActionLogEntry["type"] | null; rest: string } {
  const parts = words.match(/["“”«„][^"“”»]*["“”»]?|\S+/gu) ?? [];
  const at = parts.findLastIndex((part) => kindOf(part) !== null);
  if (at === -1) return { kind: null, rest: words };
  const rest = parts.filter((_, index) => index !== at).join(" ");
  return { kind: kindOf(parts[at] ?? ""), rest };
}

function kindOf(word: string): ActionLogEntry["type"] | null {
  const plain = word.toLowerCase().replace(/^kind:/, "");
  return Object.hasOwn(KINDS, plain) ? (KINDS[plain] ?? null) : null;
}
