import type { Line, Lines } from "./types.ts";

/** Each session's bytes go one after another through its own line, whatever connections they take. */
export class SessionLines implements Lines {
  #default: Line = { rttMs: 0, bytesPerSecond: 0 };
  #own = new Map<string, Line>();
  /** When the line is free again, in ms. */
  #freeAt = new Map<string, number>();

  setDefault(line: Line): void {
    this.#default = { ...line };
  }
  set(session: string, line: Line): void {
    this.#own.set(session, { ...line });
  }
  get(session: string): Line {
    return this.#own.get(session) ?? this.#default;
  }
  all(): { default: Line; sessions: Record<string, Line> } {
    return { default: this.#default, sessions: Object.fromEntries(this.#own) };
  }
  book(session: string, bytes: number): number {
    const { bytesPerSecond } = this.get(session);
    if (bytesPerSecond <= 0) return 0;
    const now = performance.now();
    const free = Math.max(now, this.#freeAt.get(session) ?? 0) + (bytes / bytesPerSecond) * 1000;
    this.#freeAt.set(session, free);
    return free - now;
  }
}
