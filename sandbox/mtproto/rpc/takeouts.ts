import { randomBytes } from "node:crypto";

/** The open exports of accounts ("takeout"), which lift some limits while they last. */
export class Takeouts {
  readonly #open = new Map<bigint, number>();

  open(accountId: number): bigint {
    const id = randomBytes(8).readBigInt64LE();
    this.#open.set(id, accountId);
    return id;
  }

  belongsTo(id: bigint, accountId: number): boolean {
    return this.#open.get(id) === accountId;
  }

  close(id: bigint): boolean {
    return this.#open.delete(id);
  }
}
