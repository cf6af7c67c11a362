import { ByteQueue } from "./byte-queue.ts";
import { AbridgedFraming, BadFrame, type Framing, FullFraming, IntermediateFraming } from "./framing.ts";
import { OBFUSCATION_HEAD, type Obfuscation, openObfuscation } from "./obfuscation.ts";

const ABRIDGED = 0xef;
const INTERMEDIATE = 0xeeeeeeee;
const PADDED = 0xdddddddd;

/** The server's end of one TCP stream: finds out how the client frames its packets and answers in kind. */
export class Transport {
  readonly #queue = new ByteQueue();
  #framing: Framing | undefined;
  #obfuscation: Obfuscation | undefined;

  get name(): string {
    if (!this.#framing) return "unknown";
    return this.#obfuscation ? `obfuscated ${this.#framing.name}` : this.#framing.name;
  }

  /** The packets that are whole now. Throws BadFrame when the stream is no MTProto. */
  receive(data: Buffer): Buffer[] {
    this.#queue.push(this.#obfuscation ? this.#obfuscation.decrypt(data) : data);
    if (!this.#framing && !this.#detect()) return [];
    const packets: Buffer[] = [];
    for (;;) {
      const packet = this.#framing!.read(this.#queue);
      if (!packet) return packets;
      packets.push(packet);
    }
  }

  /** A payload, given in pieces, as the bytes to be written. */
  frame(pieces: Buffer[]): Buffer[] {
    if (!this.#framing) throw new BadFrame("Nothing was received yet.");
    const framed = this.#framing.wrap(pieces);
    const obfuscation = this.#obfuscation;
    return obfuscation ? framed.map((piece) => obfuscation.encrypt(piece)) : framed;
  }

  #detect(): boolean {
    const queue = this.#queue;
    if (queue.length < 1) return false;
    if (queue.peek(1)[0] === ABRIDGED) {
      queue.skip(1);
      this.#framing = new AbridgedFraming();
      return true;
    }
    if (queue.length < 4) return false;
    const tag = queue.peek(4).readUInt32LE(0);
    if (tag === INTERMEDIATE || tag === PADDED) {
      queue.skip(4);
      this.#framing = framingOf(tag);
      return true;
    }
    if (queue.length < 8) return false;
    // The first packet of the full transport has number 0; obfuscated streams never begin like that.
    if (queue.peek(8).readUInt32LE(4) === 0) {
      this.#framing = new FullFraming();
      return true;
    }
    if (queue.length < OBFUSCATION_HEAD) return false;
    this.#obfuscation = openObfuscation(queue.take(OBFUSCATION_HEAD));
    this.#framing = framingOf(this.#obfuscation.tag);
    if (queue.length > 0) queue.push(this.#obfuscation.decrypt(queue.take(queue.length)));
    return true;
  }
}

function framingOf(tag: number): Framing {
  if (tag === INTERMEDIATE) return new IntermediateFraming();
  if (tag === PADDED) return new IntermediateFraming("padded");
  if (tag === 0xefefefef) return new AbridgedFraming();
  throw new BadFrame("This is no transport of MTProto.");
}
