import type { Door, Journal, JournalEntry } from "./types.ts";

const KEPT = 200_000;

/** What was called, and what was fetched. The newest calls in full, counts of all. */
export class CallJournal implements Journal {
  #entries: JournalEntry[] = [];
  #n = 0;
  #counts = new Map<string, number>();
  #served = new Map<string, { fileId: string; size: string; bytes: number; parts: Map<number, number> }>();
  #bySession = new Map<string, number>();

  add(entry: Omit<JournalEntry, "n">): void {
    this.#n++;
    if (this.#entries.length >= KEPT * 1.25) this.#entries = this.#entries.slice(-KEPT);
    this.#entries.push({ n: this.#n, ...entry });
    for (const key of [entry.method, entry.error ? `${entry.method} ${entry.error}` : ""]) {
      if (key) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  served(fileId: bigint, size: string, offset: number, bytes: number, session: string): void {
    const key = `${fileId}:${size}`;
    const known = this.#served.get(key) ?? { fileId: String(fileId), size, bytes: 0, parts: new Map<number, number>() };
    known.bytes += bytes;
    known.parts.set(offset, (known.parts.get(offset) ?? 0) + 1);
    this.#served.set(key, known);
    this.#bySession.set(session, (this.#bySession.get(session) ?? 0) + bytes);
  }

  after(n: number, filter: { door?: Door; method?: string; limit?: number } = {}): JournalEntry[] {
    const first = this.#entries[0]?.n ?? 1;
    const found: JournalEntry[] = [];
    const limit = filter.limit ?? 1000;
    for (let i = Math.max(0, n + 1 - first); i < this.#entries.length && found.length < limit; i++) {
      const entry = this.#entries[i];
      if (!entry || (filter.door && entry.door !== filter.door)) continue;
      if (filter.method && entry.method.toLowerCase() !== filter.method.toLowerCase()) continue;
      found.push(entry);
    }
    return found;
  }

  /** The number of the newest entry. */
  get last(): number {
    return this.#n;
  }

  /** By method, and by "method ERROR". */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  /** Bytes that left for each file, and how often a part was fetched more than once. */
  files(): { fileId: string; size: string; bytes: number; parts: number; repeated: number }[] {
    return [...this.#served.values()].map(({ fileId, size, bytes, parts }) => {
      const repeated = [...parts.values()].reduce((sum, times) => sum + times - 1, 0);
      return { fileId, size, bytes, parts: parts.size, repeated };
    });
  }

  sessions(): Record<string, number> {
    return Object.fromEntries(this.#bySession);
  }
}
