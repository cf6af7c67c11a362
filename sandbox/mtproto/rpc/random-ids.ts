const KEPT = 10_000;

/** The numbers by which clients name what they send, so that a repeated request does not send it twice. */
export class RandomIds {
  readonly #seen = new Set<string>();

  isNew(accountId: number, id: bigint): boolean {
    return !this.#seen.has(`${accountId}:${id}`);
  }

  /** Only what was really sent: a refused request may be asked again under its number. */
  keep(accountId: number, id: bigint): void {
    this.#seen.add(`${accountId}:${id}`);
    if (this.#seen.size <= KEPT) return;
    const [oldest] = this.#seen;
    this.#seen.delete(oldest!);
  }
}
