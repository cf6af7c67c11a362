/** One allowance of requests for all machines of the account, by the database's clock. */
export interface BudgetRepository {
  /**
   * Takes calls of a kind from the allowance. Answers with the milliseconds to wait before making them, 0 for at once.
   * `burst` is how many may go out together after a quiet time.
   */
  take(kind: string, calls: number, rate: { perSecond: number; burst: number }): Promise<number>;
  /** Telegram asked for quiet: `take` lets no machine make such calls sooner. */
  rest(kind: string, ms: number): Promise<void>;
}
