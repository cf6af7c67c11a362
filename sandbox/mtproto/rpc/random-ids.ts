const KEPT = 10_000;

/** The numbers by which clients name what they send, so that a repeated request does not send it twice. */
export class RandomIds {
  readonly #seen = new Set<string>();

  isNew(accountId: number, id: bigint): boolean {
    const name = `${accountId}:${id}`;
    if (this.#seen.has(name)) return false;
    this.#seen.add(name);
    if (this.#seen.size > KEPT) {
      const [oldest] = this.#seen;
      this.#seen.delete(oldest!);
    }
    return true;
  }
}
