/** Looks at every picture of this machine that nobody has looked at yet, and gives back all of those that are there. */
import { lstat } from "node:fs/promises";
import type { SeenPicture } from "../../core/look-alikes.ts";
import type { Db, KeptFile, PictureMark } from "../../db/db.ts";
import type { PictureReaders } from "../../pictures/readers.ts";

/** As many as are looked at between two writes to the database. */
const AT_ONCE = 200;

export interface LookOptions {
  db: Db;
  hostname: string;
  readers: PictureReaders;
  signal: AbortSignal;
  onPictures: (count: number) => void;
}

export interface Looked {
  /** With their marks, side by side. */
  pictures: SeenPicture[];
  marks: string[];
  unclear: number;
  missing: number;
}

export async function lookAtPictures(options: LookOptions): Promise<Looked> {
  const { db, signal, onPictures } = options;
  const looked: Looked = { pictures: [], marks: [], unclear: 0, missing: 0 };
  for (const by of ["sha256", "file_key"] as const)
    for await (const contents of contentsOf(options, by)) {
      signal.throwIfAborted();
      const known = await db.pictures.marks([...contents.keys()]);
      const there = await present(contents, looked);
      const fresh = await Promise.all(
        [...there].filter(([content]) => !known.has(content)).map(([content, files]) => mark(content, files, options)),
      );
      signal.throwIfAborted();
      const told = fresh.filter((one) => one !== null);
      await db.pictures.keep(told);
      for (const one of told) known.set(one.content, one);
      for (const [content, files] of there) note(looked, known.get(content), files);
      onPictures([...contents.values()].reduce((sum, files) => sum + files.length, 0));
    }
  return looked;
}

interface Place extends KeptFile {
  bytes: number;
}

/** Some contents at a time, each with all places that are recorded of it. */
async function* contentsOf(
  { db, hostname, signal }: LookOptions,
  by: "sha256" | "file_key",
): AsyncGenerator<Map<string, KeptFile[]>> {
  const kind = by === "sha256" ? "sha256" : "file";
  let open = new Map<string, KeptFile[]>();
  for (let after: KeptFile | null = null; ; ) {
    signal.throwIfAborted();
    const files = await db.pictures.files(hostname, by, after, AT_ONCE);
    for (const file of files) {
      const content = `${kind}:${file.content}`;
      // The last content of a page may go on in the next one.
      if (open.size >= AT_ONCE && !open.has(content)) {
        yield open;
        open = new Map();
      }
      open.set(content, [...(open.get(content) ?? []), file]);
    }
    if (files.length < AT_ONCE) break;
    after = files.at(-1)!;
  }
  if (open.size > 0) yield open;
}

/** Ordinary files that are as long as they were. */
async function present(contents: ReadonlyMap<string, KeptFile[]>, looked: Looked): Promise<Map<string, Place[]>> {
  const there = new Map<string, Place[]>();
  for (const [content, files] of contents) {
    const places: Place[] = [];
    for (const file of files) {
      const about = await lstat(file.path).catch(() => null);
      if (!about?.isFile() || about.size === 0) continue;
      if (file.size === null || file.size === about.size) places.push({ ...file, bytes: about.size });
    }
    looked.missing += files.length - places.length;
    if (places.length > 0) there.set(content, places);
  }
  return there;
}

/** Null where the file went away meanwhile: that says nothing about the content. */
async function mark(content: string, files: readonly Place[], { readers, signal }: LookOptions) {
  signal.throwIfAborted();
  const reading = await readers.read(files[0]!.path);
  if (reading.mark !== null) {
    const { mark, width, height, sha256 } = reading;
    return { content, mark, width, height, sha256, why: null } satisfies PictureMark;
  }
  if (reading.why === "missing") return null;
  return { content, mark: null, width: null, height: null, sha256: null, why: reading.why } satisfies PictureMark;
}

function note(looked: Looked, known: PictureMark | undefined, files: readonly Place[]): void {
  if (!known) {
    looked.missing += files.length;
    return;
  }
  if (known.mark === null) {
    looked.unclear++;
    return;
  }
  const { content, sha256, width, height, mark } = known;
  const oldest = files.reduce((first, file) => (file.date < first.date ? file : first));
  const { chatId, messageId, date, bytes } = oldest;
  const paths = [...new Set(files.map(({ path }) => path))];
  looked.pictures.push({ content, sha256, width, height, bytes, chatId, messageId, date: date.toISOString(), paths });
  looked.marks.push(mark);
}
