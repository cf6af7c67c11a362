export interface Gate {
  /** Goes through unless somebody is alone in there; then waits. */
  enter<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until everybody is out, and lets nobody in meanwhile. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** Many go through at a time, or one alone. */
export function gate(): Gate {
  let inside = 0;
  let closed: Promise<void> | null = null;
  let allOut: (() => void) | null = null;
  return {
    async enter(work) {
      while (closed) await closed;
      inside++;
      try {
        return await work();
      } finally {
        inside--;
        if (inside === 0) allOut?.();
      }
    },
    async alone(work) {
      while (closed) await closed;
      let open = () => {};
      closed = new Promise((resolve) => {
        open = resolve;
      });
      try {
        if (inside > 0) {
          await new Promise<void>((resolve) => {
            allOut = resolve;
          });
        }
        return await work();
      } finally {
        allOut = null;
        closed = null;
        open();
      }
    },
  };
}
