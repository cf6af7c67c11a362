/** Looks through what is recorded of this machine's files, and at the disk, for contents that are kept more than once. */
import { lstat } from "node:fs/promises";
import { bytesFreedBy, type DuplicateGroup, type DuplicateReport, type KeptCopy } from "../../core/duplicates.ts";
import type { Db, KeptFile } from "../../db/db.ts";

const AT_ONCE = 2_000;
/** As many as one wants to review; the rest comes up once these are freed. */
const MOST_GROUPS = 500;

export interface FindOptions {
  db: Db;
  hostname: string;
  signal: AbortSignal;
  onFiles: (count: number) => void;
}

export async function findDuplicates(options: FindOptions): Promise<DuplicateReport> {
  const { hostname } = options;
  const report: DuplicateReport = {
    hostname,
    groups: [],
    totalGroups: 0,
    files: 0,
    bytes: 0,
    missing: 0,
    elsewhere: 0,
  };
  for (const by of ["sha256", "file_key"] as const)
    for await (const files of contents(options, by)) {
      const group = await groupOf(files, by, report);
      if (!group) continue;
      report.totalGroups++;
      report.files += group.copies.length;
      report.bytes += bytesFreedBy(group);
      if (by === "sha256" && (await options.db.duplicates.elsewhere(hostname, files[0]!.content)) > 0)
        report.elsewhere++;
      report.groups.push(group);
      if (report.groups.length > 2 * MOST_GROUPS) report.groups = largest(report.groups);
    }
  report.groups = largest(report.groups);
  return report;
}

const largest = (groups: DuplicateGroup[]): DuplicateGroup[] =>
  groups.sort((a, b) => bytesFreedBy(b) - bytesFreedBy(a)).slice(0, MOST_GROUPS);

/** Files of one content at a time, where there is more than one path. */
async function* contents(
  { db, hostname, signal, onFiles }: FindOptions,
  by: "sha256" | "file_key",
): AsyncGenerator<KeptFile[]> {
  let open: KeptFile[] = [];
  for (let after: KeptFile | null = null; ; ) {
    signal.throwIfAborted();
    const files = await db.duplicates.files(hostname, by, after, AT_ONCE);
    onFiles(files.length);
    for (const file of files) {
      if (open.length > 0 && open[0]!.content !== file.content) {
        if (hasTwoPaths(open)) yield open;
        open = [];
      }
      open.push(file);
    }
    if (files.length < AT_ONCE) break;
    after = files.at(-1)!;
  }
  if (hasTwoPaths(open)) yield open;
}

const hasTwoPaths = (files: readonly KeptFile[]): boolean => files.some(({ path }) => path !== files[0]!.path);

/** Null where the disk has fewer than two copies of it. */
async function groupOf(
  files: readonly KeptFile[],
  by: "sha256" | "file_key",
  report: DuplicateReport,
): Promise<DuplicateGroup | null> {
  const copies = new Map<string, KeptCopy & { size: number; names: number }>();
  for (const { path, chatId, date, size: recorded } of files) {
    const about = await lstat(path).catch(() => null);
    // A link to a file elsewhere is no copy, and what has another size is no more what was saved.
    if (!about?.isFile() || about.size === 0 || (by === "sha256" && recorded !== null && about.size !== recorded)) {
      report.missing++;
      continue;
    }
    const inode = `${about.dev}:${about.ino}`;
    const known = copies.get(inode) ?? {
      paths: [],
      date: date.toISOString(),
      chatIds: [],
      disk: String(about.dev),
      heldElsewhere: false,
      size: about.size,
      names: about.nlink,
    };
    if (!known.paths.includes(path)) known.paths.push(path);
    if (!known.chatIds.includes(chatId)) known.chatIds.push(chatId);
    if (date.toISOString() > known.date) known.date = date.toISOString();
    copies.set(inode, known);
  }
  const bySize = new Map<number, KeptCopy[]>();
  for (const { size, names, ...copy } of copies.values()) {
    const whole = { ...copy, heldElsewhere: names > copy.paths.length };
    bySize.set(size, [...(bySize.get(size) ?? []), whole]);
  }
  const [size, same] = [...bySize].sort(([, a], [, b]) => b.length - a.length)[0] ?? [0, []];
  if (same.length < 2) return null;
  return { key: `${by === "sha256" ? "sha256" : "file"}:${files[0]!.content}`, size, copies: same };
}
