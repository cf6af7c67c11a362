import type { Door } from "./door.ts";

export interface JournalEntry {
  n: number;
  /** Unix ms. */
  at: number;
  door: Door;
  method: string;
  /** Short, without secrets or bytes. */
  params: Record<string, unknown>;
  /** Auth key (hex) or bot id. */
  session: string;
  connection: number;
  dcId: number | null;
  accountId: number | null;
  ok: boolean;
  error: string | null;
  ms: number;
  /** Bytes of file content in the answer. */
  bytes: number;
}

export interface Journal {
  add(entry: Omit<JournalEntry, "n">): void;
  /** Counts what left for a file, so that tests can say none was fetched twice. */
  served(fileId: bigint, size: string, offset: number, bytes: number, session: string): void;
  after(n: number, filter?: { door?: Door; method?: string; limit?: number }): JournalEntry[];
  counts(): Record<string, number>;
}
