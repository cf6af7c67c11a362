/** manifest.json: what an archive holds, with the SHA-256 of every file; by it anybody can see that nothing is missing. */
import { createHash } from "node:crypto";
import { open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { ArchiveOrder, ChatSpan } from "./types.ts";

export const MANIFEST = "manifest.json";
const PIECE_BYTES = 256 * 1024;

export interface ManifestFile {
  path: string;
  bytes: number;
  sha256: string;
}

export interface Manifest {
  archive: 1;
  id: string;
  createdAt: string;
  format: string;
  media: boolean;
  filter: string | null;
  timeZone: string;
  messages: number;
  chats: (ChatSpan & { title: string })[];
  files: ManifestFile[];
}

/** Reads every file of the folder again, as it is on the disk. */
export async function writeManifest(
  folder: string,
  order: ArchiveOrder,
  spans: readonly ChatSpan[],
  signal?: AbortSignal,
): Promise<Manifest> {
  const files: ManifestFile[] = [];
  for (const path of await filesOf(folder)) {
    signal?.throwIfAborted();
    if (path !== MANIFEST) files.push({ path, ...(await contentOf(join(folder, path))) });
  }
  const titles = new Map(order.chats.map(({ chatId, title }) => [chatId, title]));
  const manifest: Manifest = {
    archive: 1,
    id: order.id,
    createdAt: order.createdAt,
    format: order.format,
    media: order.media,
    filter: order.filter,
    timeZone: order.look.timeZone,
    messages: spans.reduce((sum, { messages }) => sum + messages, 0),
    chats: spans.map((span) => ({ title: titles.get(span.chatId) ?? "", ...span })),
    files,
  };
  await writeWhole(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
  return manifest;
}

export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, MANIFEST), "utf8")) as Manifest;
    return manifest.archive === 1 && Array.isArray(manifest.files) ? manifest : null;
  } catch {
    return null;
  }
}

export interface Verdict {
  files: number;
  bytes: number;
  /** One sentence for each thing that is not as it should be. */
  faults: string[];
}

/** Compares the folder with its manifest, byte for byte. */
export async function verifyArchive(folder: string, signal?: AbortSignal): Promise<Verdict> {
  const manifest = await readManifest(folder);
  if (!manifest) return { files: 0, bytes: 0, faults: [`There is no ${MANIFEST} that can be read.`] };
  const verdict: Verdict = { files: 0, bytes: 0, faults: [] };
  const present = new Set(await filesOf(folder));
  present.delete(MANIFEST);
  for (const { path, bytes, sha256 } of manifest.files) {
    signal?.throwIfAborted();
    if (!present.delete(path)) {
      verdict.faults.push(`Missing: ${path}`);
      continue;
    }
    const found = await contentOf(join(folder, path));
    if (found.sha256 !== sha256) verdict.faults.push(`Changed: ${path} (${found.bytes} bytes instead of ${bytes})`);
    verdict.files++;
    verdict.bytes += found.bytes;
  }
  for (const path of present) verdict.faults.push(`Not of this archive: ${path}`);
  return verdict;
}

/** All files below a folder, in an order of their own, without what begins with a dot. */
export async function filesOf(folder: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (step: string): Promise<void> => {
    for (const entry of await readdir(join(folder, step), { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const path = step === "" ? entry.name : `${step}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else found.push(path);
    }
  };
  await walk("");
  return found.sort();
}

/** Through one piece of memory, however large the file is. */
async function contentOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  const file = await open(path);
  try {
    for (let bytes = 0; ; ) {
      const { bytesRead } = await file.read(piece, 0, piece.length, bytes);
      if (bytesRead === 0) return { bytes, sha256: hash.digest("hex") };
      hash.update(piece.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** Appears whole or not at all. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.part`;
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
