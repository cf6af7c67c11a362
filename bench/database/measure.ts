/** Milliseconds of each of many runs. */
export async function times(runs: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work(run);
    taken.push(performance.now() - started);
  }
  return taken.sort((a, b) => a - b);
}

export const percentile = (sorted: readonly number[], share: number): number =>
  round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

export const round = (value: number): number => Math.round(value * 100) / 100;

export const perSecond = (count: number, ms: number): number => Math.round((count / ms) * 1000);
