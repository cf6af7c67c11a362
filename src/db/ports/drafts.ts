/** A half-finished dialogue with the owner; buttons carry its id. */
export interface Draft {
  id: string;
  kind: string;
  data: unknown;
  messageId: number | null;
  expiresAt: Date;
}
export interface DraftRepository {
  save(draft: Draft): Promise<void>;
  get(id: string): Promise<Draft | null>;
  /** The newest one still open of a kind, for answers that come as text. */
  latest(): Promise<Draft | null>;
  /** True for exactly one caller. */
  take(id: string): Promise<boolean>;
  forgetExpired(before: Date): Promise<void>;
}
