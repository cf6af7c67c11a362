/** The speed of each session's line. */
export interface Lines {
  /** For everyone without a line of their own. 0 = no limit. */
  setDefault(line: Line): void;
  set(session: string, line: Line): void;
  get(session: string): Line;
  /** Milliseconds to wait before these bytes are through that session's line; books them. Round trip not included. */
  book(session: string, bytes: number): number;
}

export interface Line {
  rttMs: number;
  bytesPerSecond: number;
}
