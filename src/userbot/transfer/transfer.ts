/** The Transfer port: one file from Telegram to its place on disk. How it is done is known in this folder alone. */
import type { RemoteFile } from "../telegram.ts";

export interface SaveOptions {
  signal: AbortSignal;
  /** Called with the bytes that have newly arrived; negative when bytes had to be thrown away. */
  onBytes?: (count: number) => void;
  /** Asks for the message again when the file reference has gone stale; null where the message is gone. */
  refresh: () => Promise<RemoteFile | null>;
  /** Becomes the file's modification time. */
  modifiedAt: Date;
  /** Asked when all bytes are here, before they get their name: throws where the work is somebody else's by now. */
  confirm?: () => Promise<void>;
}

export interface SavedContent {
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

export interface Transfer {
  /**
   * Fetches the file whole, proves its size, syncs it to disk and renames it to `path`, which must not exist.
   * Throws FileError where this file cannot be had; a stopped or killed call leaves nothing under `path`.
   */
  save(file: RemoteFile, path: string, options: SaveOptions): Promise<SavedContent>;
}
