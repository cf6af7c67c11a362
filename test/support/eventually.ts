/**
 * Waits until `probe` answers without throwing and with something other than `undefined`, `null` or `false`, and gives
 * that answer. At the deadline it throws what the last try threw, or says what it was waiting for.
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  options: { timeoutMs?: number; everyMs?: number; what?: string | (() => string | Promise<string>) } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const { timeoutMs = 10_000, everyMs = 25, what = "the condition" } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let failure: unknown;
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== null && answer !== false) return answer as NonNullable<Exclude<T, false>>;
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= deadline) {
      if (failure !== undefined) throw failure;
      throw new Error(`Waited ${timeoutMs} ms in vain for ${typeof what === "function" ? await what() : what}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
