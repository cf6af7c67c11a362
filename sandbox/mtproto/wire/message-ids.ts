import type { WorldClock } from "../../world/types.ts";

const SET_BACK = 30n << 32n;

/** The server's message ids: seconds in the high half, always rising, 1 mod 4 for a reply and 3 for a push. */
export class MessageIds {
  readonly #clock: WorldClock;
  #last = 0n;

  constructor(clock: WorldClock) {
    this.#clock = clock;
  }

  next(kind: "reply" | "push"): bigint {
    const ms = BigInt(Math.floor(this.#clock.nowMs()));
    const seconds = ms / 1000n;
    const fraction = ((ms % 1000n) << 32n) / 1000n;
    let base = ((seconds << 32n) | fraction) & ~3n;
    // Ascending, but for a clock that was set back: to a client it is its own that was set forwards.
    if (base <= this.#last && this.#last - base < SET_BACK) base = this.#last + 4n;
    this.#last = base;
    return base + (kind === "reply" ? 1n : 3n);
  }
}

/** Seconds in a client's message id. */
export function secondsOf(messageId: bigint): number {
  return Number((messageId >> 32n) & 0xffffffffn);
}
