/** Work on many things at once, through a queue that several jobs may share. */
import { setMaxListeners } from "node:events";
import type PQueue from "p-queue";

/**
 * Runs `work` for each item. At the first failure the rest is not begun and what runs is told to stop; rejects with
 * that failure once nothing runs any more, so that nothing writes after its job has ended.
 */
export async function forEachConcurrent<T>(
  items: readonly T[],
  { queue, signal }: { queue: PQueue; signal: AbortSignal },
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  setMaxListeners(0, stop);
  let failure: { error: unknown } | null = null;
  await Promise.all(
    items.map((item) =>
      queue.add(async () => {
        if (stop.aborted) return;
        try {
          await work(item, stop);
        } catch (error) {
          failure ??= { error };
          failed.abort(error);
        }
      }),
    ),
  );
  signal.throwIfAborted();
  if (failure) throw (failure as { error: unknown }).error;
}
