/** Fetches all parts of a file, several at once, and renews its reference when that has gone stale. */
import { setMaxListeners } from "node:events";
import { FileError } from "../../core/errors.ts";
import { type RemoteFile, StaleReferenceError, type Telegram } from "../telegram.ts";
import type { PartFile } from "./part-file.ts";
import { PART_BYTES, type Part, partsOf } from "./parts.ts";
import type { SaveOptions } from "./transfer.ts";

/** Enough to keep a line busy over its round trip; five files at once share the lines. */
const IN_FLIGHT = 3;
const STALE_ALLOWED = 2;

export class PartFetcher {
  readonly #telegram: Telegram;
  readonly #options: SaveOptions;
  readonly #failed = new AbortController();
  readonly #signal: AbortSignal;
  #file: RemoteFile;
  #refreshing: Promise<void> | null = null;
  #staleInARow = 0;

  constructor(telegram: Telegram, file: RemoteFile, options: SaveOptions) {
    this.#telegram = telegram;
    this.#file = file;
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal, this.#failed.signal]);
    setMaxListeners(0, this.#signal);
  }

  async into(target: PartFile, onBytes: (count: number) => void): Promise<void> {
    const { size } = this.#file;
    if (size === null) {
      await this.#untilTheEnd(target, onBytes);
      return;
    }
    const parts = partsOf(size);
    const lanes = Array.from({ length: IN_FLIGHT }, async () => {
      // One generator shared by all: each takes the next part that nobody has.
      for (const part of parts) {
        const bytes = await this.#fetch(part.offset);
        if (bytes.length !== part.length) throw wrongLength(part, bytes.length);
        await target.write(part.offset, bytes);
        onBytes(bytes.length);
      }
    });
    await this.#all(lanes);
    if (target.whole !== size) throw new Error(`Of ${size} bytes only ${target.whole} came.`);
  }

  /** Telegram did not say how long it is: the first part that is not full is the last. */
  async #untilTheEnd(target: PartFile, onBytes: (count: number) => void): Promise<void> {
    for (let offset = 0; ; offset += PART_BYTES) {
      const bytes = await this.#fetch(offset);
      await target.write(offset, bytes);
      onBytes(bytes.length);
      if (bytes.length < PART_BYTES) break;
    }
    if (target.whole === 0) throw new FileError("Telegram gave not a single byte of this file.");
  }

  async #fetch(offset: number): Promise<Uint8Array> {
    for (;;) {
      const file = this.#file;
      try {
        const bytes = await this.#telegram.filePart(file, offset, PART_BYTES, this.#signal);
        this.#staleInARow = 0;
        return bytes;
      } catch (error) {
        if (!(error instanceof StaleReferenceError)) throw error;
        // Others may have renewed it while this part was on its way.
        if (file === this.#file) await this.#refresh(error);
      }
    }
  }

  #refresh(cause: StaleReferenceError): Promise<void> {
    this.#refreshing ??= (async () => {
      if (++this.#staleInARow > STALE_ALLOWED)
        throw new FileError("Telegram refuses every reference to this file.", { cause });
      const fresh = await this.#options.refresh();
      if (!fresh) throw new FileError("The message is gone from Telegram.", { cause });
      if (fresh.id !== this.#file.id || fresh.size !== this.#file.size)
        throw new Error("The file was replaced by another one while it was being fetched.", { cause });
      this.#file = fresh;
    })().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** Rejects with the first failure, once nothing runs any more. */
  async #all(lanes: Promise<void>[]): Promise<void> {
    let failure: { error: unknown } | null = null;
    await Promise.all(
      lanes.map((lane) =>
        lane.catch((error) => {
          failure ??= { error };
          this.#failed.abort(error);
        }),
      ),
    );
    if (failure) throw (failure as { error: unknown }).error;
  }
}

function wrongLength({ offset, length }: Part, got: number): Error {
  return new Error(`At byte ${offset} Telegram gave ${got} bytes instead of ${length}.`);
}
