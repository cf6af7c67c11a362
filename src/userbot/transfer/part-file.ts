/** The file while it is fetched, "<name>.part" beside its place: written at any offset, hashed in order. */
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { onDisk } from "../disk.ts";
import type { SavedContent } from "./transfer.ts";

export class PartFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #hash = createHash("sha256");
  /** Parts that came before their turn; as many at most as are in flight. */
  readonly #ahead = new Map<number, Uint8Array>();
  #front = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /** Begins anew: what an earlier, interrupted call has left is not taken for anything. */
  static async open(finalPath: string): Promise<PartFile> {
    const path = `${finalPath}.part`;
    await onDisk(() => mkdir(dirname(path), { recursive: true }));
    return new PartFile(path, await onDisk(() => open(path, "w", 0o644)));
  }

  async write(offset: number, bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      const at = offset + written;
      written += (await onDisk(() => this.#file.write(bytes, written, bytes.length - written, at))).bytesWritten;
    }
    this.#ahead.set(offset, bytes);
    for (let next = this.#ahead.get(this.#front); next; next = this.#ahead.get(this.#front)) {
      this.#ahead.delete(this.#front);
      this.#hash.update(next);
      this.#front += next.length;
    }
  }

  /** Bytes that are there from the start on, without a gap. */
  get whole(): number {
    return this.#front;
  }

  /** On disk for good, with the message's time. */
  async finish(modifiedAt: Date): Promise<SavedContent> {
    try {
      await onDisk(() => this.#file.utimes(modifiedAt, modifiedAt));
      await onDisk(() => this.#file.sync());
    } finally {
      await this.#file.close();
    }
    return { bytes: this.#front, sha256: this.#hash.digest("hex") };
  }

  async discard(): Promise<void> {
    await this.#file.close().catch(() => {});
    // What stands in the way of this stood in the way of the file too; it is the first reason that counts.
    await rm(this.path, { force: true }).catch(() => {});
  }
}
