/** How much was asked of Telegram on one day, as each machine notes it and /status adds it up. */
export interface RequestsToday {
  /** Everything but parts of files. */
  calls: number;
  /** Parts of files, down and up. */
  parts: number;
  /** How often one was held back, so that the machines together stay within the account's budget. */
  paced: number;
}

/** What a worker remembers under its own name, so that no two write the same row. */
export interface RequestNote extends RequestsToday {
  /** The day in UTC, 2026-11-22. */
  day: string;
}

export const NO_REQUESTS: RequestsToday = { calls: 0, parts: 0, paced: 0 };

export const requestNoteName = (workerId: string): string => `requests:${workerId}`;
export const requestDay = (now: Date): string => now.toISOString().slice(0, 10);

/** The sum over all machines; notes of other days do not count. */
export function sumRequests(notes: readonly (RequestNote | null)[], now: Date): RequestsToday {
  const sum = { ...NO_REQUESTS };
  for (const note of notes) {
    if (note?.day !== requestDay(now)) continue;
    sum.calls += note.calls;
    sum.parts += note.parts;
    sum.paced += note.paced;
  }
  return sum;
}
