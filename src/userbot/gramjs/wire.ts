/**
 * One TCP connection to a data centre: MTProto's intermediate transport, a packet in, a packet out.
 *
 * It stands in for GramJS's Connection, whose reader shares one lock among all sockets of the process, copies what it
 * has for every chunk that arrives, and never gives up on a silent address.
 */
import net from "node:net";

/** Telegram's packets end far below this; more means that the stream is not what we think. */
const LARGEST_PACKET = 16 * 1024 * 1024;
const INTERMEDIATE = Buffer.from([0xee, 0xee, 0xee, 0xee]);

export interface WireAddress {
  host: string;
  port: number;
  connectTimeoutMs: number;
}

export class Wire {
  /** When the last byte arrived or, before any did, when the connection stood. */
  lastHeardAt = Date.now();
  readonly #address: WireAddress;
  #socket: net.Socket | null = null;
  #chunks: Buffer[] = [];
  #buffered = 0;
  readonly #packets: Buffer[] = [];
  #waiting: { resolve: (packet: Buffer) => void; reject: (error: Error) => void } | null = null;
  #closed: Error | null = null;
  #gone: Promise<void> = Promise.resolve();

  constructor(address: WireAddress) {
    this.#address = address;
  }

  isConnected(): boolean {
    return this.#socket !== null && this.#closed === null;
  }

  toString(): string {
    return `${this.#address.host}:${this.#address.port}`;
  }

  async connect(): Promise<void> {
    const { host, port, connectTimeoutMs } = this.#address;
    const socket = net.connect({ host, port, noDelay: true, keepAlive: true });
    this.#socket = socket;
    this.#gone = new Promise((resolve) => socket.once("close", () => resolve()));
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", (error) => this.#close(error));
    socket.on("close", () => this.#close(new Error(`${this} closed the connection.`)));
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        const late = new Error(`${this} did not answer within ${connectTimeoutMs / 1000} s.`);
        this.#close(late);
        reject(late);
      }, connectTimeoutMs);
      socket.once("connect", () => {
        clearTimeout(timer);
        resolve();
      });
      socket.once("close", () => {
        clearTimeout(timer);
        reject(this.#closed ?? new Error(`${this} closed the connection.`));
      });
    });
    this.lastHeardAt = Date.now();
    socket.write(INTERMEDIATE);
  }

  async send(data: Buffer): Promise<void> {
    if (!this.#socket || this.#closed) throw this.#closed ?? new Error("Not connected.");
    const length = Buffer.alloc(4);
    length.writeUInt32LE(data.length, 0);
    this.#socket.write(Buffer.concat([length, data]));
  }

  /** The next packet; rejects once the connection is gone. One caller at a time. */
  recv(): Promise<Buffer> {
    const packet = this.#packets.shift();
    if (packet) return Promise.resolve(packet);
    if (this.#closed) return Promise.reject(this.#closed);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** Returns when the socket is really closed, so that a key is never used from two places at once. */
  async disconnect(): Promise<void> {
    this.#close(new Error("Disconnected."));
    await this.#gone;
  }

  #take(chunk: Buffer): void {
    this.lastHeardAt = Date.now();
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    while (this.#buffered >= 4) {
      const length = this.#peekLength();
      if (length > LARGEST_PACKET) {
        this.#close(new Error(`${this} sent a packet of ${length} bytes.`));
        return;
      }
      if (this.#buffered < 4 + length) return;
      const packet = this.#cut(4 + length).subarray(4);
      if (this.#waiting) {
        const { resolve } = this.#waiting;
        this.#waiting = null;
        resolve(packet);
      } else this.#packets.push(packet);
    }
  }

  #peekLength(): number {
    const [first] = this.#chunks;
    if (first && first.length >= 4) return first.readUInt32LE(0);
    this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0]!.readUInt32LE(0);
  }

  /** Takes exactly so many bytes off the front, joining chunks once per packet. */
  #cut(length: number): Buffer {
    const taken: Buffer[] = [];
    let missing = length;
    while (missing > 0) {
      const chunk = this.#chunks.shift()!;
      if (chunk.length > missing) {
        taken.push(chunk.subarray(0, missing));
        this.#chunks.unshift(chunk.subarray(missing));
        missing = 0;
      } else {
        taken.push(chunk);
        missing -= chunk.length;
      }
    }
    this.#buffered -= length;
    return taken.length === 1 ? taken[0]! : Buffer.concat(taken, length);
  }

  #close(error: Error): void {
    if (this.#closed) return;
    this.#closed = error;
    this.#socket?.destroy();
    this.#waiting?.reject(error);
    this.#waiting = null;
  }
}
