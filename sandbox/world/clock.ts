import type { WorldClock } from "./types.ts";

/** The machine's time, moved by what a test asks for. */
export class ShiftedClock implements WorldClock {
  #shift = 0;
  nowMs(): number {
    return Date.now() + this.#shift * 1000;
  }
  now(): number {
    return Math.floor(this.nowMs() / 1000);
  }
  shift(seconds: number): void {
    this.#shift += seconds;
  }
}
