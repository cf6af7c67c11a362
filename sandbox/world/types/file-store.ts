import type { WorldFile } from "./media.ts";

/** Bytes of files, computed from their seed. */
export interface FileStore {
  /** Known by id: has been seen in a message, or was uploaded. */
  get(fileId: bigint): WorldFile | null;
  /** Makes a file of uploaded bytes. */
  add(bytes: Uint8Array, kind: "photo" | "document", mimeType: string): WorldFile;
  /** At most `length` bytes from `offset`, fewer at the end. `size` names a photo size or thumbnail. */
  read(file: WorldFile, offset: number, length: number, size?: string): Uint8Array;
  /** Length of the whole file or of that size; null if there is no such size. */
  length(file: WorldFile, size?: string): number | null;
  /** Hex; computed once. */
  sha256(file: WorldFile, size?: string): Promise<string>;
  accessHash(accountId: number, file: WorldFile): bigint;
  /** A fresh file_reference for that account. Ages with the clock, dies on order (faults, expireReferences). */
  reference(accountId: number, file: WorldFile): Uint8Array;
  checkReference(accountId: number, file: WorldFile, reference: Uint8Array): "ok" | "expired" | "invalid";
  /** All references given out up to now become stale. */
  expireReferences(): void;
  /** Picture of a user or chat. */
  profilePhoto(peerId: number): WorldFile;
}
