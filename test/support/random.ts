/** Numbers that look random and can be had again: a failing test prints its seed, `SEED=… npm run test:e2e` repeats it. */
export function seededRandom(seed = Number(process.env.SEED ?? Date.now() % 1_000_000)) {
  let state = seed >>> 0;
  return {
    seed,
    /** In [0, 1). */
    next(): number {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}
