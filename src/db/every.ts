/** Does something again and again, never twice at once. */
export function every(ms: number, work: () => Promise<void>): { stop: () => Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(() => {
      running = work()
        .catch(() => {})
        .finally(() => {
          if (!stopped) next();
        });
    }, ms);
    timer.unref();
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
