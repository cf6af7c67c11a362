/** How fast jobs go, over the last minute, as seen by the board. */
import type { Family } from "../core/job.ts";
import { remainingTime } from "../core/units.ts";
import type { Pace } from "./views/card.ts";

const WINDOW_MS = 60_000;

interface Sample {
  at: number;
  done: number;
  bytes: number;
}

export interface Paces {
  /** Looks at a job; how long it will take in all, by its pace so far. */
  note(jobId: string, family: Family): { expectedMs: number | null };
  of(jobId: string, family: Family): Pace;
  forget(jobId: string): void;
}

export function createPaces(now: () => Date): Paces {
  const samples = new Map<string, Sample[]>();
  return {
    note(jobId, family) {
      const at = now().getTime();
      const { done, total, bytes } = family.progress;
      const known = samples.get(jobId) ?? [];
      // A wait is no pace: what was measured before it says nothing about afterwards.
      const kept = family.wait || family.paused ? [] : known.filter((sample) => at - sample.at <= WINDOW_MS);
      samples.set(jobId, [...kept, { at, done, bytes }]);
      const started = family.root.startedAt?.getTime();
      if (started === undefined || done === 0 || total === 0) return { expectedMs: null };
      return { expectedMs: ((at - started) / done) * total };
    },
    of(jobId, family) {
      const [first] = samples.get(jobId) ?? [];
      const last = samples.get(jobId)?.at(-1);
      if (!first || !last || last.at - first.at < 1_000) return { bytesPerSecond: null, remaining: null };
      const elapsed = last.at - first.at;
      const { done, total, bytes, totalBytes } = family.progress;
      const bySize = totalBytes > 0 && last.bytes > first.bytes;
      const remaining = family.counting
        ? null
        : bySize
          ? remainingTime(last.bytes - first.bytes, Math.max(totalBytes - bytes, 0) + last.bytes - first.bytes, elapsed)
          : remainingTime(last.done - first.done, total - done + last.done - first.done, elapsed);
      return { bytesPerSecond: ((last.bytes - first.bytes) / elapsed) * 1_000, remaining };
    },
    forget: (jobId) => void samples.delete(jobId),
  };
}
