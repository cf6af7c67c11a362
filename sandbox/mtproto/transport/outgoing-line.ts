/**
 * The way out of one connection, with a round trip and a bandwidth of its own. Packets leave in the order they came;
 * without limits they leave at once.
 */
export class OutgoingLine {
  readonly #write: (pieces: Buffer[], cutAfter: number | null) => void;
  #queue: { pieces: Buffer[]; at: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #held = false;
  #cutAfter: number | null = null;

  /** `cutAfter` says that only so many bytes may leave before the connection ends. */
  constructor(write: (pieces: Buffer[], cutAfter: number | null) => void) {
    this.#write = write;
  }

  /** `book` says how many milliseconds the bytes take, and is asked once. */
  put(pieces: Buffer[], rttMs: number, book: () => number): void {
    const wait = rttMs + book();
    if (wait <= 0 && this.#queue.length === 0 && !this.#held) {
      this.#send(pieces);
      return;
    }
    const at = Math.max(performance.now() + wait, this.#queue.at(-1)?.at ?? 0);
    this.#queue.push({ pieces, at });
    this.#schedule();
  }

  hold(): void {
    this.#held = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  release(): void {
    this.#held = false;
    this.#schedule();
  }

  /** The next packet ends in the middle, and the connection with it. */
  cutAfter(bytes: number): void {
    this.#cutAfter = bytes;
  }

  close(): void {
    this.hold();
    this.#queue = [];
  }

  #schedule(): void {
    const first = this.#queue[0];
    if (this.#held || this.#timer || !first) return;
    this.#timer = setTimeout(() => this.#drain(), Math.max(0, first.at - performance.now()));
    this.#timer.unref();
  }

  #drain(): void {
    this.#timer = undefined;
    // Timers fire up to a millisecond early or late; what is due within that leaves now.
    const due = performance.now() + 1;
    while (this.#queue.length > 0 && this.#queue[0]!.at <= due) this.#send(this.#queue.shift()!.pieces);
    this.#schedule();
  }

  #send(pieces: Buffer[]): void {
    this.#write(pieces, this.#cutAfter);
    this.#cutAfter = null;
  }
}
