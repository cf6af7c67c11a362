/** One budget for all cards: the owner's chat is one chat to Telegram, and replies matter more than progress. */
export const EDIT_EVERY_MS = 3_000;

export interface EditBudget {
  /** True when an edit may be made now; it then counts as made. */
  take(): boolean;
  /** Telegram asked for silence. */
  pause(seconds: number): void;
}

export function createEditBudget(now: () => Date, everyMs = EDIT_EVERY_MS): EditBudget {
  let nextAt = Number.NEGATIVE_INFINITY;
  return {
    take() {
      const at = now().getTime();
      if (at < nextAt) return false;
      nextAt = at + everyMs;
      return true;
    },
    pause(seconds) {
      nextAt = Math.max(nextAt, now().getTime() + seconds * 1_000);
    },
  };
}
