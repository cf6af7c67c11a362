/**
 * Decrypts beside the event loop. Half a megabyte takes some 10 ms of JavaScript; done in the loop, five files at once
 * left nothing of it for the bot's answers, which then came after seconds. Small packets are not worth the way.
 *
 * Where the thread cannot be had, or dies, the work is done here: slower answers, and nothing lost.
 */
import { Worker } from "node:worker_threads";
import { decryptPacket } from "./cipher.mjs";

const WORTH_THE_WAY_BYTES = 16 * 1024;

export interface Sealed {
  id: number;
  authKey: Uint8Array;
  packet: Uint8Array;
}
interface Opened {
  id: number;
  plain: Uint8Array | null;
}

/** The packet's content; null where it does not fit its message key. */
export async function decrypt(authKey: Buffer, packet: Buffer): Promise<Buffer | null> {
  if (packet.length < WORTH_THE_WAY_BYTES) return decryptPacket(authKey, packet);
  thread ??= new DecryptThread(new URL("./decrypt-thread.mjs", import.meta.url));
  return thread.decrypt(authKey, packet);
}

/** One for the process, from the first large packet on. */
let thread: DecryptThread | null = null;

export class DecryptThread {
  #worker: Worker | null = null;
  readonly #waiting = new Map<number, { authKey: Buffer; packet: Buffer; settle: (plain: Buffer | null) => void }>();
  #next = 0;

  constructor(script: URL) {
    const worker = new Worker(script, { execArgv: [] });
    // It must not keep the process alive.
    worker.unref();
    worker.on("message", (message: Opened | "ready") => {
      // Until it has loaded, nothing waits for it.
      if (message === "ready") this.#worker = worker;
      else this.#settle(message);
    });
    worker.on("error", () => this.#gone());
    worker.on("exit", () => this.#gone());
  }

  decrypt(authKey: Buffer, packet: Buffer): Promise<Buffer | null> | Buffer | null {
    const worker = this.#worker;
    if (!worker) return decryptPacket(authKey, packet);
    const id = this.#next++;
    return new Promise((settle) => {
      this.#waiting.set(id, { authKey, packet, settle });
      worker.postMessage({ id, authKey, packet } satisfies Sealed);
    });
  }

  #settle({ id, plain }: Opened): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.settle(plain && Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength));
  }

  #gone(): void {
    this.#worker = null;
    const left = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { authKey, packet, settle } of left) settle(decryptPacket(authKey, packet));
  }
}
