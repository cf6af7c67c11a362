/** How often a file is tried, and how long to wait in between. Waits that Telegram asks for are no attempts. */
export const FILE_ATTEMPTS = 3;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 60_000;

/**
 * Milliseconds to wait after the failed attempt number `attempt` (1 for the first): 2 s, 4 s, 8 s …
 * With `random` (0 ≤ n < 1) up to a quarter is added, so that many callers do not come back at once.
 */
export function retryDelay(attempt: number, random?: () => number): number {
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, Math.min(20, attempt - 1)));
  return Math.round(random ? delay * (1 + random() / 4) : delay);
}
