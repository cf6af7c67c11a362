/**
 * The folder an archive is written into: files that only grow, one after the other.
 *
 * What was kept by `keep()` is on the disk for good, and `restore` cuts everything that came after it off again, so that
 * an archive interrupted anywhere goes on with the same bytes.
 */
import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeText } from "./write-text.ts";

const BUFFER_CHARACTERS = 64 * 1024;

export interface WrittenFile {
  path: string;
  bytes: number;
}

export class ArchiveFolder {
  readonly root: string;
  readonly #files: WrittenFile[];
  #open: { file: WrittenFile; handle: number } | null = null;
  #buffer = "";

  /** `written` is what an earlier process had kept, by `keep`. */
  constructor(root: string, written: readonly WrittenFile[] = []) {
    this.root = root;
    this.#files = written.map((file) => ({ ...file }));
    mkdirSync(root, { recursive: true });
    this.#restore();
  }

  /** Ends the open file and begins another. `path` has "/" between its steps and was made by the program. */
  begin(path: string): void {
    this.#close();
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    const file = { path, bytes: 0 };
    this.#files.push(file);
    this.#open = { file, handle: openSync(join(this.root, path), "w", 0o600) };
  }

  write(text: string): void {
    this.#buffer += text;
    if (this.#buffer.length >= BUFFER_CHARACTERS) this.#flush();
  }

  /** Everything written so far is on the disk when this returns; the answer is what `restore` needs. */
  keep(): WrittenFile[] {
    this.#flush();
    if (this.#open) fsyncSync(this.#open.handle);
    return this.#files.map((file) => ({ ...file }));
  }

  end(): void {
    this.#close();
  }

  /** Files that are not among the kept ones go, but for `media`, whose files are whole or not there. */
  #restore(): void {
    const known = new Map(this.#files.map((file) => [file.path, file]));
    for (const entry of readdirSync(this.root, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
        .slice(this.root.length + 1)
        .replaceAll("\\", "/");
      if (entry.isDirectory() || isMedia(path) || path.startsWith(".")) continue;
      if (!known.has(path)) rmSync(join(this.root, path), { force: true });
    }
    const last = this.#files.at(-1);
    if (!last) return;
    const handle = openSync(join(this.root, last.path), "r+");
    ftruncateSync(handle, last.bytes);
    this.#open = { file: last, handle };
  }

  #flush(): void {
    if (this.#buffer === "" || !this.#open) return;
    this.#open.file.bytes += writeText(this.#open.handle, this.#buffer, this.#open.file.bytes);
    this.#buffer = "";
  }

  #close(): void {
    this.#flush();
    if (!this.#open) return;
    fsyncSync(this.#open.handle);
    closeSync(this.#open.handle);
    this.#open = null;
  }
}

/** Where the messages' own files lie within an archive, over one chat or several. */
export const isMedia = (path: string): boolean => /^(?:chats\/[^/]+\/)?media\//.test(path);
